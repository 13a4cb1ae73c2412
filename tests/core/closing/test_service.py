import asyncio

import pytest

from core.calendar.model import CycleClosed, CycleRunning, CycleUnknown
from core.closing import service
from core.closing.model import Closed, Due
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.plan import service as plans
from core.ranks import service as ranks
from core.ranks.model import RecordedRank
from tests.core.plan.plans import SMALL
from tests.support.planting import plant


@pytest.fixture
async def persons(uow: UnitOfWork) -> dict[str, PersonId]:
    await plans.activate(uow, SMALL)
    return await plant(uow, "Ana\n  Ben\n  Eva")


async def due(uow: UnitOfWork, code: str) -> Due:
    found = await service.due(uow, code)
    assert found is not None
    return found


async def test_closing_fixes_ranks_and_titles(uow: UnitOfWork, persons: dict[str, PersonId]) -> None:
    closed = await service.record(uow, await due(uow, "2026-10"), {persons["Ana"]: 2, persons["Ben"]: 0})
    assert closed == Closed(cycle="2026-10", already=False, ranked=1, changed=0)
    assert await ranks.recorded_ranks(uow, "2026-10") == {
        persons["Ana"]: RecordedRank(persons["Ana"], "gold", "gold", 0)
    }


async def test_a_closed_cycle_is_no_longer_due(uow: UnitOfWork, persons: dict[str, PersonId]) -> None:
    october = await due(uow, "2026-10")
    await service.record(uow, october, {persons["Ana"]: 2})
    assert await service.due(uow, "2026-10") is None


async def test_whoever_comes_second_changes_nothing(uow: UnitOfWork, persons: dict[str, PersonId]) -> None:
    october = await due(uow, "2026-10")
    await service.record(uow, october, {persons["Ana"]: 2})
    again = await service.record(uow, october, {persons["Ana"]: 1})
    assert again == Closed(cycle="2026-10", already=True)
    assert (await ranks.recorded_ranks(uow, "2026-10"))[persons["Ana"]].rank == "gold"
    assert [event.kind for event in uow.emitted].count(CycleClosed.kind) == 1


@pytest.mark.parametrize(("code", "error"), [("2026-11", CycleRunning), ("2026-W41", CycleUnknown)])
async def test_what_cannot_be_closed_is_refused(
    uow: UnitOfWork, persons: dict[str, PersonId], code: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await service.due(uow, code)


async def test_of_two_who_close_at_once_one_does(database: Database) -> None:
    async with database.begin() as uow:
        await plans.activate(uow, SMALL)
        numbers = await plant(uow, "Ana")
        october = await due(uow, "2026-10")
        await uow.commit()

    async def close() -> bool:
        async with database.begin() as uow:
            closed = await service.record(uow, october, {numbers["Ana"]: 1})
            await uow.commit()
        return closed.already

    assert sorted(await asyncio.gather(close(), close())) == [False, True]
