"""Reading and writing the rows of incidents."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, Table, func, insert, or_, select, update

from core.db.bulk import bulk_insert_new
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.incidents.model import IncidentState
from core.incidents.tables import GATHERING, SOLVING, TELLING, IncidentPersonRow, IncidentRow, IncidentUpdateRow
from core.kernel.ids import PersonId

INCIDENTS: Table = IncidentRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
PEOPLE: Table = IncidentPersonRow.__table__  # type: ignore[attr-defined]  # the same
UPDATES: Table = IncidentUpdateRow.__table__  # type: ignore[attr-defined]  # the same
Row = RowMapping


async def add(uow: UnitOfWork, values: Mapping[str, Any]) -> int:
    """Write an incident; its number."""
    found = await uow.connection.execute(insert(INCIDENTS).values(**values).returning(INCIDENTS.c.number))
    return int(found.scalar_one())


async def change(uow: UnitOfWork, number: int, values: Mapping[str, Any]) -> None:
    """Overwrite the named columns of one incident."""
    await uow.connection.execute(update(INCIDENTS).where(INCIDENTS.c.number == number).values(**values))


async def row(uow: UnitOfWork, number: int, *, locked: bool = False) -> Row | None:
    """One incident; `locked` holds it until the transaction ends."""
    asked = select(INCIDENTS).where(INCIDENTS.c.number == number)
    return (await uow.connection.execute(asked.with_for_update() if locked else asked)).mappings().first()


async def page(uow: UnitOfWork, state: IncidentState | None, before: int | None, limit: int) -> Sequence[Row]:
    """Incidents below a number, the last one first."""
    asked = select(INCIDENTS).order_by(INCIDENTS.c.number.desc()).limit(limit)
    asked = asked if state is None else asked.where(INCIDENTS.c.state == state)
    asked = asked if before is None else asked.where(INCIDENTS.c.number < before)
    return (await uow.connection.execute(asked)).mappings().all()


async def recurrences(uow: UnitOfWork, firsts: Collection[int]) -> dict[int, int]:
    """How often each of the incidents came back."""
    found = await uow.connection.execute(
        select(INCIDENTS.c.recurrence_of, func.count())
        .where(INCIDENTS.c.recurrence_of.in_(firsts))
        .group_by(INCIDENTS.c.recurrence_of)
    )
    return {row[0]: row[1] for row in found}


async def add_update(uow: UnitOfWork, values: Mapping[str, Any]) -> int:
    """Write a piece of news; its number."""
    found = await uow.connection.execute(insert(UPDATES).values(**values).returning(UPDATES.c.id))
    return int(found.scalar_one())


async def updates(uow: UnitOfWork, incident: int) -> Sequence[Row]:
    """An incident's news, the first one first."""
    asked = select(UPDATES).where(UPDATES.c.incident == incident).order_by(UPDATES.c.id)
    return (await uow.connection.execute(asked)).mappings().all()


async def said(uow: UnitOfWork, numbers: Collection[int]) -> Sequence[Row]:
    """Number, state and words of some news, each with the title of its incident."""
    columns = (UPDATES.c.id, UPDATES.c.state, UPDATES.c.words, INCIDENTS.c.title)
    asked = select(*columns).join_from(UPDATES, INCIDENTS, INCIDENTS.c.number == UPDATES.c.incident)
    return (await uow.connection.execute(asked.where(UPDATES.c.id.in_(numbers)))).mappings().all()


async def one_update(uow: UnitOfWork, number: int) -> Row:
    """A piece of news that there is; nobody else tells of it until the transaction ends."""
    asked = select(UPDATES).where(UPDATES.c.id == number).with_for_update()
    return (await uow.connection.execute(asked)).mappings().one()


async def last_update(uow: UnitOfWork, incident: int) -> Row:
    """An incident's last news, which it always has, locked as `one_update`."""
    asked = select(UPDATES).where(UPDATES.c.incident == incident).order_by(UPDATES.c.id.desc()).limit(1)
    return (await uow.connection.execute(asked.with_for_update())).mappings().one()


async def concerns(uow: UnitOfWork, incident: int, person: PersonId) -> bool:
    """Whether an incident concerns somebody."""
    asked = select(PEOPLE.c.person_id).where(PEOPLE.c.incident == incident, PEOPLE.c.person_id == person)
    return (await uow.connection.execute(asked)).first() is not None


async def add_person(uow: UnitOfWork, incident: int, person: PersonId) -> bool:
    """Note that an incident concerns somebody; True where that is new."""
    new = await uow.connection.execute(insert_new(uow, PEOPLE).values(incident=incident, person_id=person))
    if new.rowcount != 1:
        return False
    more = {"people": INCIDENTS.c.people + 1}
    await uow.connection.execute(update(INCIDENTS).where(INCIDENTS.c.number == incident).values(**more))
    return True


async def add_people(uow: UnitOfWork, incident: int, people: Sequence[int], mark: int) -> bool:
    """Note whom an incident concerns, beyond `mark`, up to which they were known; False where that has moved on."""
    new = await bulk_insert_new(uow, PEOPLE, ("incident", "person_id"), [(incident, person) for person in people])
    moved = await uow.connection.execute(
        update(INCIDENTS)
        .where(INCIDENTS.c.number == incident, INCIDENTS.c.gather_mark == mark, INCIDENTS.c.gathered_at.is_(None))
        .values(gather_mark=people[-1], people=INCIDENTS.c.people + new)
    )
    return moved.rowcount == 1


async def people_after(uow: UnitOfWork, incident: int, mark: int, limit: int) -> list[PersonId]:
    """Whom an incident concerns, by rising number, beyond `mark`."""
    asked = select(PEOPLE.c.person_id).where(PEOPLE.c.incident == incident, PEOPLE.c.person_id > mark)
    found = await uow.connection.execute(asked.order_by(PEOPLE.c.person_id).limit(limit))
    return [PersonId(person) for person in found.scalars()]


async def move_on(uow: UnitOfWork, news: int, mark: int, told: int) -> None:
    """Note up to whom a piece of news, which is locked, was told, and how many more heard it."""
    values = {"mark": mark, "told": UPDATES.c.told + told}
    await uow.connection.execute(update(UPDATES).where(UPDATES.c.id == news).values(**values))


async def end_telling(uow: UnitOfWork, news: int) -> None:
    """Note that a piece of news was told to everybody."""
    await uow.connection.execute(update(UPDATES).where(UPDATES.c.id == news).values(told_at=uow.now))


async def gathering(uow: UnitOfWork) -> Row | None:
    """The first incident of which is not known yet whom it concerns."""
    asked = select(INCIDENTS).where(GATHERING).order_by(INCIDENTS.c.number).limit(1)
    return (await uow.connection.execute(asked)).mappings().first()


async def telling(uow: UnitOfWork) -> int | None:
    """The first piece of news that is not told to everybody."""
    found = await uow.connection.execute(select(UPDATES.c.id).where(TELLING).order_by(UPDATES.c.id).limit(1))
    number: int | None = found.scalar_one_or_none()
    return number


async def solving(uow: UnitOfWork) -> Row | None:
    """The first incident whose tickets are still to be solved."""
    asked = select(INCIDENTS).where(SOLVING).order_by(INCIDENTS.c.number).limit(1)
    return (await uow.connection.execute(asked)).mappings().first()


async def is_anything_to_do(uow: UnitOfWork) -> bool:
    """Whether anybody is to be gathered, told or helped; three looks at indexes of what is left to do."""
    waiting = [
        select(INCIDENTS.c.number).where(GATHERING).exists(),
        select(UPDATES.c.id).where(TELLING).exists(),
        select(INCIDENTS.c.number).where(SOLVING).exists(),
    ]
    return bool((await uow.connection.execute(select(or_(*waiting)))).scalar_one())
