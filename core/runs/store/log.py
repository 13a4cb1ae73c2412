"""What the log of events says of runs."""

from collections.abc import Mapping, Sequence

from sqlalchemy import RowMapping, select
from sqlmodel import SQLModel

from core.db.tables import EventRow
from core.db.unit_of_work import UnitOfWork
from core.runs.model import RunChanged, RunReleased, RunState

EVENTS = SQLModel.metadata.tables[str(EventRow.__tablename__)]
OF_NOBODY = EVENTS.c.person_id.is_(None)
"""Events of runs are about no person, and there is an index by person: of millions of events few are looked at."""
OF_APPROVALS = (RunState.VALIDATED.value, RunState.APPROVED.value)


async def releases(uow: UnitOfWork) -> Sequence[RowMapping]:
    """Every release that was told: its facts, its time and its actor, the first one first."""
    asked = select(EVENTS.c.facts, EVENTS.c.at, EVENTS.c.actor).where(OF_NOBODY, EVENTS.c.kind == RunReleased.kind)
    return (await uow.connection.execute(asked.order_by(EVENTS.c.id))).mappings().all()


async def approvers(uow: UnitOfWork) -> Mapping[tuple[int, int], set[str]]:
    """Who approved what an attempt found, by run and attempt. A validation tells of an attempt of its own."""
    asked = select(EVENTS.c.facts, EVENTS.c.actor).where(OF_NOBODY, EVENTS.c.kind == RunChanged.kind)
    found: dict[tuple[int, int], set[str]] = {}
    for facts, actor in await uow.connection.execute(asked):
        if facts.get("state") in OF_APPROVALS:
            found.setdefault((facts["run"], facts["attempt"]), set()).add(actor)
    return found
