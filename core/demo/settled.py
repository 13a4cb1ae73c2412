"""The demo company's closed cycles, settled as a company settles: previewed, validated, approved by two, released."""

from collections.abc import Callable, Sequence

from core.access import service as access
from core.access.model import Permission, Role
from core.closing.job import close_cycle
from core.db.database import Database
from core.runs.model import NewRun, RunState, Work
from core.runs.service import states
from core.runs.working import work

STAFF = ("marta", "jonas", "ines")
"""The first starts the runs, the other two approve; nobody knows their tokens, `staff add` makes others."""


async def settle(database: Database, cycles: Sequence[str], tell: Callable[[str], None]) -> list[int]:
    """Release a run of each cycle, the first one first.

    A cycle whose run something blocks is closed without one, and so are those after it.

    Returns:
        The released runs.
    """
    starter, *approvers = await _staff(database)
    released: list[int] = []
    for place, cycle in enumerate(cycles):
        tell(f"settling {cycle}")
        run = await _released(database, cycle, starter, approvers)
        if run is None:
            tell(f"the run of {cycle} is blocked: see `python -m core run findings`")
            for code in cycles[place:]:
                await close_cycle(database, code, actor="demo")
            break
        released.append(run)
    return released


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
