"""Closing cycles, for staff."""

from core.access.model import Caller, Permission
from core.closing.job import close_cycle
from core.closing.model import Closed
from core.db.database import Database
from core.http.routes import Routes
from core.kernel.logs import REQUEST_ID

routes = Routes()


@routes.post("/v1/cycles/{code}/close", needs=Permission.CLOSE_CYCLE)
async def close(caller: Caller, database: Database, code: str) -> Closed:
    """Fix paid ranks and titles of a cycle that has ended. A closed one stays as it is.

    Raises:
        PlanMissing: no plan was ever put in force.
        CycleUnknown: the main calendar has no such cycle; the answer shows how its codes look.
        CycleRunning: it has not ended.
        CycleOutOfTurn: the one before it is not closed.
        CycleBeforeFirst: closing began with a later one.
    """
    return await close_cycle(database, code, actor=caller.actor, request_id=REQUEST_ID.get())
