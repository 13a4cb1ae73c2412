"""What orders earned, told to whoever has the points: by each order once, with all that its rules gave her."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import orjson

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.messaging import outbox
from core.messaging.model import Ready
from core.points.rules import days
from core.points.service.programme import EARNED, Programme
from core.points.store.facts import OrderFacts
from core.points.store.lots import NewLot

NEWS_FOR = timedelta(days=3)
"""What was paid before that, and is only asked now, is no news to anybody."""


async def tell_earned(
    uow: UnitOfWork, orders: Mapping[int, OrderFacts], programmes: Mapping[int, Programme], lots: Sequence[NewLot]
) -> None:
    """Tell everybody who got points by these orders.

    Args:
        orders: by their row numbers, all that the lots come from.
        programmes: by the same numbers, what was in force at their time.
        lots: what was given.
    """
    by_order: dict[tuple[int, int], list[NewLot]] = {}
    for lot in lots:
        assert lot.order_ref is not None, "what an order earns names it"
        by_order.setdefault((lot.order_ref, lot.person), []).append(lot)
    new = [
        _ready(orders[ref], programmes[ref], some)
        for (ref, _), some in by_order.items()
        if (orders[ref].paid_at or uow.now) >= uow.now - NEWS_FOR
    ]
    if new:
        await outbox.put_all(uow, EARNED, new)


def _ready(order: OrderFacts, programme: Programme, some: Sequence[NewLot]) -> Ready:
    """What one order gave one person; of an order that is not hers she does not hear the number."""
    person = some[0].person
    waits = [days.company_day(lot.safe_at, programme.zone) for lot in some if lot.safe_at is not None]
    facts = {
        "points": sum(lot.points for lot in some),
        "name": programme.name,
        "usable_on": max(waits).isoformat() if waits else None,
        "order": order.order_id if order.person == person else None,
    }
    return Ready(
        key=f"{EARNED}:{order.ref}:{person}",
        person=person,
        facts_json=orjson.dumps(facts).decode(),
        occasion=f"order:{order.order_id}",
        not_before_us=microseconds(programme.now),
        lapses_at_us=None,
    )
