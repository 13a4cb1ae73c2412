from datetime import date

import pytest

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people.tables import PersonRow


async def enrol(uow: UnitOfWork, code: str, phone: str | None = None, status: str = "active") -> PersonId:
    """A person with next to nothing known of her."""
    row = PersonRow(
        code=code,
        name=code.title(),
        kind="distributor",
        status=status,
        joined_on=date(2026, 1, 1),
        country="ES",
        language="es",
        phone=phone,
    )
    uow.session.add(row)
    await uow.session.flush()
    assert row.id is not None
    return PersonId(row.id)


@pytest.fixture
async def ana(uow: UnitOfWork) -> PersonId:
    return await enrol(uow, "ana", "+34600000001")


@pytest.fixture
async def luis(uow: UnitOfWork) -> PersonId:
    return await enrol(uow, "luis", "+34600000002")
