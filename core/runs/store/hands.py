"""What staff entered by hand: notes, corrections of volume, holds, approvals; and what was found."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import RowMapping, Table, delete, func, insert, literal, null, select, update
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId
from core.runs.model import Approval, Finding, Hold, Work
from core.runs.tables import HoldRow, NoteRow, RunApprovalRow, RunFindingRow, VolumeNoteRow

NOTES = SQLModel.metadata.tables[str(NoteRow.__tablename__)]
VOLUMES = SQLModel.metadata.tables[str(VolumeNoteRow.__tablename__)]
HOLDS = SQLModel.metadata.tables[str(HoldRow.__tablename__)]
APPROVALS = SQLModel.metadata.tables[str(RunApprovalRow.__tablename__)]
FINDINGS = SQLModel.metadata.tables[str(RunFindingRow.__tablename__)]
BY_HAND = (NOTES, VOLUMES)
PEOPLE_AT_ONCE = 5_000


async def add(uow: UnitOfWork, table: Table, values: dict[str, Any]) -> int:
    """Write a note or a correction of volume."""
    entered = {"entered_by": uow.actor, "entered_at": uow.now}
    added = await uow.connection.execute(insert(table).values(**values, **entered).returning(table.c.id))
    return int(added.scalar_one())


async def row(uow: UnitOfWork, table: Table, number: int) -> RowMapping | None:
    """One of them."""
    return (await uow.connection.execute(select(table).where(table.c.id == number))).mappings().first()


async def withdraw(uow: UnitOfWork, table: Table, number: int) -> bool:
    """Let one count no more; False when it was withdrawn before."""
    condition = (table.c.id == number) & table.c.withdrawn_at.is_(None)
    values = {"withdrawn_by": uow.actor, "withdrawn_at": uow.now}
    return (await uow.connection.execute(update(table).where(condition).values(**values))).rowcount == 1


async def counting(uow: UnitOfWork, table: Table, calendar: str, cycle: str) -> Sequence[RowMapping]:
    """Those of a cycle that count, in the order in which they were entered."""
    asked = select(table).where(table.c.calendar == calendar, table.c.cycle == cycle, table.c.withdrawn_at.is_(None))
    return (await uow.connection.execute(asked.order_by(table.c.id))).mappings().all()


async def of_cycle(uow: UnitOfWork, table: Table, calendar: str, cycle: str) -> Sequence[RowMapping]:
    """All of a cycle, withdrawn ones too."""
    asked = select(table).where(table.c.calendar == calendar, table.c.cycle == cycle).order_by(table.c.id)
    return (await uow.connection.execute(asked)).mappings().all()


async def entries(uow: UnitOfWork, calendar: str, cycle: str) -> list[str]:
    """What counts in a cycle, as `settlement_note 12`: what a preview knows, and an approval must find the same."""
    found: list[str] = []
    for table in BY_HAND:
        found += [f"{table.name} {one['id']}" for one in await counting(uow, table, calendar, cycle)]
    return found


async def entered_by(uow: UnitOfWork, calendar: str, cycle: str, actor: str) -> bool:
    """Whether somebody entered anything that counts in a cycle, or withdrew what somebody else had entered."""
    for table in BY_HAND:
        entered = (table.c.entered_by == actor) & table.c.withdrawn_at.is_(None)
        mine = entered | ((table.c.withdrawn_by == actor) & (table.c.entered_by != actor))
        asked = select(table.c.id).where(table.c.calendar == calendar, table.c.cycle == cycle, mine).limit(1)
        if (await uow.connection.execute(asked)).first() is not None:
            return True
    return False


async def hold(uow: UnitOfWork, person: PersonId, reason: str) -> int | None:
    """Hold a payee; None when she is held already."""
    values = {"person_id": person, "reason": reason, "since": uow.now, "held_by": uow.actor}
    added = await uow.connection.execute(insert_new(uow, HOLDS).values(**values).returning(HOLDS.c.id))
    number: int | None = added.scalar_one_or_none()
    return number


async def lift(uow: UnitOfWork, person: PersonId) -> int | None:
    """Hold a payee no more; None when she was not held."""
    condition = (HOLDS.c.person_id == person) & HOLDS.c.lifted_at.is_(None)
    values = {"lifted_at": uow.now, "lifted_by": uow.actor}
    lifted = await uow.connection.execute(update(HOLDS).where(condition).values(**values).returning(HOLDS.c.id))
    number: int | None = lifted.scalar_one_or_none()
    return number


async def holds(uow: UnitOfWork, persons: Collection[PersonId] | None = None) -> dict[PersonId, Hold]:
    """Who is held, of everybody or of some."""
    asked = select(HOLDS).where(HOLDS.c.lifted_at.is_(None)).order_by(HOLDS.c.id)
    some = None if persons is None else sorted(set(persons))
    pages = [None] if some is None else [some[at : at + PEOPLE_AT_ONCE] for at in range(0, len(some), PEOPLE_AT_ONCE)]
    found: dict[PersonId, Hold] = {}
    for page in pages:
        rows = await uow.connection.execute(asked if page is None else asked.where(HOLDS.c.person_id.in_(page)))
        for one in rows.mappings():
            person = PersonId(one["person_id"])
            found[person] = Hold(person, one["reason"], one["since"], one["held_by"])
    return found


async def approve(uow: UnitOfWork, run: int, attempt: int) -> None:
    """Note an approval; a second one of the same person changes nothing."""
    values = {"run": run, "attempt": attempt, "approved_by": uow.actor, "approved_at": uow.now}
    await uow.connection.execute(insert_new(uow, APPROVALS).values(**values))


async def approvals(uow: UnitOfWork, run: int, attempt: int | None) -> list[Approval]:
    """Who approved what an attempt found, in the order of time."""
    asked = select(APPROVALS.c.approved_by, APPROVALS.c.approved_at).where(
        APPROVALS.c.run == run, APPROVALS.c.attempt == attempt
    )
    found = await uow.connection.execute(asked.order_by(APPROVALS.c.approved_at, APPROVALS.c.approved_by))
    return [Approval(by=row[0], at=row[1]) for row in found]


async def replace_findings(uow: UnitOfWork, run: int, attempt: int, work: Work, found: Sequence[Finding]) -> None:
    """Write what a work found, in place of what it found before."""
    mine = (FINDINGS.c.run == run) & (FINDINGS.c.attempt == attempt) & (FINDINGS.c.work == work.value)
    await uow.connection.execute(delete(FINDINGS).where(mine))
    rows = [
        {"run": run, "attempt": attempt, "work": work.value, "position": position, **one.model_dump()}
        for position, one in enumerate(found)
    ]
    if rows:
        await uow.connection.execute(insert(FINDINGS), rows)


async def findings(uow: UnitOfWork, run: int, attempt: int | None, work: Work | None = None) -> list[Finding]:
    """What was found about an attempt's preview, by one work or all: first when it was made, then at validation."""
    asked = select(FINDINGS.c.code, FINDINGS.c.severity, FINDINGS.c.facts).where(
        FINDINGS.c.run == run, FINDINGS.c.attempt == (null() if attempt is None else literal(attempt))
    )
    asked = asked if work is None else asked.where(FINDINGS.c.work == work.value)
    found = await uow.connection.execute(asked.order_by(FINDINGS.c.work, FINDINGS.c.position))
    return [Finding(code=row[0], severity=row[1], facts=row[2]) for row in found]


async def counts(uow: UnitOfWork, run: int, attempt: int | None) -> dict[str, int]:
    """How many findings there are of each severity."""
    asked = select(FINDINGS.c.severity, func.count()).where(FINDINGS.c.run == run, FINDINGS.c.attempt == attempt)
    return {row[0]: row[1] for row in await uow.connection.execute(asked.group_by(FINDINGS.c.severity))}
