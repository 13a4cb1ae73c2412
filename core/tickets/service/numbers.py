"""The numbers of the desk: open tickets now, and how quick the company was."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.kernel.words import CompanyText
from core.tickets.model import Age, AgeLoad, Load, QueueLoad, StaffLoad, TicketNumbers, Took, TypeLoad
from core.tickets.rules.numbers import Group, loads, summed, took
from core.tickets.service.terms import terms
from core.tickets.store import counting as store
from core.tickets.store.rows import Row

EMPTY = Load()
STARS = (1, 2, 3, 4, 5)


async def numbers(uow: UnitOfWork, since: datetime, person: PersonId | None = None) -> TicketNumbers:
    """Numbers of all tickets, or of one person's.

    Open ones are counted whole; of those that are done only what was opened or solved since a moment is looked at.
    """
    spec = await terms(uow)
    groups = await store.open_groups(uow, person)
    answers = await store.first_answers(uow, since, person)
    solved = await store.solutions(uow, since, person)
    queue_names = {queue.code: queue.name for queue in spec.queues}
    type_names = {kind.code: kind.name for kind in spec.types}
    of_queues, of_types = loads(groups, lambda one: one.queue), loads(groups, lambda one: one.type)
    of_ages = loads(groups, lambda one: one.age)
    return TicketNumbers(
        at=uow.now,
        since=since,
        open=summed(group.load for group in groups),
        queues=tuple(
            QueueLoad(queue=code, name=queue_names.get(code), **dict(of_queues.get(code, EMPTY)))
            for code in _codes(queue_names, of_queues)
        ),
        types=tuple(
            TypeLoad(type=code, name=type_names.get(code), **dict(of_types.get(code, EMPTY)))
            for code in _codes(type_names, of_types)
        ),
        ages=tuple(AgeLoad(age=age, **dict(of_ages.get(age, EMPTY))) for age in Age),
        staff=_staff(groups, solved),
        first_answer=_took(answers),
        solution=_took(solved),
        stars=_stars(solved),
    )


def _codes(named: Mapping[str, CompanyText], counted: Mapping[str, Load]) -> list[str]:
    """The plan's, in its order, then those that it no longer has and that still hold something."""
    return [*named, *sorted(code for code in counted if code not in named)]


def _staff(groups: Sequence[Group], solved: Sequence[Row]) -> tuple[StaffLoad, ...]:
    """Everybody who has an open ticket or had one solved, by name; what nobody has taken comes last."""
    held = loads(groups, lambda group: group.assignee)
    done = Counter(row["assignee"] for row in solved)
    names = sorted(held.keys() | done.keys(), key=lambda name: (name is None, name or ""))
    return tuple(StaffLoad(assignee=name, solved=done[name], **dict(held.get(name, EMPTY))) for name in names)


def _took(rows: Sequence[Row]) -> Took:
    return took([row["took"] for row in rows], sum(bool(row["late"]) for row in rows))


def _stars(solved: Sequence[Row]) -> tuple[int, int, int, int, int]:
    given = Counter(row["rating"] for row in solved)
    one, two, three, four, five = (given[stars] for stars in STARS)
    return one, two, three, four, five
