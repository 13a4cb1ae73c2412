import pytest

from core.access.model import Role
from core.db.database import Database
from core.kernel.ids import PersonId
from core.plan import service as plans
from tests.core.tickets.desks import DESK_PLAN, TREE, Desk
from tests.support.api import Api
from tests.support.planting import plant


@pytest.fixture
async def people(database: Database) -> dict[str, PersonId]:
    async with database.begin() as uow:
        await plans.activate(uow, DESK_PLAN)
        numbers = await plant(uow, TREE)
        await uow.commit()
    return numbers


@pytest.fixture
async def desk(api: Api, people: dict[str, PersonId]) -> Desk:
    return Desk(
        api=api,
        people=people,
        maria=await api.person(people["maria"], 1),
        otto=await api.person(people["otto"], 2),
        sam=await api.staff(Role.SUPPORT),
        cora=await api.staff(Role.COMMISSIONS),
    )
