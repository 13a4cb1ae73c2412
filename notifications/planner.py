"""Planning, on a schedule: any number of workers ask, and core decides by the company's time what is due."""

from contextlib import suppress
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from core.client import CoreClient
from core.kernel.errors import CoreAway, Refused
from core.kernel.logs import logger
from core.outreach.model import PlanWish

EVERY_S = 15
"""Of real time: a slot begins at most so late."""
INCIDENTS_EVERY_S = 5


def planner(core: CoreClient, holder: str) -> AsyncIOScheduler:
    """The schedule, not started; a job that takes longer than its pause is not begun a second time."""
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    at_once = datetime.now(UTC)
    scheduler.add_job(
        plan, "interval", args=[core, holder], seconds=EVERY_S, next_run_time=at_once, misfire_grace_time=None
    )
    scheduler.add_job(
        incidents, "interval", args=[core], seconds=INCIDENTS_EVERY_S, next_run_time=at_once, misfire_grace_time=None
    )
    scheduler.add_job(tidy, "interval", args=[core], hours=1, misfire_grace_time=None)
    return scheduler


async def plan(core: CoreClient, holder: str) -> None:
    """Have core find who is due by now, and write their messages into the outbox."""
    try:
        await core.plan_outreach(PlanWish(holder=holder))
    except CoreAway:
        return  # the next time comes soon, and core catches up
    except Refused as refusal:
        logger().warning("planning_refused", code=refusal.code)


async def incidents(core: CoreClient) -> None:
    """Have core gather whom incidents concern, and put their news into the outbox; any number of workers may ask."""
    with suppress(CoreAway, Refused):
        await core.work_incidents()


async def tidy(core: CoreClient) -> None:
    """Have core forget what is long done; any number of workers may ask."""
    with suppress(CoreAway, Refused):
        await core.tidy_inbox()
        await core.tidy_links()
