"""Use cases about orders: taking them, their payment, and lists of them."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from core.catalog import service as catalog
from core.catalog.model import Product
from core.db.types import EPOCH, MICROSECOND, microseconds
from core.db.unit_of_work import UnitOfWork
from core.http.model import CursorInvalid, Fault, Page, RequestInvalid, read_cursor, write_cursor
from core.kernel.ids import PersonId
from core.orders import rules, store
from core.orders.model import (
    PAGE_SIZE_MAX,
    CurrenciesMixed,
    Habit,
    NewLine,
    NewOrder,
    Order,
    OrderCancelled,
    OrderCard,
    OrderDiffers,
    OrderKind,
    OrderLine,
    OrderPaid,
    OrderState,
    OrderUnknown,
    VolumeChanged,
)
from core.orders.rules import Figures, Terms
from core.people import service as people
from core.plan import service as plans
from core.plan.model import Plan


async def record_order(uow: UnitOfWork, new: NewOrder, plan: Plan | None = None) -> tuple[Order, bool]:
    """Take an order or a return; the same one again changes nothing but a payment that was still missing.

    A return counts at once, in the cycle of its own time; a sale counts once it is paid.

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
    plan = plan or await _plan_for(uow, new.date)
    person = await people.person_id(uow, new.person)
    products = await catalog.products(uow, [line.sku for line in new.lines])
    values, lines = await _rows(uow, new, person, products, plan)
    is_new = await store.add(uow, values, lines)
    if is_new:
        await _count(uow, values)
    else:
        await _require_same(uow, new, values, lines)
        if values["paid_at"] is not None:
            await pay_order(uow, new.order_id, paid_on=values["paid_at"])
    return await order(uow, new.order_id), is_new


async def pay_order(uow: UnitOfWork, order_id: str, *, paid_on: datetime | None = None) -> Order:
    """Note that an order is paid, so that it counts in the cycle of its own time; a second time changes nothing.

    Args:
        paid_on: when it was paid; now when None. Without an offset it is company time.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
    """
    row = await _locked(uow, order_id)
    if row["state"] == OrderState.CANCELLED.value:
        raise OrderCancelled(order=order_id)
    if row["paid_at"] is None:
        paid = {"paid_at": await _in_company_time(uow, paid_on or uow.now), "state": OrderState.PAID.value}
        await store.change(uow, row["id"], paid)
        await _count(uow, {**row, **paid})
    return await order(uow, order_id)


async def cancel_order(uow: UnitOfWork, order_id: str) -> Order:
    """Take back an order that is not paid; a second time changes nothing.

    Raises:
        OrderUnknown: there is no such order.
        OrderPaid: it is paid and has to be returned instead.
    """
    row = await _locked(uow, order_id)
    if row["paid_at"] is not None:
        raise OrderPaid(order=order_id)
    await store.change(uow, row["id"], {"state": OrderState.CANCELLED.value})
    return await order(uow, order_id)


async def order(uow: UnitOfWork, order_id: str, *, person: PersonId | None = None) -> Order:
    """An order with its lines.

    Args:
        person: when given, only an order of hers is shown.

    Raises:
        OrderUnknown: there is no such order, or it is somebody else's.
    """
    row = await store.order(uow, order_id)
    if row is None or (person is not None and row["person_id"] != person):
        raise OrderUnknown(order=order_id)
    lines = [store.line_values(line) for line in await store.lines(uow, row["id"])]
    products = await catalog.known_products(uow, [line["sku"] for line in lines])
    words = {sku: product.words for sku, product in products.items()}
    return Order(
        **store.card_values(row),
        lines=tuple(OrderLine(product=words.get(line["sku"], {"en": line["sku"]}), **line) for line in lines),
    )


async def orders_of(uow: UnitOfWork, person: PersonId, *, cursor: str | None, limit: int) -> Page[OrderCard]:
    """A person's orders, latest first, unpaid and cancelled ones included.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    before = _before(cursor) if cursor is not None else None
    size = max(1, min(limit, PAGE_SIZE_MAX))
    rows = await store.page(uow, person, before=before, limit=size + 1)
    shown = rows[:size]
    more = len(rows) > size
    return Page[OrderCard](
        items=[OrderCard(**store.card_values(row)) for row in shown],
        next=write_cursor(microseconds(shown[-1]["ordered_at"]), shown[-1]["id"]) if more else None,
    )


async def habits(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> dict[PersonId, Habit]:
    """What each person usually orders, the median of her last six paid sales, and when she did so last.

    Returns:
        Who never ordered is left out.
    """
    sales = await store.last_sales(uow, person_ids)
    return {
        person: Habit(usual=rules.usual_order([qv for _, qv in last]), last=max(moment for moment, _ in last))
        for person, last in sales.items()
    }


async def usual_order(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> dict[PersonId, int]:
    """The usual orders of `habits` alone, QV at scale."""
    return {person: habit.usual for person, habit in (await habits(uow, person_ids)).items()}


def _before(cursor: str) -> tuple[datetime, int]:
    moment, number = read_cursor(cursor, int, int)
    assert isinstance(moment, int) and isinstance(number, int), "read_cursor checks the types"
    try:
        return EPOCH + moment * MICROSECOND, number
    except OverflowError as error:  # no page ended in such a year
        raise CursorInvalid from error


async def _locked(uow: UnitOfWork, order_id: str) -> RowMapping:
    row = await store.order(uow, order_id, locked=True)
    if row is None:
        raise OrderUnknown(order=order_id)
    return row


async def _count(uow: UnitOfWork, values: dict[str, Any]) -> None:
    """Announce what a paid order or a return adds to its person's figures."""
    if values["paid_at"] is None:
        return
    person = PersonId(values["person_id"])
    changed = VolumeChanged(
        person=person,
        person_id=person,
        at=values["ordered_at"],
        cv=values["cv"],
        qv=values["qv"],
        points=values["points"],
        orders=int(values["kind"] == OrderKind.SALE.value),
    )
    await uow.emit(changed)


async def _rows(
    uow: UnitOfWork, new: NewOrder, person: PersonId, products: dict[str, Product], plan: Plan
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The rows of an order and its lines as they are to be written."""
    terms = [_terms(line, products[line.sku]) for line in new.lines]
    currencies = sorted({line.currency for line in terms})
    if len(currencies) > 1:
        raise CurrenciesMixed(order=new.order_id, currencies=currencies)
    zone = ZoneInfo(plan.calendar.time_zone)
    ordered_at = rules.in_zone(new.date, zone)
    rate = Decimal(1)
    if any(rules.needs_rate(line, plan.volume) for line in terms):
        rate = await catalog.rate_on(uow, ordered_at.astimezone(zone).date(), currencies[0], plan.volume.currency)
    figures = [
        rules.line_figures(line_terms, line.quantity, kind=new.kind, volume=plan.volume, rate=rate)
        for line_terms, line in zip(terms, new.lines, strict=True)
    ]
    lines = [
        _line_row(position, line, line_terms, line_figures)
        for position, (line, line_terms, line_figures) in enumerate(zip(new.lines, terms, figures, strict=True), 1)
    ]
    paid_at = ordered_at if new.kind is OrderKind.RETURN else new.paid_on and rules.in_zone(new.paid_on, zone)
    sums = rules.total(figures)
    if not rules.is_storable(sums):
        raise RequestInvalid([Fault(place="body.lines", code="too_large", expected="an order that can be true")])
    values = {
        "order_id": new.order_id,
        "person_id": person,
        "kind": new.kind.value,
        "state": (OrderState.PAID if paid_at else OrderState.OPEN).value,
        "ordered_at": ordered_at,
        "paid_at": paid_at,
        "currency": currencies[0],
        "amount_minor": sums.amount_minor,
        "cv": sums.cv,
        "qv": sums.qv,
        "points": sums.points,
        "line_count": len(lines),
        "returns_order_id": new.returns_order_id,
        "tracking": None,
    }
    return values, lines


async def _plan_for(uow: UnitOfWork, moment: datetime) -> Plan:
    """The plan in force at an order's own time, which may lack an offset."""
    return await plans.plan_in_force(uow, await _in_company_time(uow, moment))


async def _in_company_time(uow: UnitOfWork, moment: datetime) -> datetime:
    """The moment itself where it has an offset."""
    if moment.tzinfo is not None:
        return moment
    return rules.in_zone(moment, ZoneInfo((await plans.plan_in_force(uow, uow.now)).calendar.time_zone))


def _terms(line: NewLine, product: Product) -> Terms:
    """What the line says, else what the catalogue says."""
    return Terms(
        unit_price=product.price if line.unit_price is None else line.unit_price,
        currency=product.currency,
        cv=product.cv if line.cv is None else line.cv,
        qv=product.qv if line.qv is None else line.qv,
        points=product.points,
    )


def _line_row(position: int, line: NewLine, terms: Terms, figures: Figures) -> dict[str, Any]:
    return {
        "position": position,
        "sku": line.sku,
        "quantity": line.quantity,
        "unit_price": rules.exact_text(terms.unit_price),
        "amount_minor": figures.amount_minor,
        "cv": figures.cv,
        "qv": figures.qv,
        "points": figures.points,
    }


async def _require_same(
    uow: UnitOfWork, new: NewOrder, values: dict[str, Any], lines: Sequence[dict[str, Any]]
) -> None:
    """What the new order leaves to the catalogue is not compared: prices may have changed since.

    Raises:
        OrderDiffers: something that it says itself is recorded otherwise.
    """
    known = await _locked(uow, new.order_id)
    known_lines = await store.lines(uow, known["id"])
    same = [known[name] == values[name] for name in ("person_id", "kind", "ordered_at", "currency", "returns_order_id")]
    same.append(len(known_lines) == len(lines))
    for said, row, known_line in zip(new.lines, lines, known_lines, strict=False):
        compared = ["sku", "quantity"]
        compared += ["unit_price"] if said.unit_price is not None else []
        compared += [name for name in ("cv", "qv") if getattr(said, name) is not None]
        same += [known_line[name] == row[name] for name in compared]
    if not all(same):
        raise OrderDiffers(order=new.order_id)
