"""The flush as the service does it by itself: one short transaction a tree, safe to repeat, and to stop anywhere."""

from collections.abc import Callable

from core.db.database import Database
from core.placement.model import TreeKind
from core.placement.service import flush
from core.plan.model import PlanMissing

ACTOR = "flush"


async def flush_all(database: Database, is_over: Callable[[], bool] = lambda: False) -> int:
    """Place whoever is due in every tree of the plan in force.

    Returns:
        How many got a place.
    """
    done = 0
    for tree in TreeKind:
        if is_over():
            break
        async with database.begin(actor=ACTOR) as uow:
            try:
                done += await flush(uow, tree)
            except PlanMissing:
                return done
            await uow.commit()
    return done
