"""A person's ranks in closed cycles."""

from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions
from core.http.routes import Routes
from core.plan import service as plans
from core.ranks import service
from core.ranks.model import RankPeriod

routes = Routes()


@routes.get("/v1/me/ranks", needs=Permission.SEE_OWN_FIGURES)
async def my_ranks(caller: Caller, uow: Questions) -> list[RankPeriod]:
    """The caller's paid and career ranks in closed cycles, the latest first.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    plan = await plans.plan_in_force(uow, uow.now)
    return await service.history(uow, plan, caller.me)
