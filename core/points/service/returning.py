"""Taking back what an order earned: when it is returned, in whole or in part, or cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.db.unit_of_work import UnitOfWork
from core.ledger import service as ledger
from core.ledger.model import Line, Purpose
from core.live.state import State
from core.orders.model import OrderKind, OrderState
from core.points.rules import days
from core.points.rules import lots as lot_rules
from core.points.rules import returns as rules
from core.points.rules.lots import Lot, Use
from core.points.service.earning import earn_all
from core.points.service.holding import Hands, hold, moved
from core.points.service.programme import (
    TAKEN_BACK,
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
from core.points.store import lots as store
from core.points.store.facts import OrderFacts

LOTS_LOOKED_AT = 500
"""Of a return without a sale: as many of her latest orders can pay for it."""


@dataclass(slots=True)
class Taken:
    """What one return takes, before it is posted."""

    lines: list[Line] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    returned: list[tuple[int, int]] = field(default_factory=list)
    """Lots and how much of what they gave was never earned."""
    points: int = 0
    borne: int = 0
    """What the company bears because nobody may owe it."""


async def take_back(uow: UnitOfWork, order_id: str, state: State | None = None) -> int:
    """Take back what a return or the cancelling of a paid order undoes, once; any other order takes nothing back.

    First pending points of the order, then what is left of it, then other points of whoever got them, those that end
    first; the rest becomes a debt where the company's policy is so. Never more than the order earned.

    Args:
        state: the live figures, for a sale that was not asked yet what it earns; None leaves both to the sweep.

    Returns:
        How many points were taken.
    """
    order = await facts.order(uow, order_id)
    if order is None:
        return 0
    if order.kind is OrderKind.RETURN:
        return await take_return(uow, order, state)
    return await _take_cancelled(uow, order) if order.state is OrderState.CANCELLED else 0


async def take_return(uow: UnitOfWork, order: OrderFacts, state: State | None) -> int:
    """Take back what a return undoes, once; where it names nobody's sale or somebody else's, of her latest orders."""
    if not order.counts:
        return 0
    sale = await facts.order(uow, order.returns_order_id) if order.returns_order_id else None
    if sale is not None and sale.kind is OrderKind.SALE and sale.person == order.person:
        await earn_all(uow, [sale], state)
        if not await asked.was_asked(uow, sale.ref):
            return await _nothing_to_take(uow, sale, order)
        if not await asked.claim_orders(uow, [order.ref]):
            return 0
        returned = await asked.add_returned(uow, sale.ref, -order.amount_minor)
        return await _take_of_sale(uow, sale, order, returned)
    programme = await programme_at(uow, order.ordered_at)
    if programme is None or _before(order, programme) or not await asked.claim_orders(uow, [order.ref]):
        return 0
    return await _take_of_person(uow, order)


def _before(order: OrderFacts, programme: Programme) -> bool:
    since = programme.spec.since
    return since is not None and days.company_day(order.ordered_at, programme.zone) < since


async def _nothing_to_take(uow: UnitOfWork, sale: OrderFacts, order: OrderFacts) -> int:
    """Of a sale that never earned here nothing comes back; one that waits for the sweep lets its return wait too."""
    programme = await programme_at(uow, sale.ordered_at)
    if sale.state is OrderState.CANCELLED or programme is None or _before(sale, programme):
        await asked.claim_orders(uow, [order.ref])
    return 0


async def _take_cancelled(uow: UnitOfWork, order: OrderFacts) -> int:
    await asked.claim_orders(uow, [order.ref])  # a sweep that saw it paid a moment ago gives nothing for it any more
    if await ledger.entry_under(uow, f"{TAKEN_BACK}:{order.ref}") is not None:
        return 0
    people = {lot.person for lot, _ in await store.of_order(uow, order.ref)}
    hands = await hold(uow, await keeping(uow), people)
    given = await store.of_order(uow, order.ref)
    due = [(lot, lot.amount - lot.returned) for lot, _ in given]
    points = await _take(uow, order, "cancelled", due, hands)
    if points == sum(part for _, part in due):  # what the company bore was given, and once is enough
        await asked.forget_once(uow, [(rule, lot.person, order.person) for lot, rule in given if rule is not None])
    return points


async def _take_of_sale(uow: UnitOfWork, sale: OrderFacts, order: OrderFacts, returned: int) -> int:
    """Args: returned: the value of all that was returned of the sale so far."""
    people = {lot.person for lot, _ in await store.of_order(uow, sale.ref)}
    hands = await hold(uow, await keeping(uow), people)
    whole = returned >= sale.amount_minor
    due = [
        (
            lot,
            rules.own_due(lot.amount, lot.returned, -order.points, whole=whole)
            if rule is None
            else rules.share_due(lot.amount, lot.returned, returned, sale.amount_minor),
        )
        for lot, rule in await store.of_order(uow, sale.ref)
    ]
    return await _take(uow, order, "returned", due, hands)


async def _take_of_person(uow: UnitOfWork, order: OrderFacts) -> int:
    """A return that names no sale of ours takes its own points from her latest orders."""
    hands = await hold(uow, await keeping(uow), [order.person])
    left, due = -order.points, []
    for lot in await store.earned_lots(uow, order.person, LOTS_LOOKED_AT):
        part = min(left, rules.takeable(lot))
        if part > 0:
            due.append((lot, part))
            left -= part
    return await _take(uow, order, "returned", due, hands)


async def _take(uow: UnitOfWork, order: OrderFacts, reason: str, due: Sequence[tuple[Lot, int]], hands: Hands) -> int:
    """Post what is due of these lots in one entry, and bring the lots to it."""
    programme = await keeping(uow)
    taken = Taken()
    for lot, points in due:
        hands[lot.person] = _taken_from(taken, programme, lot, min(points, rules.takeable(lot)), hands[lot.person])
    told = f"{reason}, {taken.borne} borne by the company" if taken.borne else reason
    if taken.points:
        lines = [*taken.lines, line(company(Purpose.POINTS_ISSUED), taken.points)]
        kind = "return" if order.kind is OrderKind.RETURN else "order"
        document = (kind, order.order_id)
        posted = await ledger.post(uow, posting(TAKEN_BACK, f"{TAKEN_BACK}:{order.ref}", told, document, lines))
        assert posted.is_new, "whoever cancels holds the order, and a return is claimed"
        await store.use(uow, posted.entry, lot_rules.merged(taken.uses))
        await moved(uow, {lot.person for lot, _ in due})
    for number, points in taken.returned:
        await store.take_back(uow, number, points)
    return taken.points


def _taken_from(
    taken: Taken, programme: Programme, lot: Lot, points: int, hand: lot_rules.Settled
) -> lot_rules.Settled:
    """Add what one lot gives back to what is taken; gives what its holder has then."""
    if points <= 0:
        return hand
    own = next((one for one in hand.lots if one.id == lot.id), None)
    part = rules.taking(points, own, hand, may_owe=programme.spec.may_go_negative)
    from_available = part.available + part.debt
    taken.lines += [
        line(pending(lot.person), -part.pending),
        line(available(lot.person), -from_available, may_owe=True),
    ]
    taken.uses += part.uses
    taken.returned.append((lot.id, points))
    taken.points += part.points
    taken.borne += points - part.points
    return lot_rules.after(hand, part.uses, available=-from_available, pending=-part.pending)
