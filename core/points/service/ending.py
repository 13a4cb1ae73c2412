"""Points that end soon, of everybody, for whoever warns of them."""

from collections.abc import Sequence
from datetime import date

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.points.service.programme import Programme, programme_at
from core.points.store import due as store
from core.points.store.due import Ending

__all__ = ["Ending", "of_people", "warning", "within"]


async def warning(uow: UnitOfWork) -> Programme | None:
    """The programme in force, where it warns before points end."""
    current = await programme_at(uow, uow.now)
    return current if current is not None and current.spec.warn_days else None


async def within(uow: UnitOfWork, first: date, last: date) -> list[Ending]:
    """What of everybody's ends from one day to another, by person and day; read in stretches of people."""
    found: list[Ending] = []
    after: PersonId | None = PersonId(0)
    while after is not None:
        some, after = await store.ending(uow, first, last, after)
        found += some
    return found


async def of_people(uow: UnitOfWork, people: Sequence[PersonId]) -> dict[tuple[PersonId, date], int]:
    """What ends of these people's points, by person and day."""
    return await store.ending_of(uow, people)
