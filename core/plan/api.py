"""The plan in force, for staff, and its words, for the chat."""

from core.access.model import Permission
from core.db.unit_of_work import Questions
from core.http.routes import Routes
from core.plan import service
from core.plan.model import PlanCard, PlanWords

routes = Routes()


@routes.get("/v1/plan", needs=Permission.SEE_PLAN, etag=True)
async def plan(uow: Questions) -> PlanCard:
    """The text of the plan in force, and all versions.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    return await service.card(uow)


@routes.get("/v1/plan/words", needs=Permission.PROCESS_MESSAGES, etag=True)
async def plan_words(uow: Questions) -> PlanWords:
    """Names of ranks and KPIs of the plan in force, as the bot needs them to understand people.

    Raises:
        PlanMissing: no plan was ever put in force.
    """
    return await service.words(uow)
