"""What converting gives. Every fraction is the company's, so no way there and back ever gains.

Currencies are exchanged by way of the plan's currency. Where the company dated rates both ways, the worse one counts
for each direction, so that no circle of currencies gains within a day, however the rates were rounded.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.kernel.money import minor_digits
from core.ledger.model import POINTS
from core.plan.model.points import Converting, Limits
from core.points.model import Purse

SHOWN_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Quote:
    """What a currency is worth today, in major units; None where no rate is known in that direction."""

    to_plan: Fraction | None
    """Plan currency for one unit of it."""
    from_plan: Fraction | None
    """Of it for one unit of the plan's currency."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is given and what is got, in points or minor units."""

    give: int
    get: int


def quote(direct: Decimal | None, reverse: Decimal | None) -> Quote:
    """A currency's worth by the company's rates to the plan's currency and back.

    | to the plan's | back | gives to the plan's | gives back |
    | ------------- | ---- | ------------------- | ---------- |
    | 0.9           | 1.1  | 0.9                 | 1.1        |
    | 0.9           | 1.2  | 0.8333…             | 1.1111…    |
    | 0.9           | none | 0.9                 | none       |
    """
    known = [Fraction(rate) if rate else None for rate in (direct, reverse)]
    if known[0] is None or known[1] is None:
        return Quote(*known)
    return Quote(min(known[0], 1 / known[1]), min(known[1], 1 / known[0]))


def rate(terms: Converting, source: Purse, target: Purse, give: Quote, get: Quote) -> Fraction | None:
    """Major units of the target (or points) for one of the source; None where the way is closed or has no rate.

    Args:
        give, get: the worth of the source's and of the target's currency; of points whatever.
    """
    price = {Purse.CREDIT: terms.from_credit, Purse.COMMISSIONS: terms.from_commissions}
    pays = {Purse.CREDIT: terms.to_credit, Purse.COMMISSIONS: terms.to_commissions}
    if source is Purse.POINTS and target is not Purse.POINTS:
        paid = pays[target]
        return None if paid is None or get.from_plan is None else Fraction(paid) * get.from_plan
    if target is Purse.POINTS and source is not Purse.POINTS:
        cost = price[source]
        return None if not cost or give.to_plan is None else give.to_plan / Fraction(cost)
    if source is target is Purse.CREDIT and give.to_plan is not None and get.from_plan is not None:
        return give.to_plan * get.from_plan
    return None


def in_units(major: Fraction, source_unit: str, target_unit: str) -> Fraction:
    """The rate between points or minor units, given the one between points or major units."""
    return major * _scale(target_unit) / _scale(source_unit)


def exchange(give: int, units: Fraction) -> Exchange:
    """What giving so much gets: rounded down, and no more is taken than that costs, rounded up.

    | give           | rate (of units) | gets | gives up |
    | -------------- | --------------- | ---: | -------: |
    | 1,550 points   | 1 ¥ for 100     |   15 |    1,500 |
    | 1,000 points   | 0.5 cents       |  500 |    1,000 |
    | 999 cents      | 1 for 2 cents   |  499 |      998 |
    | 99 points      | 1 ¥ for 100     |    0 |        0 |
    """
    get = give * units.numerator // units.denominator
    return Exchange(cost(get, units), get)


def cost(get: int, units: Fraction) -> int:
    """The least that gets so much."""
    return -(-get * units.denominator // units.numerator)


def bounds(limits: Limits, moved_today: int) -> tuple[int, int | None]:
    """The least and the most points that may be moved now; None is no limit."""
    caps = [
        cap for cap in (limits.most, None if limits.daily is None else limits.daily - moved_today) if cap is not None
    ]
    return limits.least, max(0, min(caps)) if caps else None


def exact(value: Fraction) -> str:
    """A rate as text: exact where a decimal can be, else to twelve digits."""
    digits = Decimal(value.numerator) / Decimal(value.denominator)
    whole = Decimal(f"{digits:.{SHOWN_DIGITS}g}")
    return format(whole.normalize(), "f") if whole else "0"


def told(amount: int, unit: str) -> str:
    """An amount as a refusal tells it: points as they are, money in major units with its currency."""
    if unit == POINTS:
        return str(amount)
    return f"{Decimal(amount).scaleb(-minor_digits(unit)):f} {unit}"


def _scale(unit: str) -> int:
    return 1 if unit == POINTS else int(10 ** minor_digits(unit))
