"""Counting: open tickets in groups, what was done lately, and for which a rule's moment has come.

What is done is never walked through whole.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.tickets.model import DUE_PHASES, Age, Load
from core.tickets.rules.numbers import Group, opened_after
from core.tickets.store.rows import TICKETS, Row
from core.tickets.tables import OPEN

WAITING = sorted(phase.value for phase in DUE_PHASES)


async def open_groups(uow: UnitOfWork, person: PersonId | None = None) -> list[Group]:
    """Every open ticket, or a person's, counted with those that are alike."""
    opened = opened_after(uow.now)
    age = case(*((TICKETS.c.opened_at > at, kind.value) for kind, at in opened.items() if at), else_=Age.OLDER.value)
    keys = (TICKETS.c.queue, TICKETS.c.type, TICKETS.c.assignee, age.label("age"))
    counts = (
        func.count().label("open"),
        func.sum(case((TICKETS.c.phase.in_(WAITING), 1), else_=0)).label("waiting"),
        func.sum(case((TICKETS.c.due_order < microseconds(uow.now), 1), else_=0)).label("late"),
    )
    asked = select(*keys, *counts).where(OPEN).group_by(*keys)
    if person is not None:
        asked = asked.where(TICKETS.c.person_id == person)
    return [
        Group(row.queue, row.type, row.assignee, Age(row.age), Load(open=row.open, waiting=row.waiting, late=row.late))
        for row in await uow.connection.execute(asked)
    ]


async def first_answers(uow: UnitOfWork, since: datetime, person: PersonId | None) -> list[Row]:
    """How long the first answer took of tickets opened since a moment, and whether it came late."""
    late = TICKETS.c.first_answered_at > TICKETS.c.breached_at
    asked = select(TICKETS.c.first_answer_took_us.label("took"), late.label("late")).where(
        TICKETS.c.opened_at >= since, TICKETS.c.first_answer_took_us.is_not(None)
    )
    return list((await uow.connection.execute(_of(asked, person))).mappings())


async def solutions(uow: UnitOfWork, since: datetime, person: PersonId | None) -> list[Row]:
    """How long it took of tickets solved since a moment, who had them, whether a target was missed, and the stars."""
    late = TICKETS.c.breached_at.is_not(None).label("late")
    asked = select(TICKETS.c.solution_took_us.label("took"), TICKETS.c.assignee, late, TICKETS.c.rating).where(
        TICKETS.c.solved_at >= since, TICKETS.c.solution_took_us.is_not(None)
    )
    return list((await uow.connection.execute(_of(asked, person))).mappings())


def _of(asked: Select[Any], person: PersonId | None) -> Select[Any]:
    return asked if person is None else asked.where(TICKETS.c.person_id == person)


async def is_escalation_due(uow: UnitOfWork) -> bool:
    """Whether a rule's moment has come for any ticket."""
    asked = select(TICKETS.c.number).where(TICKETS.c.escalates_at <= uow.now).limit(1)
    return (await uow.connection.execute(asked)).first() is not None


async def escalating(uow: UnitOfWork, limit: int) -> list[int]:
    """Tickets for which a rule's moment has come, the earliest first; those that another holds are left out."""
    asked = (
        select(TICKETS.c.number)
        .where(TICKETS.c.escalates_at <= uow.now)
        .order_by(TICKETS.c.escalates_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list((await uow.connection.execute(asked)).scalars())
