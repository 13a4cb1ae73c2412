"""Those to whom something is to be said, many at once."""

from collections.abc import Sequence

from sqlalchemy import Table, select

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people.model import Addressee, Status
from core.people.tables import PersonRow

PERSON: Table = PersonRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell


async def addressees(uow: UnitOfWork, people: Sequence[PersonId]) -> dict[PersonId, Addressee]:
    """What a message needs to know of each of up to a few hundred people."""
    if not people:
        return {}
    found = await uow.connection.execute(
        select(PERSON.c.id, *(PERSON.c[name] for name in Addressee._fields)).where(PERSON.c.id.in_(people))
    )
    told = {PersonId(row[0]): Addressee(*row[1:]) for row in found}
    return {person: one._replace(status=Status(one.status)) for person, one in told.items()}
