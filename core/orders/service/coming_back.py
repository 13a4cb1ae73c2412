"""Returns that came in bulk, brought to what those count and give back that are taken one by one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from core.db.unit_of_work import UnitOfWork
from core.orders import rules
from core.orders.model import NewLine, OrderHead, OrderState
from core.orders.rules import Counted, Figures, Sold
from core.orders.store import Row, sold
from core.orders.store import coming_back as store

SALES_AT_ONCE = 2_000
OF_SALES = ("amount_minor", "cv", "qv", "points")
"""What a return takes of its sale; a margin always comes back by its share."""


@dataclass(frozen=True, slots=True)
class Recounted:
    """What the lines of a return count in the end, line by line as they are recorded."""

    order_ref: int
    order_id: str
    line_refs: Sequence[int]
    lines: Sequence[Counted]
    is_beyond: bool
    """Whether it would take back more than was left of its sale."""


async def recount_returns(uow: UnitOfWork, order_ids: Collection[str]) -> list[str]:
    """Let returns that were written in bulk count what their sales counted and no more, as `record_order` does.

    Their sales are held until the transaction ends. Where points, credit or a credit note paid a part of the sale, the
    return is noted, and `returns_due` finds it.

    Args:
        order_ids: returns of this very transaction, which nobody has seen yet; others may be among them.

    Returns:
        Those of them that would take back more than was left of their sales, and count what was left.
    """
    returned = await store.sales_of(uow, order_ids)
    sales = sorted({sale for _, sale in returned})
    new = {order_ref for order_ref, _ in returned}
    beyond: list[str] = []
    for start in range(0, len(sales), SALES_AT_ONCE):
        changed = await _recount(uow, sales[start : start + SALES_AT_ONCE], new)
        beyond += [one.order_id for one in changed if one.is_beyond]
    return beyond


async def returns_due(uow: UnitOfWork, after: int, limit: int) -> list[tuple[int, str]]:
    """Returns of paid sales whose payment has not gone back yet: row number and order id, those above a number."""
    return await store.due(uow, after, limit)


async def claim_return(uow: UnitOfWork, order_ref: int) -> tuple[OrderHead, OrderHead] | None:
    """Take a return off those that are due, and hold its sale; the sale and the return.

    Returns:
        None when somebody else has taken it.
    """
    return await store.claim(uow, order_ref)


async def _recount(uow: UnitOfWork, sales: Sequence[int], new: Collection[int]) -> list[Recounted]:
    states = await store.hold(uow, sales)
    bought = {sale: list(rows) for sale, rows in groupby(await store.sold_lines(uow, sales), itemgetter("sale"))}
    back = await store.returned_lines(uow, sales)
    changed: list[Recounted] = []
    for sale, rows in groupby(back, itemgetter("sale")):
        changed += _of_sale(states[sale], bought.get(sale, ()), list(rows), new)
    await store.rewrite_lines(uow, [row for one in changed for row in _line_values(one)])
    await store.rewrite_orders(uow, [_order_values(one) for one in changed])
    await store.note_due(uow, sales, {row["order_ref"] for row in back} & set(new))
    return changed


def _of_sale(state: str, bought: Sequence[Row], back: Sequence[Row], new: Collection[int]) -> list[Recounted]:
    """The new returns of one sale that count other than they say; what was recorded before has counted already."""
    pieces = rules.sold_by_sku((row["sku"], sold(row)) for row in bought)
    is_cancelled = state == OrderState.CANCELLED.value
    gone = rules.all_gone(pieces) if is_cancelled else {}
    found = []
    in_order = sorted(back, key=lambda row: (row["order_ref"] in new, row["ordered_at"], row["order_id"]))
    for order_ref, rows in groupby(in_order, itemgetter("order_ref")):
        lines = list(rows)
        said = [_said(row) for row in lines]
        counted = rules.returned_lines(pieces, said, gone)
        if counted is not None and order_ref in new:
            is_beyond = _is_beyond(pieces, gone, said, counted)
            found.append(Recounted(order_ref, lines[0]["order_id"], [row["id"] for row in lines], counted, is_beyond))
    return found


def _is_beyond(
    sold: Mapping[str, Sold],
    gone: Mapping[str, Sold],
    said: Sequence[tuple[NewLine, Figures]],
    counted: Sequence[Counted],
) -> bool:
    """Whether a return counts less because no more was left, not only because a coupon or points paid a part."""
    if any(one.counted.discount_minor or one.counted.points_paid for one in sold.values()):
        return any(gone[line.sku].quantity > sold[line.sku].quantity for line, _ in said if line.sku in sold)
    pairs = [(own, one.figures) for (_, own), one in zip(said, counted, strict=True)]
    return any(getattr(own, name) < getattr(now, name) for own, now in pairs for name in OF_SALES)


def _said(row: Row) -> tuple[NewLine, Figures]:
    names = ("amount_minor", "cv", "qv", "points", "margin_minor")
    figures = Figures(**{name: row[name] for name in names})
    price = Decimal(row["unit_price"])
    return NewLine.model_construct(sku=row["sku"], quantity=row["quantity"], unit_price=price), figures


def _line_values(one: Recounted) -> list[Mapping[str, Any]]:
    return [
        {
            "ref": ref,
            "amount_minor": line.figures.amount_minor,
            "cv": line.figures.cv,
            "qv": line.figures.qv,
            "points": line.figures.points,
            "margin_minor": line.figures.margin_minor,
            "discount_minor": line.discount_minor,
            "points_paid": line.points_paid,
        }
        for ref, line in zip(one.line_refs, one.lines, strict=True)
    ]


def _order_values(one: Recounted) -> Mapping[str, Any]:
    sums = rules.total(line.figures for line in one.lines)
    return {
        "ref": one.order_ref,
        "amount_minor": sums.amount_minor,
        "cv": sums.cv,
        "qv": sums.qv,
        "points": sums.points,
        "margin_minor": sums.margin_minor,
        "points_paid": sum(line.points_paid for line in one.lines),
    }
