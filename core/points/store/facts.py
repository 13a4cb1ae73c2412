"""What rules ask of orders, people and referrals, many at once and read only: other rooms own these rows."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Date, String, and_, case, column, exists, func, literal_column, select, table

from core.db.types import Moment
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.orders.model import OrderKind, OrderState
from core.people.in_force import career_rank_now
from core.points.store.among import among
from core.points.store.asked import ORDERS_ASKED

BIG = BigInteger()
TEXT = String()
ORDERS = table(
    "customer_order",
    column("id", BIG),
    column("order_id", TEXT),
    column("person_id", BIG),
    column("kind", TEXT),
    column("state", TEXT),
    column("ordered_at", Moment),
    column("paid_at", Moment),
    column("currency", TEXT),
    column("amount_minor", BIG),
    column("cv", BIG),
    column("qv", BIG),
    column("points", BIG),
    column("line_count", BIG),
    column("returns_order_id", TEXT),
    column("points_paid", BIG),
)
LINES = table("order_line", column("order_ref", BIG), column("sku", TEXT), column("quantity", BIG))
PEOPLE = table(
    "person",
    column("id", BIG),
    column("kind", TEXT),
    column("status", TEXT),
    column("country", TEXT),
    column("language", TEXT),
    column("joined_on", Date()),
)
CAREER_RANK = literal_column(career_rank_now(), TEXT).label("career_rank")
EVENTS = table("event", column("id", BIG))
REFERRALS = table("referral", column("person_id", BIG), column("referrer_id", BIG))
SPONSORS = table("sponsor_link", column("person_id", BIG), column("sponsor_id", BIG), column("valid_to", BIG))
COUNTED = (
    ORDERS.c.kind == OrderKind.SALE.value,
    ORDERS.c.paid_at.is_not(None),
    ORDERS.c.state != OrderState.CANCELLED.value,
    (ORDERS.c.points_paid == 0) | (ORDERS.c.amount_minor != 0),
)
"""Sales that count as an order of somebody's; what points alone paid is none."""


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order as far as points are concerned; figures carry the sign of its kind."""

    ref: int
    order_id: str
    person: PersonId
    kind: OrderKind
    state: OrderState
    ordered_at: datetime
    paid_at: datetime | None
    currency: str
    amount_minor: int
    cv: int
    qv: int
    points: int
    line_count: int
    returns_order_id: str | None
    points_paid: int

    @property
    def by_points_alone(self) -> bool:
        """Whether nothing of it was paid in money."""
        return self.points_paid != 0 and not self.amount_minor

    @property
    def counts(self) -> bool:
        """Whether it is paid and stands."""
        return self.paid_at is not None and self.state is not OrderState.CANCELLED


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as far as rules may ask."""

    kind: str
    status: str
    country: str
    language: str
    joined_on: date
    career_rank: str | None


async def order(uow: UnitOfWork, order_id: str) -> OrderFacts | None:
    """An order by its id."""
    found = await uow.connection.execute(select(ORDERS).where(ORDERS.c.order_id == order_id))
    row = found.first()
    return _order(row) if row else None


async def orders(uow: UnitOfWork, order_ids: Collection[str]) -> dict[str, OrderFacts]:
    """Orders by their ids, some hundreds at most; those that are not known are left out."""
    if not order_ids:
        return {}
    rows = await uow.connection.execute(select(ORDERS).where(ORDERS.c.order_id.in_(sorted(order_ids))))
    return {row.order_id: _order(row) for row in rows}


async def order_ids(uow: UnitOfWork, refs: Collection[int]) -> dict[int, str]:
    """Orders' ids by their row numbers."""
    if not refs:
        return {}
    rows = await uow.connection.execute(select(ORDERS.c.id, ORDERS.c.order_id).where(among(uow, ORDERS.c.id, refs)))
    return {row.id: row.order_id for row in rows}


async def unasked(uow: UnitOfWork, since: datetime | None, after: int, limit: int) -> list[OrderFacts]:
    """Paid orders and returns that nobody asked yet, by row number, those above `after`."""
    known = exists().where(ORDERS_ASKED.c.order_ref == ORDERS.c.id)
    wanted = [ORDERS.c.id > after, ORDERS.c.paid_at.is_not(None), ORDERS.c.state != OrderState.CANCELLED.value, ~known]
    if since is not None:
        wanted.append(ORDERS.c.ordered_at >= since)
    rows = await uow.connection.execute(select(ORDERS).where(*wanted).order_by(ORDERS.c.id).limit(limit))
    return [_order(row) for row in rows]


async def newest_event(uow: UnitOfWork) -> int:
    """The number of the event that was written last; 0 when there is none."""
    return int((await uow.connection.execute(select(func.coalesce(func.max(EVENTS.c.id), 0)))).scalar_one())


async def bought(uow: UnitOfWork, orders: Sequence[int]) -> dict[int, Counter[str]]:
    """Units by sku of each order."""
    found: dict[int, Counter[str]] = {order: Counter() for order in orders}
    rows = select(LINES.c.order_ref, LINES.c.sku, LINES.c.quantity).where(among(uow, LINES.c.order_ref, orders))
    for order_ref, sku, quantity in await uow.connection.execute(rows):
        found[order_ref][sku] += quantity
    return found


async def counts(uow: UnitOfWork, orders: Sequence[int]) -> dict[int, int]:
    """How many paid orders the buyer of each order had placed by then, that one included."""
    earlier, this = ORDERS.alias("earlier"), ORDERS.alias("this")
    by_then = and_(
        earlier.c.person_id == this.c.person_id,
        earlier.c.kind == OrderKind.SALE.value,
        earlier.c.paid_at.is_not(None),
        earlier.c.state != OrderState.CANCELLED.value,
        (earlier.c.points_paid == 0) | (earlier.c.amount_minor != 0),
        (earlier.c.ordered_at < this.c.ordered_at)
        | ((earlier.c.ordered_at == this.c.ordered_at) & (earlier.c.id <= this.c.id)),
    )
    asked = select(this.c.id, func.count()).join(earlier, by_then).where(among(uow, this.c.id, orders))
    return {number: int(count) for number, count in await uow.connection.execute(asked.group_by(this.c.id))}


async def people(uow: UnitOfWork, ids: Collection[PersonId]) -> dict[PersonId, PersonFacts]:
    """What rules ask of people, by number."""
    rows = await uow.connection.execute(select(PEOPLE, CAREER_RANK).where(among(uow, PEOPLE.c.id, ids)))
    return {PersonId(number): PersonFacts(*facts) for number, *facts in rows}


async def everybody(uow: UnitOfWork) -> dict[PersonId, PersonFacts]:
    """`people` for all."""
    rows = await uow.connection.execute(select(PEOPLE, CAREER_RANK))
    return {PersonId(number): PersonFacts(*facts) for number, *facts in rows}


async def referrers(uow: UnitOfWork, people: Collection[PersonId] | None) -> dict[PersonId, PersonId]:
    """Who brought each of these people, or everybody when None; whom nobody brought is left out."""
    asked = select(REFERRALS.c.person_id, REFERRALS.c.referrer_id)
    if people is not None:
        asked = asked.where(among(uow, REFERRALS.c.person_id, people))
    return {PersonId(person): PersonId(referrer) for person, referrer in await uow.connection.execute(asked)}


async def sponsors(uow: UnitOfWork, people: Collection[PersonId]) -> dict[PersonId, PersonId]:
    """Who sponsors each of these people now; whoever stands alone or in no tree is left out."""
    wanted = (
        among(uow, SPONSORS.c.person_id, people),
        SPONSORS.c.valid_to.is_(None),
        SPONSORS.c.sponsor_id.is_not(None),
    )
    rows = await uow.connection.execute(select(SPONSORS.c.person_id, SPONSORS.c.sponsor_id).where(*wanted))
    return {PersonId(person): PersonId(sponsor) for person, sponsor in rows}


async def brought(uow: UnitOfWork, people: Collection[PersonId]) -> dict[PersonId, list[PersonId]]:
    """Whom each of these people brought; who brought nobody is left out."""
    found: dict[PersonId, list[PersonId]] = {}
    wanted = among(uow, REFERRALS.c.referrer_id, people)
    asked = select(REFERRALS.c.referrer_id, REFERRALS.c.person_id).where(wanted).order_by(REFERRALS.c.person_id)
    for referrer, person in await uow.connection.execute(asked):
        found.setdefault(PersonId(referrer), []).append(PersonId(person))
    return found


async def ordered_in(uow: UnitOfWork, starts: Sequence[datetime]) -> dict[PersonId, int]:
    """In which stretches of time people placed a paid order, as a set of bits: the lowest for the first stretch.

    Args:
        starts: when each stretch begins, rising, and last of all when the last one ends.
    """
    stretch = case(*((ORDERS.c.ordered_at < end, place) for place, end in enumerate(starts[1:])))
    within = (ORDERS.c.ordered_at >= starts[0], ORDERS.c.ordered_at < starts[-1])
    asked = select(ORDERS.c.person_id, stretch).where(*COUNTED, *within).distinct()
    found: dict[PersonId, int] = {}
    for person, place in await uow.connection.execute(asked):
        found[PersonId(person)] = found.get(PersonId(person), 0) | 1 << place
    return found


def _order(row: Any) -> OrderFacts:
    ref, order_id, person, kind, state, *rest = row
    return OrderFacts(ref, order_id, PersonId(person), OrderKind(kind), OrderState(state), *rest)
