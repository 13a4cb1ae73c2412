"""What returns take of a line that is paid in parts: first of the parts that still wait, then of what was paid.

816.00, of which 612.00 were paid at once and 68.00 wait in each of three later parts; two thirds of the sale come back,
544.00 of it:

| when the return comes          | taken of parts    | charged | paid in all |
| ------------------------------ | ----------------- | ------- | ----------- |
| before the first part          | 3 of 68.00        | 340.00  | 272.00      |
| when one part was paid         | 2 of 68.00        | 408.00  | 272.00      |
| when one was lost, not paid    | 2 of 68.00        | 362.67  | 249.33      |
| after the last                 | nothing           | 544.00  | 272.00      |

Every part that waits gives the same. A part that was lost is as if it had never been: two thirds of 748.00 come back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from core.settlement.lines.numbers import exact_text
from core.settlement.model import POSTED
from core.settlement.rules.corrections import digits_of

CHANGING = ("kept", "off", "cut", "owed")
OF_PARTS = ("bonus", "unit", "person_id", "origin")
Key = tuple[str, str, str, str]
"""Bonus, unit, person and the cycle in which it was earned."""


@dataclass(slots=True)
class Waits:
    """The later parts of one line, in exact smallest units."""

    waiting: int
    """So many of its parts wait for later cycles."""
    rest: Fraction
    """What it left for all of its parts."""
    parts: int
    kept: Fraction
    """How much of what the line paid and its parts is left after some were lost."""
    off: Fraction
    cut: Fraction
    owed: Fraction

    @classmethod
    def of(cls, line: Mapping[str, Any], waiting: Mapping[Key, int]) -> "Waits | None":
        """Those of a line as `POSTED` says; None where nothing was left for later."""
        if line["rest"] is None:
            return None
        rest, kept, off, cut, owed = (Fraction(line[name]) for name in ("rest", "kept", "off", "cut", "owed"))
        return cls(waiting.get(key_of(line), 0), rest, line["parts"], kept, off, cut, owed)

    def worth(self, amount: int) -> Fraction:
        """What the line pays and its parts together, but for those that were lost, before returns took of it.

        Args:
            amount: what it paid in its own cycle.
        """
        return self.kept * (amount + self.rest)

    def lose(self, amount: int, parts: int) -> None:
        """So many parts are lost, each as it is: what returns took of them they took of all the others alike."""
        left = self.worth(amount) - self.cut
        if left:
            share = 1 - (self.rest / self.parts - self.off) * parts / left
            self.kept, self.cut = self.kept * share, self.cut * share

    @property
    def gone(self) -> bool:
        """Whether returns took all that its parts come to."""
        return self.off * self.parts == self.rest

    def given(self, back: Fraction) -> Fraction:
        """How much of what comes back its parts give, all returns so far together; never more than waits."""
        if not self.waiting:
            return self.cut
        most = self.cut + (self.rest / self.parts - self.off) * self.waiting
        return max(back, most) if back < 0 else min(back, most)

    def give(self, cut: Fraction) -> Fraction:
        """Take so much of the parts in all; what is more than before."""
        more = cut - self.cut
        if more:
            self.off += more / self.waiting
            self.cut = cut
        return more

    @property
    def told(self) -> Mapping[str, Any]:
        """The columns that can change."""
        return {name: str(getattr(self, name)) for name in CHANGING}


@dataclass(slots=True)
class Taken:
    """What returns take of one person's parts of one cycle and bonus."""

    cut: Fraction = Fraction(0)
    """Of all that wait, the same of each."""
    residue: Fraction = Fraction(0)
    """What rounding of charges took too much, which the last part makes good."""


def key_of(line: Mapping[str, Any]) -> Key:
    """Whose parts belong to a line as `POSTED` says."""
    return line["bonus"], line["unit"], line["person_id"], line["cycle"]


def counts(due: pl.DataFrame) -> dict[Key, int]:
    """How many parts wait.

    Args:
        due: as `DUE` says.
    """
    return {row[:4]: row[4] for row in due.group_by(OF_PARTS).len().iter_rows()}


def without_lost(posted: pl.DataFrame, lost: pl.DataFrame) -> pl.DataFrame:
    """Lines whose parts were lost in this cycle know it.

    Args:
        posted: as `POSTED` says.
        lost: parts: bonus, unit, person_id, origin, part.
    """
    if lost.is_empty() or posted["rest"].null_count() == posted.height:
        return posted
    its = lost.group_by(OF_PARTS).len("fewer").rename({"origin": "cycle"})
    found = posted.join(its, on=["bonus", "unit", "person_id", "cycle"], how="left", maintain_order="left")
    return losing(found, "fewer")


def losing(posted: pl.DataFrame, fewer: str) -> pl.DataFrame:
    """Lines that lose so many of their parts.

    Args:
        posted: as `POSTED` says, and a column with how many, or null.
        fewer: its name.
    """
    told = dict[int, Mapping[str, Any]]()
    hit = pl.col("rest").is_not_null() & pl.col(fewer).is_not_null()
    for line in posted.with_row_index("row").filter(hit).iter_rows(named=True):
        waits = Waits.of(line, {})
        if waits is not None:
            waits.lose(line["amount"], line[fewer])
            told[line["row"]] = waits.told
    return changed(posted, told).select(list(POSTED))


def changed(posted: pl.DataFrame, told: Mapping[int, Mapping[str, Any]]) -> pl.DataFrame:
    """The lines with what `Waits.told` says of some, by the number of their row."""
    if not told:
        return posted
    columns = {name: posted[name].to_list() for name in CHANGING}
    for row, its in told.items():
        for name, value in its.items():
            columns[name][row] = value
    return posted.with_columns(pl.Series(name, values, dtype=pl.String) for name, values in columns.items())


def less(due: pl.DataFrame, taken: Mapping[Key, Taken]) -> pl.DataFrame:
    """The parts that wait, less what returns took of them.

    Args:
        due: as `DUE` says, none of them due now.
    """
    if not taken or due.is_empty():
        return due
    many, lasts = counts(due), dict[Key, int]()
    keys = list(due.select(OF_PARTS).iter_rows())
    for key, part in zip(keys, due["part"].to_list(), strict=True):
        lasts[key] = max(part, lasts.get(key, 0))
    exact = []
    for key, part, text in zip(keys, due["part"].to_list(), due["exact"].to_list(), strict=True):
        its = taken.get(key)
        if its is not None:
            more = its.residue if part == lasts[key] else Fraction(0)
            more = (more - its.cut / many[key]) / 10 ** digits_of(key[1])
        exact.append(text if its is None else exact_text(Fraction(text) + more))
    return due.with_columns(pl.Series("exact", exact, dtype=pl.String))


def put_off(bases: Iterable[Fraction], parts: int) -> Mapping[str, Any]:
    """The columns of lines of which something was left for so many later parts."""
    rest = [str(one) for one in bases]  # millions of them, which nobody reads
    size, nothing = len(rest), ["0"] * len(rest)
    whole = {"rest": rest, "parts": [parts] * size, "kept": ["1"] * size}
    return {**whole, "off": nothing, "cut": nothing, "owed": nothing}
