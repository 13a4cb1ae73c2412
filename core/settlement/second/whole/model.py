"""What a whole run comes to besides its lines."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

Row = Mapping[str, Any]
"""One row of a frame, by column."""
Sums = dict[tuple[str, str, str, bool], int]
"""Minor units by person, bonus, unit, and whether returns took them back."""

RETURN, LATE, ADVANCE = "return", "late", "advance"


@dataclass(frozen=True, slots=True)
class Correction:
    """An amount of this run about an earlier cycle, or ahead of a cycle's end."""

    kind: str
    """`return`, `late` or `advance`."""
    cycle: str
    """What it corrects, or what is advanced."""
    person: str
    bonus: str
    unit: str
    amount: int
    returned: bool = False
    """Taken back for a return."""
    order: str = ""
    """The return, or the late order whose own line it is."""
    source: str = ""
    level: int = 0


def changes(corrections: Iterable[Correction]) -> Iterator[tuple[str, str, str, int]]:
    """Bonus, unit, person and amount of each."""
    return ((one.bonus, one.unit, one.person, one.amount) for one in corrections)


@dataclass(frozen=True, slots=True)
class Payout:
    """A person's balance in one currency, in its minor units."""

    earned: int
    carried_in: int
    adjustments: int
    to_credit: int
    """What becomes credit of hers in the place of money."""
    paid: int
    carried_out: int


@dataclass(frozen=True, slots=True)
class Paid:
    """What a run pays."""

    payouts: Mapping[tuple[str, str], Payout]
    """By person and currency."""
    notes: Sequence[tuple[str, str, int, str, str]]
    """Person, currency, amount, kind and reason of all that stands in adjustments."""
    lots: Sequence[Row]
    """What is carried out, by the cycle that it was earned in."""


def of(frame: pl.DataFrame, wanted: Collection[str] | None) -> pl.DataFrame:
    """The rows of some people; None is everybody."""
    return frame if wanted is None else frame.filter(pl.col("person_id").is_in(list(wanted)))
