"""What orders earn: the catalogue's points and those of the plan's rules, each order once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Account, EntryId, Posting, Purpose
from core.live.state import State
from core.orders.model import OrderKind
from core.people.model import COMPANY_KIND, Status
from core.plan.expressions.evaluation import value, whole
from core.plan.expressions.model import Case
from core.plan.model.points import Occasion, PointsRule, PointsSpec, Receiver
from core.points.model import POINTS_MAX, MovementKind
from core.points.rules import days
from core.points.service import cases
from core.points.service.announcing import tell_earned
from core.points.service.holding import give, hold
from core.points.service.programme import (
    EARNED,
    RULE,
    Programme,
    available,
    company,
    keeping,
    line,
    pending,
    posting,
    programme_at,
)
from core.points.store import asked, facts
from core.points.store.facts import OrderFacts
from core.points.store.lots import NewLot

NOT_POSTED = EntryId(0)
"""Stands in a lot until its posting is written."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Points that an order earned for somebody; without a rule they are the catalogue's."""

    order: OrderFacts
    receiver: PersonId
    points: int
    rule: PointsRule | None = None


async def earn(uow: UnitOfWork, order_id: str, state: State | None) -> int:
    """Give what a paid order earns, once; an order that is not paid, a return and an unknown one earn nothing.

    Args:
        state: the live figures, which do not count the order yet; where they are None and a rule asks for them, the
            whole order is left to the sweep.

    Returns:
        How many points were given now, to whomever.
    """
    order = await facts.order(uow, order_id)
    return 0 if order is None else await earn_all(uow, [order], state, new=True)


async def earn_all(uow: UnitOfWork, orders: Sequence[OrderFacts], state: State | None, *, new: bool = False) -> int:
    """`earn` for many.

    Args:
        new: the figures do not count the orders yet.

    Returns:
        How many points were given now.
    """
    programmes = await programmes_of(uow, [order for order in orders if order.counts and order.kind is OrderKind.SALE])
    due = [(order, one) for order, one in programmes if _earns(order, one) and not _waits(one.spec, state)]
    claimed = await asked.claim_orders(uow, [order.ref for order, _ in due])
    fresh = [(order, one) for order, one in due if order.ref in claimed and _pays(order, one.spec)]
    if not fresh:
        return 0
    grants = [Grant(order, order.person, order.points) for order, _ in fresh if order.points > 0]
    grants += await _by_rules(uow, fresh, state, new=new)
    return await _give(uow, grants, {order.ref: one for order, one in fresh})


async def programmes_of(uow: UnitOfWork, orders: Sequence[OrderFacts]) -> list[tuple[OrderFacts, Programme]]:
    """Each order with the programme that was in force at its own time; those of times without one are left out."""
    if not orders:
        return []
    moments = [order.ordered_at for order in orders]
    first, last = [await programme_at(uow, moment) for moment in (min(moments), max(moments))]
    if first is not None and last is not None and first.plan is last.plan:
        return [(order, first) for order in orders]
    found = [(order, await programme_at(uow, order.ordered_at)) for order in orders]
    return [(order, one) for order, one in found if one is not None]


def _earns(order: OrderFacts, programme: Programme) -> bool:
    since = programme.spec.since
    return since is None or days.company_day(order.ordered_at, programme.zone) >= since


def _pays(order: OrderFacts, spec: PointsSpec) -> bool:
    """What points pay earns no points, by no rule either, unless the plan says so."""
    return not order.by_points_alone or (spec.redeem is not None and spec.redeem.earns)


def _order_rules(spec: PointsSpec) -> list[PointsRule]:
    return [rule for rule in spec.rules if rule.on is Occasion.ORDER]


def _names(spec: PointsSpec) -> frozenset[str]:
    return frozenset().union(*(rule.when.names | rule.points.names for rule in _order_rules(spec)))


def _waits(spec: PointsSpec, state: State | None) -> bool:
    return state is None and cases.needs_state(_names(spec))


async def _by_rules(
    uow: UnitOfWork, orders: Sequence[tuple[OrderFacts, Programme]], state: State | None, *, new: bool
) -> list[Grant]:
    names = frozenset().union(*(_names(spec) for spec in {id(one.spec): one.spec for _, one in orders}.values()))
    if not any(_order_rules(one.spec) for _, one in orders):
        return []
    loaded = await cases.load(uow, names, [order for order, _ in orders])
    wanted = []
    for order, programme in orders:
        case = cases.case(order, programme, names, loaded, state, new=new)
        for rule in _order_rules(programme.spec):
            points = points_by(rule, case)
            if points:
                wanted.append((order, rule, points))
    return await _received(uow, wanted)


def points_by(rule: PointsRule, case: Case) -> int:
    """What a rule gives in a case; a fraction is cut off, and nothing below one is given."""
    return min(POINTS_MAX, max(0, whole(rule.points, case))) if value(rule.when, case) else 0


async def _received(uow: UnitOfWork, wanted: Sequence[tuple[OrderFacts, PointsRule, int]]) -> list[Grant]:
    """Whom the rules' points go to; a receiver who is nobody, or has left, gets none."""
    receivers = await receivers_of(uow, [(rule.to, order.person) for order, rule, _ in wanted])
    grants = []
    for order, rule, points in wanted:
        receiver = receivers.get((rule.to, order.person))
        if receiver is None:
            continue
        if not rule.once or await asked.claim_once(uow, (rule.code, receiver, order.person)):
            grants.append(Grant(order, receiver, points, rule))
    return grants


async def receivers_of(
    uow: UnitOfWork, wanted: Sequence[tuple[Receiver, PersonId]]
) -> dict[tuple[Receiver, PersonId], PersonId]:
    """Who gets the points of a rule about a person; nobody where there is none or she has left."""
    found: dict[tuple[Receiver, PersonId], PersonId] = {}
    brought = {about for to, about in wanted if to is Receiver.REFERRER}
    referrers = await facts.referrers(uow, brought) if brought else {}
    under = {about for to, about in wanted if to is Receiver.SPONSOR}
    sponsors = await facts.sponsors(uow, under) if under else {}
    for to, about in dict.fromkeys(wanted):
        one = {Receiver.REFERRER: referrers, Receiver.SPONSOR: sponsors}.get(to, {about: about}).get(about)
        if one is not None:
            found[to, about] = one
    others = {one for (to, _), one in found.items() if to is not Receiver.PERSON}
    known = await facts.people(uow, others) if others else {}
    gone = {one for one, who in known.items() if who.kind == COMPANY_KIND or who.status == Status.TERMINATED.value}
    return {key: one for key, one in found.items() if one not in gone}


async def accounts_of_orders(uow: UnitOfWork, buyer: PersonId, spec: PointsSpec) -> list[Account]:
    """Every account of points that an order of hers can touch: to be held at once, before anything else is."""
    others = [(rule.to, buyer) for rule in _order_rules(spec) if rule.to is not Receiver.PERSON]
    return accounts_of({buyer, *(await receivers_of(uow, others)).values()})


async def receivers_of_orders(uow: UnitOfWork, orders: Sequence[OrderFacts]) -> set[PersonId]:
    """Everybody whom rules may give something for these orders, the buyers aside."""
    wanted = {
        (rule.to, order.person)
        for order, one in await programmes_of(uow, orders)
        for rule in _order_rules(one.spec)
        if rule.to is not Receiver.PERSON
    }
    return set((await receivers_of(uow, sorted(wanted))).values())


def accounts_of(people: Collection[PersonId]) -> list[Account]:
    """The accounts of points of these people."""
    return [account for one in sorted(people) for account in (available(one), pending(one))]


async def _give(uow: UnitOfWork, grants: Sequence[Grant], programmes: dict[int, Programme]) -> int:
    if not grants:
        return 0
    hands = await hold(uow, await keeping(uow), {grant.receiver for grant in grants})
    lots = [_lot_of(grant, programmes[grant.order.ref]) for grant in grants]
    posted = await ledger.post_all(uow, [_posting(grant, lot) for grant, lot in zip(grants, lots, strict=True)])
    assert all(one.is_new for one in posted), "an order is asked once"
    await give(uow, hands, [lot._replace(entry=one.entry) for lot, one in zip(lots, posted, strict=True)])
    await tell_earned(uow, {grant.order.ref: grant.order for grant in grants}, programmes, lots)
    return sum(lot.points for lot in lots)


def _lot_of(grant: Grant, programme: Programme) -> NewLot:
    earned_on, safe_at = _earned(grant.order, programme)
    rule = grant.rule
    return NewLot(
        person=grant.receiver,
        entry=NOT_POSTED,
        origin=MovementKind.EARNED if rule is None else MovementKind.RULE,
        points=grant.points,
        earned_on=earned_on,
        expires_on=days.last_day(programme.spec, earned_on),
        safe_at=safe_at,
        order_ref=grant.order.ref,
        rule=rule.code if rule else None,
        about=grant.order.person if grant.receiver != grant.order.person else None,
    )


def _earned(order: OrderFacts, programme: Programme) -> tuple[date, datetime | None]:
    """The day that an order's points are of, and until when they wait; None where that is over."""
    assert order.paid_at is not None, "only what is paid earns"
    earned_on = days.company_day(order.paid_at, programme.zone)
    safe_at = days.safe_at(programme.spec, earned_on, programme.zone)
    return earned_on, safe_at if safe_at is not None and safe_at > programme.now else None


def _posting(grant: Grant, lot: NewLot) -> Posting:
    to = available(lot.person) if lot.safe_at is None else pending(lot.person)
    lines = [line(company(Purpose.POINTS_ISSUED), -lot.points), line(to, lot.points)]
    order, rule = grant.order, grant.rule
    if rule is None:
        return posting(EARNED, f"{EARNED}:{order.ref}", "catalogue", ("order", order.order_id), lines)
    occasion = f"{rule.code}:order:{order.ref}"
    return posting(RULE, f"{RULE}:{occasion}", rule.code, ("rule", occasion), lines)
