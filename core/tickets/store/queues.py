"""Reading queues: one page by an index, and open tickets in groups. What is done is never walked through whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, Tuple, and_, case, func, literal, or_, select, tuple_

from core.db.types import EPOCH, MICROSECOND, microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.plan.model import Phase
from core.tickets.model import DUE_PHASES, OPEN_PHASES, Age, Load, Order
from core.tickets.rules.numbers import Group, opened_after
from core.tickets.store.rows import TICKETS, Row
from core.tickets.tables import OPEN

COLUMNS = tuple(
    TICKETS.c[name]
    for name in (
        *("number", "person_id", "type", "subject", "state", "phase", "priority", "queue", "language", "assignee"),
        *("opened_at", "waiting_since", "due_at", "due_order", "breached_at", "last_by", "last_at", "rating"),
    )
)
"""Of a card; the stopwatch and the rest stay where they are."""
NOBODY = ""
WAITING = sorted(phase.value for phase in DUE_PHASES)


@dataclass(frozen=True, slots=True)
class Listing:
    """Which tickets, and what comes first; what is None does not matter."""

    order: Order = Order.DUE
    queue: str | None = None
    type: str | None = None
    phase: Phase | None = None
    """None is every open one."""
    assignee: str | None = None
    """An empty text is what nobody has taken."""
    person: PersonId | None = None
    language: str | None = None
    breached: bool | None = None
    """Whether a target was missed, noted already or not."""

    @property
    def is_of_open(self) -> bool:
        """Whether it lists what is not done yet."""
        return self.phase is None or self.phase in OPEN_PHASES


async def page(uow: UnitOfWork, listing: Listing, after: tuple[int, int] | None, limit: int) -> list[Row]:
    """Tickets of a listing; those that are done by number, the latest first.

    Args:
        after: the place of the last one on the page before, as `place` gives it.
    """
    asked = select(*COLUMNS).where(*_conditions(listing, uow.now))
    if not listing.is_of_open:
        asked = asked.order_by(TICKETS.c.number.desc())
        asked = asked if after is None else asked.where(TICKETS.c.number < after[1])
    else:
        by = (TICKETS.c.due_order if listing.order is Order.DUE else TICKETS.c.opened_at, TICKETS.c.number)
        asked = asked.order_by(*by)
        asked = asked if after is None else asked.where(tuple_(*by) > _after(listing, after))
    return list((await uow.connection.execute(asked.limit(limit))).mappings())


def place(listing: Listing, row: Row) -> tuple[int, int]:
    """Where a ticket stands in its listing."""
    first = row["due_order"] if listing.order is Order.DUE else microseconds(row["opened_at"])
    return first, row["number"]


def _after(listing: Listing, after: tuple[int, int]) -> Tuple:
    first, number = after
    begin = (
        literal(first) if listing.order is Order.DUE else literal(EPOCH + first * MICROSECOND, TICKETS.c.opened_at.type)
    )
    return tuple_(begin, literal(number))


def _conditions(listing: Listing, now: datetime) -> Iterator[ColumnElement[bool] | TextClause]:
    """As they are asked, so that an index of open tickets is seen to fit: its condition stands in the question."""
    if listing.is_of_open:
        yield OPEN
    if listing.phase is not None:
        yield TICKETS.c.phase == listing.phase.value
    equal = {"queue": listing.queue, "type": listing.type, "person_id": listing.person, "language": listing.language}
    for name, value in equal.items():
        if value is not None:
            yield TICKETS.c[name] == value
    if listing.assignee is not None:
        yield TICKETS.c.assignee.is_(None) if listing.assignee == NOBODY else TICKETS.c.assignee == listing.assignee
    if listing.breached is not None:
        passed = TICKETS.c.due_order < microseconds(now)
        missed = or_(TICKETS.c.breached_at.is_not(None), passed)
        yield missed if listing.breached else and_(TICKETS.c.breached_at.is_(None), ~passed)


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
