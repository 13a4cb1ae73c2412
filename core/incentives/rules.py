"""Whether a coupon or credit note works, and what it takes off. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from core.incentives.model import (
    Holding,
    HoldingCurrency,
    HoldingEarly,
    HoldingExpired,
    HoldingState,
    HoldingUnusable,
    HoldingUsed,
    HoldingWithdrawn,
    OrderTooSmall,
)
from core.kernel.money import amount_text

SHOWN_FOR = timedelta(days=90)
"""So long after it was used up or has ended a document is still shown."""


WHY_NOT: dict[HoldingState, type[HoldingUnusable]] = {
    HoldingState.EARLY: HoldingEarly,
    HoldingState.EXPIRED: HoldingExpired,
    HoldingState.USED: HoldingUsed,
    HoldingState.WITHDRAWN: HoldingWithdrawn,
}


@dataclass(frozen=True, slots=True)
class Bill:
    """An order as far as a coupon or credit note looks at it."""

    day: date
    """Company day."""
    currency: str
    amount_minor: int


def state(
    *, left: int, valid_from: date | None, valid_until: date | None, withdrawn: bool, today: date
) -> HoldingState:
    """Where a document stands on a company day; its last day belongs to it.

    Args:
        left: uses of a coupon, minor units of a credit note.

    | left | valid | withdrawn | today | state |
    | ---: | ----- | --------- | ----- | ----- |
    |    1 | 5th to 9th | no | 9th | usable |
    |    1 | 5th to 9th | no | 10th | expired |
    |    1 | 5th to 9th | no | 4th | early |
    |    0 | 5th to 9th | no | 10th | used |
    |    1 | 5th to 9th | yes | 6th | withdrawn |
    """
    if withdrawn:
        return HoldingState.WITHDRAWN
    if left <= 0:
        return HoldingState.USED
    if valid_until is not None and today > valid_until:
        return HoldingState.EXPIRED
    if valid_from is not None and today < valid_from:
        return HoldingState.EARLY
    return HoldingState.USABLE


def require_usable(holding: Holding, bill: Bill) -> None:
    """Refuse a document that does not work on this order.

    Raises:
        HoldingUnusable: not now, or not any more.
        HoldingCurrency: it is money of another currency.
        OrderTooSmall: the coupon asks for a larger order.
    """
    if holding.state is not HoldingState.USABLE:
        day = holding.valid_from if holding.state is HoldingState.EARLY else holding.valid_until
        told = None if day is None else day.isoformat()
        raise WHY_NOT[holding.state](code=holding.code, state=holding.state.value, day=told)
    if holding.currency is not None and holding.currency != bill.currency:
        raise HoldingCurrency(code=holding.code, currency=holding.currency)
    if holding.order_least_minor is not None and bill.amount_minor < holding.order_least_minor:
        assert holding.currency is not None, "a least amount has a currency"
        least = holding.order_least_minor
        told = amount_text(least, holding.currency)
        raise OrderTooSmall(code=holding.code, least_minor=least, currency=holding.currency, told=told)


def discount(percent: Decimal | None, amount_minor: int | None, order_minor: int) -> int:
    """What a coupon takes off an order; a fraction of a minor unit is left on it, and no order costs less than nothing.

    | percent | amount | order | takes off |
    | ------- | ------ | ----: | --------: |
    | 10 | | 1999 | 199 |
    | 100 | | 1999 | 1999 |
    | | 500 | 1999 | 500 |
    | | 5000 | 1999 | 1999 |
    """
    if percent is not None:
        return int(Fraction(percent) * order_minor / 100)
    assert amount_minor is not None, "a coupon takes a share or an amount off"
    return min(amount_minor, order_minor)


def shown(holdings: Iterable[tuple[Holding, date]], today: date) -> list[Holding]:
    """What works today by its last day, then what works later, then what was used or ended lately, the latest first.

    Args:
        holdings: each with the company day of its last change, on which it was used up or withdrawn.
    """
    usable: list[Holding] = []
    past: list[tuple[date, Holding]] = []
    for holding, changed in holdings:
        if holding.state in (HoldingState.USABLE, HoldingState.EARLY):
            usable.append(holding)
            continue
        expired = holding.state is HoldingState.EXPIRED and holding.valid_until is not None
        over = holding.valid_until if expired and holding.valid_until is not None else changed
        if today - over <= SHOWN_FOR:
            past.append((over, holding))
    usable.sort(key=lambda one: (one.state is HoldingState.EARLY, one.valid_until or date.max, one.code))
    past.sort(key=lambda one: (-one[0].toordinal(), one[1].code))
    return usable + [holding for _, holding in past]


def written(code: str) -> str:
    """A code as it is kept: whoever types it need not care about case or blanks around it."""
    return code.strip().upper()
