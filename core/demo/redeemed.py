"""Orders that were had for points, and coupons and credit notes, as rows; the columns are named beside each."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from core.db.types import microseconds
from core.demo.model import Product
from core.demo.rows import LINE as SALE_LINE
from core.demo.rows import ORDER as SALE
from core.demo.rows import Row, code_of
from core.demo.rules.stars import NOTE_MINOR, Redemption, note_of
from core.incentives.model import HoldingKind
from core.orders.model import Means, OrderState

ORDER = f"{SALE} tracking points_paid redeemed shipped_at delivered_at"
LINE = f"{SALE_LINE} points_paid"
PAYMENT = "order_ref position means amount value_minor entry_id given_back"
HOLDING = "kind code person_id label percent amount_minor left_minor currency order_least_minor uses used"
HOLDING += " valid_from valid_until made_at"
CURRENCY = "EUR"
SHIPPED_AFTER, DELIVERED_AFTER = timedelta(days=2), timedelta(days=6)
EVERY = 7
"""Of so many people one has a coupon."""


def order_rows(redemptions: Sequence[Redemption], goods: Sequence[Product], now: datetime) -> Iterator[Row]:
    """`ORDER` of each; what was had yesterday can still be taken back."""
    for one in redemptions:
        at, points = microseconds(one.at), goods[one.product].redeem_points
        shipped, delivered = one.at + SHIPPED_AFTER, one.at + DELIVERED_AFTER
        state = OrderState.DELIVERED if delivered < now else OrderState.SHIPPED if shipped < now else OrderState.PAID
        times = (
            microseconds(shipped) if shipped < now else None,
            microseconds(delivered) if delivered < now else None,
        )
        tracking = f"SV{one.ref:09d}" if shipped < now else None
        ids = (one.ref, one.order_id, one.person + 1, "sale", state.value, at, at, CURRENCY)
        yield *ids, 0, 0, 0, 0, 1, None, tracking, points, True, *times


def line_rows(redemptions: Sequence[Redemption], goods: Sequence[Product], first: int) -> Iterator[Row]:
    """`LINE` of each, from the number `first` on."""
    for number, one in enumerate(redemptions, start=first):
        product = goods[one.product]
        price = product.prices[CURRENCY]
        yield number, one.ref, 1, product.sku, 1, price, 0, 0, 0, 0, product.redeem_points


def payment_rows(redemptions: Sequence[Redemption], goods: Sequence[Product]) -> Iterator[Row]:
    """`PAYMENT` of each."""
    for one in redemptions:
        product = goods[one.product]
        worth = product.prices_minor[CURRENCY]
        yield one.ref, 1, Means.POINTS.value, product.redeem_points, worth, one.entry, 0


def holding_rows(
    told: int,
    heroines: Sequence[int],
    currencies: Sequence[str],
    said: Mapping[str, Mapping[str, Mapping[str, str]]],
    today: date,
    made_at: datetime,
    stored_date: Callable[[date], Any],
) -> Iterator[Row]:
    """`HOLDING`: a coupon that ends soon for some; a heroine has another one, one that has ended, and a credit note.

    Args:
        said: `labels` and `reasons`, by occasion and language.
    """
    labels = {kind: json.dumps(words, ensure_ascii=False) for kind, words in said["labels"].items()}
    coupon, at = HoldingKind.COUPON.value, microseconds(made_at)
    soon, later, past = (stored_date(today + timedelta(days=days)) for days in (6, 60, -20))
    for person in range(1, told):
        if person % EVERY == 0 or person in heroines:
            code = code_of(person)
            unlimited = (None, None, None, None)
            yield coupon, f"AUTUMN-{code}", person + 1, labels["autumn"], "10", *unlimited, 1, 0, None, soon, at
    for person in heroines:
        code, currency, number = code_of(person), currencies[person], person + 1
        kitchen = (None, 500, None, currency, 4000)
        yield coupon, f"KITCHEN-{code}", number, labels["kitchen"], *kitchen, 2, 0, None, later, at
        yield coupon, f"SUMMER-{code}", number, labels["summer"], "15", None, None, None, None, 1, 0, None, past, at
        reason = json.dumps(said["reasons"]["damaged"], ensure_ascii=False)
        note = (None, NOTE_MINOR, NOTE_MINOR, currency, None)
        yield HoldingKind.CREDIT_NOTE.value, note_of(person), number, reason, *note, 1, 0, None, None, at
