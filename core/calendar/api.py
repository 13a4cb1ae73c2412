"""Cycles, for staff."""

from core.access.model import Permission
from core.calendar import service
from core.calendar.model import Cycles
from core.db.unit_of_work import Questions
from core.http.routes import Routes
from core.plan import service as plans

routes = Routes()


@routes.get("/v1/cycles", needs=Permission.SEE_PLAN)
async def cycles(uow: Questions) -> Cycles:
    """Which cycle is open, which are due to be closed, and which are closed.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    return await service.cycles(uow, await plans.plan_in_force(uow, uow.now))
