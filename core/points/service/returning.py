"""Taking back what an order earned: when it is returned, in whole or in part, or cancelled."""

from collections.abc import Mapping, Sequence

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.live.state import State
from core.orders.model import OrderKind, OrderState
from core.points.rules import days
from core.points.rules import returns as rules
from core.points.rules.lots import Lot
from core.points.service.earning import earn_all, programmes_of
from core.points.service.holding import hold
from core.points.service.programme import TAKEN_BACK, Programme, keeping
from core.points.service.taking_back import Basket
from core.points.store import asked, facts
from core.points.store import lots as store
from core.points.store.facts import OrderFacts

LOTS_LOOKED_AT = 500
"""Of a return without a sale: as many of her latest orders can pay for it."""

Sales = Mapping[int, OrderFacts]
"""Of returns by row number: the sale of hers that each names."""


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
        return await take_returns(uow, [order], await sales_of(uow, [order]), state)
    return await _take_cancelled(uow, order) if order.state is OrderState.CANCELLED else 0


async def sales_of(uow: UnitOfWork, returns: Sequence[OrderFacts]) -> Sales:
    """The sales that returns name; those are left out that name none, or somebody else's."""
    named = await facts.orders(uow, {one.returns_order_id for one in returns if one.returns_order_id})
    found = {}
    for one in returns:
        sale = named.get(one.returns_order_id or "")
        if sale is not None and sale.kind is OrderKind.SALE and sale.person == one.person:
            found[one.ref] = sale
    return found


async def take_returns(uow: UnitOfWork, returns: Sequence[OrderFacts], sales: Sales, state: State | None) -> int:
    """Take back what returns undo, each once; one that names no sale of hers takes of her latest orders.

    Args:
        sales: as `sales_of` gives them.
    """
    returns = [one for one in returns if one.counts]
    named = {sale.ref: sale for one in returns if (sale := sales.get(one.ref))}
    await earn_all(uow, list(named.values()), state)
    returned = await asked.returned_of(uow, named)
    over = await _over(uow, returns, sales, returned)
    due = [one for one in returns if one.ref in over or _sale_ref(one, sales) in returned]
    due += await _of_nobodys_sale(uow, [one for one in returns if one.ref not in sales])
    claimed = await asked.claim_orders(uow, [one.ref for one in due])
    return await _take(uow, [one for one in due if one.ref in claimed - over], sales, returned)


def _sale_ref(order: OrderFacts, sales: Sales) -> int | None:
    return sales[order.ref].ref if order.ref in sales else None


async def _over(
    uow: UnitOfWork, returns: Sequence[OrderFacts], sales: Sales, asked_sales: Mapping[int, int]
) -> set[int]:
    """Returns of sales that never earned here, for which nothing comes back; others wait with their sale."""
    waiting = {one.ref: sales[one.ref] for one in returns if one.ref in sales and sales[one.ref].ref not in asked_sales}
    programmes = {sale.ref: one for sale, one in await programmes_of(uow, list(waiting.values()))}
    return {
        number
        for number, sale in waiting.items()
        if sale.state is OrderState.CANCELLED or sale.ref not in programmes or _before(sale, programmes[sale.ref])
    }


async def _of_nobodys_sale(uow: UnitOfWork, returns: Sequence[OrderFacts]) -> list[OrderFacts]:
    """Those of the returns without a sale that fall into the time of a programme."""
    return [one for one, programme in await programmes_of(uow, returns) if not _before(one, programme)]


def _before(order: OrderFacts, programme: Programme) -> bool:
    since = programme.spec.since
    return since is not None and days.company_day(order.ordered_at, programme.zone) < since


async def _take_cancelled(uow: UnitOfWork, order: OrderFacts) -> int:
    await asked.claim_orders(uow, [order.ref])  # a sweep that saw it paid a moment ago gives nothing for it any more
    if await ledger.entry_under(uow, f"{TAKEN_BACK}:{order.ref}") is not None:
        return 0
    people = {lot.person for lot, _ in await store.of_order(uow, order.ref)}
    programme = await keeping(uow)
    basket = Basket(programme, await hold(uow, programme, people))
    given = await store.of_order(uow, order.ref)
    due = [(lot, lot.amount - lot.returned) for lot, _ in given]
    points = basket.take(order, "cancelled", due)
    await basket.write(uow)
    if points == sum(part for _, part in due):  # what the company bore was given, and once is enough
        await asked.forget_once(uow, [(rule, lot.person, order.person) for lot, rule in given if rule is not None])
    return points


async def _take(uow: UnitOfWork, returns: Sequence[OrderFacts], sales: Sales, returned: Mapping[int, int]) -> int:
    """Args: returned: the value of what came back of each sale before."""
    if not returns:
        return 0
    refs = {sales[one.ref].ref for one in returns if one.ref in sales}
    programme = await keeping(uow)
    people = {lot.person for lots in (await store.of_orders(uow, refs)).values() for lot, _ in lots}
    basket = Basket(programme, await hold(uow, programme, people | {one.person for one in returns}))
    earned = await store.of_orders(uow, refs)
    latest = await _latest(uow, {one.person for one in returns if one.ref not in sales})
    sums = {ref: returned[ref] for ref in refs}
    for one in returns:
        sale = sales.get(one.ref)
        if sale is None:
            basket.take(one, "returned", _of_person(basket, -one.points, latest[one.person]))
        else:
            sums[sale.ref] -= one.amount_minor
            basket.take(one, "returned", _of_sale(basket, one, sale, sums[sale.ref], earned[sale.ref]))
    await asked.set_returned(uow, sums)
    await basket.write(uow)
    return basket.points


async def _latest(uow: UnitOfWork, people: set[PersonId]) -> dict[PersonId, list[Lot]]:
    return {person: await store.earned_lots(uow, person, LOTS_LOOKED_AT) for person in sorted(people)}


def _of_sale(
    basket: Basket, order: OrderFacts, sale: OrderFacts, returned: int, earned: Sequence[tuple[Lot, str | None]]
) -> list[tuple[Lot, int]]:
    """What a return takes of each lot of its sale.

    Args:
        returned: the value of all that was returned of the sale so far.
    """
    whole = returned >= sale.amount_minor
    return [
        (
            lot,
            rules.own_due(lot.amount, basket.now(lot).returned, -order.points, whole=whole)
            if rule is None
            else rules.share_due(lot.amount, basket.now(lot).returned, returned, sale.amount_minor),
        )
        for lot, rule in earned
    ]


def _of_person(basket: Basket, points: int, lots: Sequence[Lot]) -> list[tuple[Lot, int]]:
    """A return that names no sale of ours takes its own points from her latest orders."""
    due = []
    for lot in lots:
        part = min(points, rules.takeable(basket.now(lot)))
        if part > 0:
            due.append((lot, part))
            points -= part
    return due
