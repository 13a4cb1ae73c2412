"""What is paid out of what was earned, and what is carried over.

With a minimum of 10:

| carried in | earned | adjustments | paid | carried out |
| ---------- | ------ | ----------- | ---- | ----------- |
| 0          | 7      | 0           | 0    | 7           |
| 7          | 5      | 0           | 12   | 0           |
| 0          | 20     | -25         | 0    | -5          |
| 0          | 10     | 0           | 10   | 0           |
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.kernel.money import minor_digits
from core.settlement.model import Adjustment

Holder = tuple[str, str]
"""A person's code and a currency."""


@dataclass(frozen=True, slots=True)
class Payout:
    """One person's balance in one currency, in minor units."""

    person: str
    currency: str
    earned: int
    carried_in: int
    adjustments: int
    paid: int
    carried_out: int


def payouts(
    earned: Mapping[Holder, int],
    carried: Mapping[Holder, int],
    adjustments: Iterable[Adjustment],
    minimum_minor: Mapping[str, int],
) -> list[Payout]:
    """Everybody who has anything, in the order in which she comes first.

    Args:
        minimum_minor: the least that is paid, by currency.
    """
    noted: dict[Holder, int] = {}
    for one in adjustments:
        holder = (one.person, one.currency)
        noted[holder] = noted.get(holder, 0) + one.amount_minor
    holders = dict.fromkeys([*earned, *carried, *noted])
    return [
        payout(
            holder,
            earned=earned.get(holder, 0),
            carried_in=carried.get(holder, 0),
            adjustments=noted.get(holder, 0),
            minimum_minor=minimum_minor[holder[1]],
        )
        for holder in holders
    ]


def payout(holder: Holder, *, earned: int, carried_in: int, adjustments: int, minimum_minor: int) -> Payout:
    """One person's: all or nothing; a negative balance waits for earnings and is never asked back."""
    due = earned + carried_in + adjustments
    paid = due if due > 0 and due >= minimum_minor else 0
    return Payout(*holder, earned, carried_in, adjustments, paid, due - paid)


def minimum_minor(amount: Fraction, worth: Fraction, currency: str) -> int:
    """The minimum in minor units of a currency, rounded up, so that nothing below it is paid.

    Args:
        worth: what one unit of the minimum's currency is worth in `currency`.
    """
    exact = amount * worth * 10 ** minor_digits(currency)
    return int(-(-exact.numerator // exact.denominator))
