"""What the company says about tickets now."""

from core.db.unit_of_work import UnitOfWork
from core.plan import service as plans
from core.plan.model import PlanMissing, TicketsSpec
from core.tickets.rules.machine import Machine

UNSAID = TicketsSpec()


async def terms(uow: UnitOfWork) -> TicketsSpec:
    """The section of the plan in force; what stands by itself where no plan was ever put in force."""
    try:
        return (await plans.plan_in_force(uow, uow.now)).tickets
    except PlanMissing:
        return UNSAID


async def states(uow: UnitOfWork) -> tuple[str, ...]:
    """Codes of all states that a ticket can be in, ours first."""
    return Machine.of(await terms(uow)).known()
