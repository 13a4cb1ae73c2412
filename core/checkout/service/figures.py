"""The live figures, where a rule of the points programme asks for them."""

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import DomainError
from core.live.service import Live
from core.live.state import State
from core.plan import service as plans
from core.plan.model import PlanMissing
from core.plan.model.points import Occasion, PointsSpec
from core.points.service.cases import needs_state


async def programme_now(uow: UnitOfWork) -> PointsSpec | None:
    """The points programme in force; None where there is none, or no plan at all."""
    try:
        return (await plans.plan_in_force(uow, uow.now)).points
    except PlanMissing:
        return None


async def figures(spec: PointsSpec | None, live: Live | None) -> State | None:
    """Everybody's rank and activity, for rules about orders that ask for them.

    Returns:
        None where no rule asks, where the figures cannot be told, and where what an order adds to them depends on its
        lines or on her other orders: an order is taken all the same, and what it earns by such rules is given later.
    """
    if live is None or spec is None or not _asks(spec):
        return None
    try:
        found = await live.fresh()
    except DomainError:
        return None
    return None if found.looked_up else found


def _asks(spec: PointsSpec) -> bool:
    return any(needs_state(rule.when.names | rule.points.names) for rule in spec.rules if rule.on is Occasion.ORDER)
