"""The demo company's closed cycles, settled as a company settles: checked, approved by two, released, and paid.

Each is settled by the clock of its time, four days after the cycle has ended.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from core.access import service as access
from core.access.model import Permission, Role
from core.calendar.model import Cycle
from core.closing.job import close_cycle
from core.db.database import Database
from core.demo.paid import Story, at, pay, send, treasury
from core.runs.model import NewRun, RunState, Work
from core.runs.service import states
from core.runs.working import work

SETTLED_AFTER = timedelta(days=4)
STAFF = ("Marta", "Jonas", "Ines")
"""The first starts the runs, the other two approve; nobody knows their tokens, `staff add` makes others."""


async def settle(
    database: Database,
    cycles: Sequence[Cycle],
    today: datetime,
    heroines: Collection[str],
    tell: Callable[[str], None],
) -> Story:
    """Release and pay a run of each cycle, the first one first; the payments of the last one are on their way.

    A cycle whose run something blocks is closed without one, and so are those after it.

    Args:
        today: when the company's last day is in its middle.

    Returns:
        Whose payments are worth a look.
    """
    starter, *approvers = await _staff(database)
    payers, story = await treasury(database), Story()
    for place, cycle in enumerate(cycles):
        tell(f"settling {cycle.code}")
        with at(database, min(cycle.period.end + SETTLED_AFTER, today)):
            run = await _released(database, cycle.code, starter, approvers)
        if run is None:
            tell(f"the run of {cycle.code} is blocked: see `python -m core run findings`")
            for one in cycles[place:]:
                await close_cycle(database, one.code, actor="demo")
            break
        if cycle is not cycles[-1]:
            await pay(database, payers, run, cycle.period.end, heroines, story)
        else:
            await send(database, payers, run, today, story)
    return story


async def _staff(database: Database) -> list[str]:
    async with database.begin(actor="demo") as uow:
        for name in STAFF:
            await access.add_staff(uow, name, Role.COMMISSIONS)
        actors = [await access.acting(uow, name, Permission.APPROVE_SETTLEMENT) for name in STAFF]
        await uow.commit()
    return actors


async def _released(database: Database, cycle: str, starter: str, approvers: Sequence[str]) -> int | None:
    async with database.begin(actor=starter) as uow:
        run = await states.start(uow, NewRun(cycle=cycle))
        await uow.commit()
    await work(database, run, Work.PREVIEW, actor=starter, tell=_quietly)
    if await work(database, run, Work.VALIDATE, actor=starter, tell=_quietly) is not RunState.VALIDATED:
        return None
    for approver in approvers:
        async with database.begin(actor=approver) as uow:
            await states.approve(uow, run)
            await uow.commit()
    await work(database, run, Work.RELEASE, actor=starter, tell=_quietly)
    return run


def _quietly(_line: str) -> None:
    """What each part is at is of no interest here."""
