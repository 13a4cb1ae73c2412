"""Parts of what was earned that wait for later cycles, as rows, and what returns take of them.

What a line was worth is what it paid in its own cycle and all of its parts, but for what was lost. What comes back of
it is taken of the parts that wait, of each the same, and only the rest of it is charged.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import polars as pl

from core.settlement.second import parts
from core.settlement.second.case import Case
from core.settlement.second.engine import Result
from core.settlement.second.model import Part
from core.settlement.second.plan import Bonus
from core.settlement.second.units import digits

Row = dict[str, Any]
Key = tuple[str, str, str, str, int]
PART = ("bonus", "person_id", "unit", "origin", "part")
WHOSE = PART[:4]
NONE = Fraction(0)


def waiting(result: Result) -> list[Row]:
    """Everything that waits for later cycles after this one."""
    case = result.case
    known = {one.bonus.code for one in result.bonuses.values()}
    mine = [row_of(case, one.bonus, one.unit, part) for one in result.bonuses.values() for part in one.due]
    return [*mine, *(row for row in case.inputs.carried["due"].iter_rows(named=True) if row["bonus"] not in known)]


def row_of(case: Case, bonus: Bonus, unit: str, part: Part) -> Row:
    """A part with the columns of what is carried."""
    return {
        "bonus": bonus.code, "person_id": case.people.code[part.payee], "unit": unit, "origin": part.origin,
        "part": part.number, "due": case.cycle.later(part.wait).code, "exact": str(part.exact / 10 ** digits(unit)),
    }  # fmt: skip


def lost(result: Result) -> set[tuple[Any, ...]]:
    """The parts of earlier cycles that nobody gets any more, each told as `PART` says."""
    case = result.case
    return {
        tuple(row_of(case, one.bonus, one.unit, part)[name] for name in PART)
        for one in result.bonuses.values()
        for part in parts.lost(case, one.bonus)
    }


def exact_parts(rows: Iterable[Row]) -> dict[Key, Fraction | None]:
    """What each part comes to, by `PART`; nothing where one was lost."""
    found: dict[Key, Fraction | None] = {}
    for row in rows:
        key = (row["bonus"], row["person_id"], row["unit"], row["origin"], row["part"])
        before = found.get(key, NONE)
        found[key] = None if before is None or row["exact"] is None else before + Fraction(row["exact"])
    return found


def framed_parts(rows: Iterable[Row], like: pl.DataFrame) -> pl.DataFrame:
    """The rows as a frame."""
    return pl.DataFrame([{name: row[name] for name in like.columns} for row in rows], schema=like.schema)


def marked(parts: pl.DataFrame, gone: set[tuple[Any, ...]]) -> pl.DataFrame:
    """The parts without what was lost of them."""
    rows = parts.iter_rows(named=True)
    return framed_parts(
        (row | {"exact": None} if tuple(row[name] for name in PART) in gone else row for row in rows), parts
    )


def beyond(bonus: Bonus, exact: Fraction, paid: int) -> Mapping[str, Any]:
    """What a line leaves for later cycles, as columns of the lines that stay open.

    Args:
        exact: what of it is paid in its own cycle, before rounding.
    """
    cycles = bonus.numbers("rest_in_cycles")
    if not cycles:
        return dict.fromkeys(("rest", "parts", "kept", "off", "cut", "owed"))
    rest = exact * 100 / bonus.number("paid_now") - paid
    return {"rest": str(rest), "parts": len(list(cycles)), "kept": "1", "off": "0", "cut": "0", "owed": "0"}


def untouched(line: Row) -> Row:
    """A line of whose parts nothing was taken."""
    return line if line["rest"] is None else line | dict.fromkeys(("off", "cut", "owed"), "0")


def knowing(line: Row, gone: Iterable[tuple[Any, ...]]) -> Row:
    """A line that knows which of its parts were lost."""
    mine = (line["bonus"], line["person_id"], line["unit"], line["cycle"])
    count = 0 if line["rest"] is None else sum(1 for one in gone if one[:4] == mine)
    if not count:
        return line
    later = Later.of(line, 0)
    stays = later.kept * (line["amount"] + later.each * line["parts"]) - later.cut
    if not stays:
        return line
    portion = (stays - count * (later.each - later.off)) / stays
    return line | {"kept": str(later.kept * portion), "cut": str(later.cut * portion)}


@dataclass(slots=True)
class Later:
    """The parts of one line."""

    each: Fraction
    """What every one of them came to before anything was taken."""
    kept: Fraction
    """How much of all that the line brings was not lost."""
    waiting: int
    off: Fraction
    cut: Fraction

    @classmethod
    def of(cls, line: Row, waiting: int) -> "Later":
        """As the line tells them."""
        each = Fraction(line["rest"]) / line["parts"]
        return cls(each, Fraction(line["kept"]), waiting, Fraction(line["off"]), Fraction(line["cut"]))

    def gives(self, back: Fraction) -> Fraction:
        """How much of what comes back in all is taken of parts in all."""
        if self.waiting == 0:
            return self.cut
        room = self.cut + self.waiting * (self.each - self.off)
        return min(back, room) if back >= 0 else max(back, room)

    def after(self, cut: Fraction) -> "Later":
        """With so much taken of them in all."""
        if cut == self.cut:
            return self
        return replace(self, off=self.off + (cut - self.cut) / self.waiting, cut=cut)


class Kept:
    """What returns take of parts, added up by whose they are."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.last: dict[tuple[Any, ...], int] = {}
        self.count: dict[tuple[Any, ...], int] = {}
        for row in rows:
            whose = tuple(row[name] for name in WHOSE)
            self.count[whose] = self.count.get(whose, 0) + 1
            self.last[whose] = max(row["part"], self.last.get(whose, 0))
        self.taken: dict[tuple[Any, ...], Fraction] = {}
        self.too_much: dict[tuple[Any, ...], Fraction] = {}

    def waiting(self, line: Row) -> int:
        """How many parts wait that a line has a share in."""
        return self.count.get(_whose(line), 0)

    def take(self, line: Row, cut: Fraction, too_much: Fraction) -> None:
        """Of all of them together, and what was charged beyond what should be."""
        whose = _whose(line)
        self.taken[whose] = self.taken.get(whose, NONE) + cut
        self.too_much[whose] = self.too_much.get(whose, NONE) + too_much

    def left(self) -> Iterator[Row]:
        """The rows as they are now."""
        for row in self.rows:
            whose = tuple(row[name] for name in WHOSE)
            more = -self.taken.get(whose, NONE) / self.count[whose]
            if row["part"] == self.last[whose]:
                more += self.too_much.get(whose, NONE)
            yield row | {"exact": str(Fraction(row["exact"]) + more / 10 ** digits(row["unit"]))} if more else row


def _whose(line: Row) -> tuple[Any, ...]:
    return line["bonus"], line["person_id"], line["unit"], line["cycle"]
