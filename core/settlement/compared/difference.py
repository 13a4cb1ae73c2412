"""A difference, and how amounts are told in it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from core.settlement.lines.numbers import decimal_text
from core.settlement.rules.corrections import digits_of


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the second engine finds otherwise; "" is nothing there."""

    person: str
    bonus: str
    """Code of a bonus or cap, or what else it is: `kpi CODE`, `rank`, `payout EUR`, `carried volumes` and the like."""
    line: str
    ours: str
    theirs: str

    @property
    def told(self) -> str:
        """One line about it."""
        where = f"{self.person}, {self.bonus}" + (f", {self.line}" if self.line else "")
        return f"{where}: {self.ours or 'nothing'}, by the second engine {self.theirs or 'nothing'}"


Where = tuple[str, str, str]
"""Person, what, and line."""


def unlike(ours: Mapping[Where, str], theirs: Mapping[Where, str]) -> Iterator[Difference]:
    """Everything that only one has, or both have otherwise."""
    for where in sorted({*ours, *theirs}):
        mine, its = ours.get(where, ""), theirs.get(where, "")
        if mine != its:
            yield Difference(*where, mine, its)


def collected(parts: Mapping[Where, list[int]], units: Mapping[Where, str]) -> dict[Where, str]:
    """Amounts of each place as one text, in whatever order they were found; `units` says in what they are."""
    return {where: " + ".join(money(one, units[where]) for one in sorted(amounts)) for where, amounts in parts.items()}


def money(minor: int, unit: str) -> str:
    """An amount with its point."""
    return decimal_text(minor, digits_of(unit))


def of(frame: pl.DataFrame, people: Collection[str] | None) -> pl.DataFrame:
    """The rows of some people; None is everybody."""
    return frame if people is None else frame.filter(pl.col("person_id").is_in(list(people)))
