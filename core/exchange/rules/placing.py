"""The columns of people.csv that say where somebody stands in placement trees, all lines at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE, Sheet
from core.genealogy.rules.verification import circles
from core.plan.model.trees import OPEN

SIDES = ("left", "right")
WIDTH_MAX = 100
PARENTS = {"binary": ("binary_parent_id", "binary_side"), "matrix": ("matrix_parent_id", "matrix_slot")}
OWN_SIDE = "own_side"
COLUMNS = (*(name for pair in PARENTS.values() for name in pair), OWN_SIDE)
PEOPLE_NAMED = 10

Place = tuple[str, int]
"""The code of who stands above, and which of the places below her, from 1."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What places are read against."""

    widths: Mapping[str, int] = field(default_factory=lambda: {"binary": len(SIDES), "matrix": WIDTH_MAX})
    """Places below everybody, by tree."""
    known: frozenset[str] = frozenset()
    """People who may be named as parents without standing in the file."""
    taken: Mapping[tuple[str, str, int], str] = field(default_factory=dict)
    """Who is recorded in which place, by tree, parent and place."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What the columns say, by row of the sheet."""

    parent: Mapping[str, pl.Series]
    """By tree the code of who stands above; null where the row says nothing."""
    slot: Mapping[str, pl.Series]
    """By tree the place below her from 1, the left side being 1; 0 where the row says nothing."""
    own_side: pl.Series
    """1 is left, 2 is right, 0 is not said."""

    @property
    def empty(self) -> bool:
        """Whether nobody is given a place."""
        return all(parent.is_null().all() for parent in self.parent.values())


def read(sheet: Sheet, setting: Setting, findings: Findings) -> Placed:
    """What the columns say; every value that means nothing, every place that cannot be, is a fault."""
    frame = sheet.frame
    parent, slot = {}, {}
    for tree in PARENTS:
        parent[tree], slot[tree] = _tree(frame, tree, setting, findings)
    return Placed(parent, slot, _sides(frame, OWN_SIDE, findings))


def _tree(frame: pl.DataFrame, tree: str, setting: Setting, findings: Findings) -> tuple[pl.Series, pl.Series]:
    above, where = PARENTS[tree]
    if not (frame[above] != "").any() and not (frame[where] != "").any():
        return pl.repeat(None, frame.height, dtype=pl.String, eager=True), _none(frame)
    faults = findings.faults
    slot = _sides(frame, where, findings) if tree == "binary" else _slots(frame, where, setting.widths[tree], findings)
    _tell_halves(frame, above, where, findings, numbered=tree == "matrix" and setting.widths[tree] == OPEN)
    if tree == "matrix" and setting.widths[tree] == OPEN:
        slot = _numbered(frame, above, slot, setting.taken)
    _tell_unknown(frame, above, setting.known, findings)
    placed = frame.select(LINE, "id", pl.col(above).alias("parent")).with_columns(slot.alias("slot"))
    placed = placed.filter((pl.col("parent") != "") & (pl.col("slot") > 0))
    _tell_twice(placed, where, findings)
    _tell_taken(placed, tree, where, setting, findings)
    if findings.faults == faults:
        _tell_circles(frame, above, findings)
    return frame.select(pl.when(pl.col(above) != "").then(pl.col(above))).to_series(), slot


def _none(frame: pl.DataFrame) -> pl.Series:
    return pl.repeat(0, frame.height, dtype=pl.Int32, eager=True)


def _sides(frame: pl.DataFrame, column: str, findings: Findings) -> pl.Series:
    """1 for left, 2 for right, 0 for nothing."""
    words = {"": 0, **{side: place for place, side in enumerate(SIDES, start=1)}}
    found = frame[column].str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Int32)
    for line, value in frame.filter(found.is_null()).select(LINE, column).iter_rows():
        findings.fault("import_word_wrong", line, column, value=value, known=list(SIDES))
    return found.fill_null(0)


def _slots(frame: pl.DataFrame, column: str, width: int, findings: Findings) -> pl.Series:
    """A place from 1 to the tree's width; 0 for nothing."""
    digits = frame[column].str.contains(r"^[0-9]{1,9}$")
    found = pl.select(pl.when(digits).then(frame[column])).to_series().cast(pl.Int32)
    right = (found.is_between(1, width)).fill_null(value=False)
    for line, value in frame.filter(~right & (frame[column] != "")).select(LINE, column).iter_rows():
        findings.fault("import_slot_wrong", line, column, value=value, most=width)
    return pl.select(pl.when(right).then(found).otherwise(0)).to_series()


def _numbered(frame: pl.DataFrame, above: str, slot: pl.Series, taken: Mapping[tuple[str, str, int], str]) -> pl.Series:
    """Places in a tree open in width: whoever is named none keeps hers, or has one after all others there."""
    last: dict[str, int] = {}
    hers: dict[tuple[str, str], int] = {}
    for (tree, parent, place), code in taken.items():
        if tree == "matrix":
            last[parent], hers[parent, code] = max(place, last.get(parent, 0)), place
    for parent, place in zip(frame[above], slot, strict=True):
        last[parent] = max(place, last.get(parent, 0))
    found = slot.to_list()
    for at, (code, parent) in enumerate(frame.select("id", above).iter_rows()):
        if parent and not found[at]:
            found[at] = hers.get((parent, code), 0)
            if not found[at]:
                found[at] = last[parent] = last[parent] + 1
    return pl.Series(found, dtype=pl.Int32)


def _tell_halves(frame: pl.DataFrame, above: str, where: str, findings: Findings, *, numbered: bool) -> None:
    """A place needs both who stands above and which of her places, unless places are numbered as people come."""
    for column, other in ((above, where), (where, above)):
        if numbered and column == where:
            continue
        for line in frame.filter((pl.col(column) == "") & (pl.col(other) != ""))[LINE]:
            findings.fault("import_value_missing", line, column)


def _tell_unknown(frame: pl.DataFrame, above: str, known: frozenset[str], findings: Findings) -> None:
    named = frame.filter((pl.col(above) != "") & ~pl.col(above).is_in(frame["id"].implode()))
    for line, parent in named.select(LINE, above).iter_rows():
        if parent not in known:
            findings.fault("import_parent_unknown", line, above, parent=parent)


def _tell_twice(placed: pl.DataFrame, where: str, findings: Findings) -> None:
    """Two people cannot stand in one place."""
    first = pl.col(LINE).min().over("parent", "slot").alias("first")
    for line, parent, earlier in (
        placed.with_columns(first).filter(pl.col(LINE) != pl.col("first")).select(LINE, "parent", "first").iter_rows()
    ):
        findings.fault("import_slot_twice", line, where, parent=parent, first=earlier)


def _tell_taken(placed: pl.DataFrame, tree: str, where: str, setting: Setting, findings: Findings) -> None:
    """Nor can anybody stand where somebody else is recorded."""
    if not setting.taken:
        return
    for line, code, parent, slot in placed.select(LINE, "id", "parent", "slot").iter_rows():
        there = setting.taken.get((tree, parent, slot), code)
        if there != code:
            findings.fault("import_slot_taken", line, where, parent=parent, person=there)


def _tell_circles(frame: pl.DataFrame, above: str, findings: Findings) -> None:
    """Nobody stands above herself."""
    codes, lines = frame["id"], frame[LINE]
    places = pl.DataFrame({"code": codes, "place": np.arange(frame.height)}).unique("code")
    named = frame.select(pl.col(above).alias("code")).join(places, on="code", how="left", maintain_order="left")
    for circle in circles(named["place"].fill_null(-1).to_numpy().astype(np.int64)):
        first = min(circle, key=lambda place: lines[place])
        people = [codes[place] for place in circle[:PEOPLE_NAMED]]
        findings.fault("import_place_circle", lines[first], above, people=people, count=len(circle))
