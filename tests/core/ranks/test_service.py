import pytest

from core.calendar import rules as calendars
from core.calendar import service as calendar
from core.calendar.model import Cycle
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.plan.service import parsed
from core.ranks import service
from core.ranks.model import RankChanged, RankPeriod, RecordedRank
from tests.core.plan.plans import SMALL
from tests.support.planting import plant

PLAN = parsed(SMALL)


def month(code: str) -> Cycle:
    return calendars.cycle_named(PLAN.calendar, code)


@pytest.fixture
async def persons(uow: UnitOfWork) -> dict[str, PersonId]:
    numbers = await plant(uow, "Ana\n  Ben\n  Eva")
    uow.emitted.clear()
    return numbers


async def record(uow: UnitOfWork, code: str, before: str | None, *ranks: RecordedRank) -> int:
    changed = await service.record_paid_ranks(uow, month(code), before, ranks)
    await calendar.mark_closed(uow, month(code))
    return changed


def changes(uow: UnitOfWork) -> list[tuple[PersonId | None, str | None, str | None]]:
    return [(event.person, event.before, event.after) for event in uow.emitted if isinstance(event, RankChanged)]


async def test_ranks_of_the_first_closed_cycle_are_no_change(uow: UnitOfWork, persons: dict[str, PersonId]) -> None:
    assert await record(uow, "2026-09", None, RecordedRank(persons["Ana"], "gold", "gold")) == 0
    assert changes(uow) == []


async def test_every_change_since_the_cycle_before_is_announced(uow: UnitOfWork, persons: dict[str, PersonId]) -> None:
    ana, ben, eva = persons["Ana"], persons["Ben"], persons["Eva"]
    await record(uow, "2026-09", None, RecordedRank(ana, "gold", "gold"), RecordedRank(eva, "silver", "silver"))
    await record(
        uow,
        "2026-10",
        "2026-09",
        RecordedRank(ana, None, "gold", misses=1),
        RecordedRank(ben, "silver", "silver"),
        RecordedRank(eva, "silver", "silver"),
    )
    assert changes(uow) == [(ana, "gold", None), (ben, None, "silver")]


async def test_recording_again_announces_nothing_twice(uow: UnitOfWork, persons: dict[str, PersonId]) -> None:
    ana = RecordedRank(persons["Ana"], "gold", "gold")
    await record(uow, "2026-09", None)
    for _ in range(2):
        await service.record_paid_ranks(uow, month("2026-10"), "2026-09", [ana])
    assert await service.recorded_ranks(uow, "2026-10") == {persons["Ana"]: ana}
    assert changes(uow) == [(persons["Ana"], None, "gold")]


async def test_titles_are_kept_with_the_people(uow: UnitOfWork, persons: dict[str, PersonId]) -> None:
    await record(uow, "2026-09", None, RecordedRank(persons["Ben"], "silver", "gold", misses=3))
    assert await people.all_career_ranks(uow) == {persons["Ben"]: "gold"}


async def test_history_goes_back_to_the_first_rank(uow: UnitOfWork, persons: dict[str, PersonId]) -> None:
    ben = persons["Ben"]
    await record(uow, "2026-07", None)
    await record(uow, "2026-08", "2026-07", RecordedRank(ben, "silver", "silver"))
    await record(uow, "2026-09", "2026-08")
    await record(uow, "2026-10", "2026-09", RecordedRank(ben, "gold", "gold"))
    assert await service.history(uow, PLAN, ben) == [
        RankPeriod(cycle="2026-10", paid_rank="gold", career_rank="gold"),
        RankPeriod(cycle="2026-09", paid_rank=None, career_rank=None),
        RankPeriod(cycle="2026-08", paid_rank="silver", career_rank="silver"),
    ]
