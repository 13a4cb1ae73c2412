"""What messages changed: what people did who got one, beside those who were left without."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Integer, and_, cast, exists, func, select
from sqlmodel import SQLModel

from core.db.types import MICROSECOND
from core.db.unit_of_work import UnitOfWork
from core.messaging.model import OutboxState
from core.messaging.tables import OutboxRow
from core.orders.model import OrderKind
from core.orders.tables import CustomerOrderRow
from core.outreach.model import Effects, KindEffect

OUTBOX = SQLModel.metadata.tables[str(OutboxRow.__tablename__)]
ORDERS = SQLModel.metadata.tables[str(CustomerOrderRow.__tablename__)]
WITHIN = timedelta(days=3)


async def effects(uow: UnitOfWork, kind: str | None, since: datetime) -> Effects:
    """What became of messages whose time came since a moment, by kind; those that nobody asked for alone.

    Args:
        kind: only this one.
    """
    sent, withheld = OUTBOX.c.state == OutboxState.SENT, OUTBOX.c.state == OutboxState.WITHHELD
    bought = _bought_after(OUTBOX.c.not_before)
    figures = (
        func.count(),
        _count(and_(~withheld, bought)),
        _count(sent),
        _count(and_(sent, OUTBOX.c.tapped_at.is_not(None))),
        _count(and_(sent, _bought_after(OUTBOX.c.ended_at))),
        _count(withheld),
        _count(and_(withheld, bought)),
    )
    asked = select(OUTBOX.c.kind, *figures).where(OUTBOX.c.not_before >= since, OUTBOX.c.unasked)
    asked = asked if kind is None else asked.where(OUTBOX.c.kind == kind)
    found = await uow.connection.execute(asked.group_by(OUTBOX.c.kind).order_by(OUTBOX.c.kind))
    return Effects(since=since, kinds=tuple(_effect(*row) for row in found))


def _bought_after(moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    """She paid for an order placed within three days after a moment.

    Those who were to get a message and those left without are held against each other from its time on, whatever became
    of it: whoever ordered before her turn came got none, and would be missing on one side alone.
    """
    ordered = cast(ORDERS.c.ordered_at, BigInteger)
    hers = (ORDERS.c.person_id == OUTBOX.c.person_id) & (ORDERS.c.kind == OrderKind.SALE.value)
    then = (ORDERS.c.ordered_at > moment) & (ordered <= cast(moment, BigInteger) + WITHIN // MICROSECOND)
    return exists().where(hers, then, ORDERS.c.paid_at.is_not(None))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(cast(condition, Integer)), 0)


def _effect(
    kind: str, every: int, planned_ordered: int, sent: int, tapped: int, ordered: int, withheld: int, without: int
) -> KindEffect:
    return KindEffect(
        kind=kind,
        planned=every - withheld,
        planned_ordered=planned_ordered,
        sent=sent,
        tapped=tapped,
        ordered=ordered,
        withheld=withheld,
        withheld_ordered=without,
        ordered_share=share(ordered, sent),
        planned_share=share(planned_ordered, every - withheld),
        withheld_share=share(without, withheld),
    )


def share(part: int, whole: int) -> float | None:
    """So many of a hundred, with two decimals; None of nothing.

    | part | whole | share |
    | ---- | ----- | ----- |
    | 1    | 3     | 33.33 |
    | 0    | 7     | 0.0   |
    | 0    | 0     | None  |
    """
    return round(100 * part / whole, 2) if whole else None
