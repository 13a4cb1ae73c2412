"""Orders that came without anybody asking what they earn: imports, and orders of before a restart."""

from collections.abc import Sequence
from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.ledger import service as ledger
from core.live.state import State
from core.orders.model import OrderKind
from core.plan import service as plans
from core.plan.model import PlanMissing
from core.points.rules import days
from core.points.service.earning import accounts_of, earn_all, receivers_of_orders
from core.points.service.programme import programme_at
from core.points.service.returning import sales_of, take_returns
from core.points.store import facts, lots
from core.points.store.facts import OrderFacts


async def begin(uow: UnitOfWork) -> tuple[bool, datetime | None]:
    """Whether there ever was a programme, and from when on orders count; None is from the beginning of time."""
    try:
        versions = sorted((await plans.card(uow)).versions, key=lambda one: one.valid_from)
    except PlanMissing:
        return False, None
    for place, version in enumerate(versions):
        found = await programme_at(uow, version.valid_from)
        if found is not None:
            since = [] if found.spec.since is None else [days.day_start(found.spec.since, found.zone)]
            return True, max([*since, *([version.valid_from] if place else [])], default=None)
    return False, None


async def has_plan(uow: UnitOfWork) -> bool:
    """Whether a plan says by which days lots are kept."""
    try:
        await plans.plan_in_force(uow, uow.now)
    except PlanMissing:
        return False
    return True


async def newest_event(uow: UnitOfWork) -> int:
    """The number of the last thing that happened, by which one tells whether anything has."""
    return await facts.newest_event(uow)


async def waiting(uow: UnitOfWork, since: datetime | None, after: int, limit: int) -> list[OrderFacts]:
    """Paid orders and returns that were not asked yet, those above a row number."""
    return await facts.unasked(uow, since, after, limit)


async def ask(uow: UnitOfWork, orders: list[OrderFacts], state: State | None) -> int:
    """Ask orders what they earn and returns what they take back, a sale before its return.

    Args:
        state: the live figures, which count these orders.

    Returns:
        How many points moved.
    """
    sales = [order for order in orders if order.kind is OrderKind.SALE]
    returns = [order for order in orders if order.kind is OrderKind.RETURN]
    named = await sales_of(uow, returns)
    await _hold(uow, orders, [*sales, *named.values()])
    return await earn_all(uow, sales, state) + await take_returns(uow, returns, named, state)


async def _hold(uow: UnitOfWork, orders: Sequence[OrderFacts], sales: Sequence[OrderFacts]) -> None:
    """Hold every account that may be touched, before anything else is: a checkout holds accounts first, too."""
    earned = await lots.of_orders(uow, {sale.ref for sale in sales})
    holders = {lot.person for some in earned.values() for lot, _ in some}
    people = {order.person for order in orders} | holders | await receivers_of_orders(uow, sales)
    await ledger.lock(uow, accounts_of(people))
