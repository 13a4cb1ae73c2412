"""Writing orders and returns down, once each."""

from collections.abc import Sequence
from typing import Any

from core.db.unit_of_work import UnitOfWork
from core.orders import rules, store
from core.orders.model import Means, NewLine, NewOrder, Order, OrderDiffers, OrderHead, OrderKind, OrderState
from core.orders.rules import Counted, Figures
from core.orders.service.changing import count, is_known, pay_order
from core.orders.service.pricing import Priced, PricedLine, price
from core.orders.service.showing import order
from core.orders.store import Row
from core.plan.model import Plan


async def record_order(uow: UnitOfWork, new: NewOrder, plan: Plan | None = None) -> tuple[Order, bool]:
    """Take an order or a return as it is, paid from outside or not at all; `checkout` is what shops and chats call.

    The same one again changes nothing but a payment that was still missing. A return counts at once, in the cycle of
    its own time; a sale counts once it is paid.

    Args:
        plan: by which it counts; the one in force at the order's own time when None.

    Returns:
        The order as it is recorded, and whether it is new.

    Raises:
        PersonUnknown: nobody has the buyer's code.
        ProductUnknown: a sku that the catalogue does not have.
        CurrenciesMixed: its products are priced in several currencies.
        RateMissing: volume by price in another currency, and no rate for that day.
        OrderDiffers: an order of this id is known with other content.
        PlanMissing: no plan was ever put in force.
        RequestInvalid: it costs or counts more than any order can.
    """
    priced = await price(uow, new, plan)
    head = await add_order(uow, new, priced, await returned_lines(uow, new, priced))
    if head is None:
        await require_same(uow, new, priced)
        if priced.paid_at is not None and new.kind is OrderKind.SALE:
            await pay_order(uow, new.order_id, paid_on=priced.paid_at)
    elif head.paid_at is not None:
        await count(uow, head)
    return await order(uow, new.order_id), head is not None


async def add_order(
    uow: UnitOfWork, new: NewOrder, priced: Priced, lines: Sequence[Counted] | None = None, *, redeemed: bool = False
) -> OrderHead | None:
    """Write an order and its lines, without counting it.

    Args:
        lines: what each line costs and counts in the end; None for what it is priced.
        redeemed: whether its person made it with her own points.

    Returns:
        The order as it is written; None when the order id is taken, and then nothing was written.
    """
    lines = lines or [Counted(line.figures) for line in priced.lines]
    written = [
        _line_row(position, line, counted)
        for position, (line, counted) in enumerate(zip(priced.lines, lines, strict=True), 1)
    ]
    values = _values(new, priced, rules.total(line.figures for line in lines)) | {
        "points_paid": sum(line.points_paid for line in lines),
        "redeemed": redeemed,
    }
    number = await store.add(uow, values, written)
    return None if number is None else store.head(values | {"id": number})


async def returned_lines(uow: UnitOfWork, new: NewOrder, priced: Priced) -> list[Counted] | None:
    """What a return counts by its sale: nobody gets back what she never paid, nor anything a second time.

    What a coupon or points took off the sale is taken off its return too, and what is not hers to return any more,
    because it came back or the sale was cancelled, counts nothing. The sale is held until the transaction ends.

    None where what is said and the catalogue hold: the return names no sale of hers that is known here, or one that
    has all this left; and where the return is known itself.
    """
    if new.kind is not OrderKind.RETURN or new.returns_order_id is None or await is_known(uow, new.order_id):
        return None
    sale = await store.order(uow, new.returns_order_id, locked=True)
    if sale is None or sale["kind"] != OrderKind.SALE.value or sale["person_id"] != priced.person:
        return None
    sold = rules.sold_by_sku((row["sku"], store.sold(row)) for row in await store.lines(uow, sale["id"]))
    is_cancelled = sale["state"] == OrderState.CANCELLED.value
    gone = rules.all_gone(sold) if is_cancelled else await store.came_back(uow, store.head(sale))
    return rules.returned_lines(sold, [(line.said, line.figures) for line in priced.lines], gone)


async def require_same(uow: UnitOfWork, new: NewOrder, priced: Priced) -> None:
    """What the new order leaves to the catalogue is not compared: prices may have changed since.

    Raises:
        OrderDiffers: something that it says itself is recorded otherwise.
    """
    known = await store.order(uow, new.order_id, locked=True)
    assert known is not None, "who asks has met its id"
    lines = await store.lines(uow, known["id"])
    values = _values(new, priced, rules.total(line.figures for line in priced.lines))
    same = [known[name] == values[name] for name in ("person_id", "kind", "ordered_at", "currency", "returns_order_id")]
    same.append(len(lines) == len(priced.lines))
    for line, row in zip(priced.lines, lines, strict=False):
        same += [_said(line)[name] == row[name] for name in _compared(line.said, row)]
    same.append(_same_payments(new, known, await store.payments(uow, known["id"])))
    if not all(same):
        raise OrderDiffers(order=new.order_id)


def _compared(said: NewLine, row: Row) -> list[str]:
    """What the line says itself; volume that points or a coupon lessened can no longer be compared."""
    names = ["sku", "quantity"]
    names += ["unit_price"] if said.unit_price is not None else []
    if row["points_paid"] or row["discount_minor"]:
        return names
    names += ["margin_minor"] if said.distributor_price is not None else []
    return names + [name for name in ("cv", "qv") if getattr(said, name) is not None]


def _said(line: PricedLine) -> dict[str, Any]:
    return _line_row(0, line, Counted(line.figures))


def _same_payments(new: NewOrder, known: Row, rows: Sequence[Row]) -> bool:
    """Whether what was said of payments is what is recorded; who says nothing of them contradicts nothing.

    What was to pay as much as there is, and found nothing, or nothing left to pay, is recorded nowhere.
    """
    recorded = {(row["means"], row["document"]): row["amount"] for row in rows if row["means"] != Means.MONEY.value}
    said = {(one.means.value, one.document): one.amount for one in new.payments}
    if not said:
        return True
    found_nothing = {Means.CREDIT.value, Means.CREDIT_NOTE.value}
    found_nothing |= set() if known["amount_minor"] else {Means.POINTS.value}
    as_said = (
        recorded.get(named) == amount if amount is not None else named in recorded or named[0] in found_nothing
        for named, amount in said.items()
    )
    return recorded.keys() <= said.keys() and all(as_said)


def _values(new: NewOrder, priced: Priced, sums: Figures) -> dict[str, Any]:
    paid_at = priced.ordered_at if new.kind is OrderKind.RETURN else priced.paid_at
    return {
        "order_id": new.order_id,
        "person_id": priced.person,
        "kind": new.kind.value,
        "state": (OrderState.PAID if paid_at else OrderState.OPEN).value,
        "ordered_at": priced.ordered_at,
        "paid_at": paid_at,
        "currency": priced.currency,
        "amount_minor": sums.amount_minor,
        "cv": sums.cv,
        "qv": sums.qv,
        "points": sums.points,
        "margin_minor": sums.margin_minor,
        "line_count": len(priced.lines),
        "returns_order_id": new.returns_order_id,
        "tracking": None,
    }


def _line_row(position: int, line: PricedLine, counted: Counted) -> dict[str, Any]:
    return {
        "position": position,
        "sku": line.said.sku,
        "quantity": line.said.quantity,
        "unit_price": rules.exact_text(line.terms.unit_price),
        "amount_minor": counted.figures.amount_minor,
        "cv": counted.figures.cv,
        "qv": counted.figures.qv,
        "points": counted.figures.points,
        "margin_minor": counted.figures.margin_minor,
        "discount_minor": counted.discount_minor,
        "points_paid": counted.points_paid,
    }
