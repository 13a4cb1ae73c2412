import pytest

from core.calendar import rules as calendars
from core.calendar import service as calendar
from core.calendar.model import Cycle
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.people import titles
from core.plan.service import parsed
from core.ranks import service, store
from core.ranks.model import RankPeriod, RecordedRank
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


async def record(uow: UnitOfWork, code: str, *ranks: RecordedRank) -> None:
    """Ranks of a cycle, each a title that was not held before."""
    had = await people.all_career_ranks(uow)
    moved = {one.person: (had.get(one.person), one.career_rank) for one in ranks}
    changed = {person: (was, now) for person, (was, now) in moved.items() if was != now}
    await service.write_ranks(uow, month(code), code, ranks, changed)
    await calendar.mark_closed(uow, month(code))
    await titles.turn_over(uow, code)


async def changes(
    uow: UnitOfWork, code: str, before: str, after: int = 0, last: int = 1_000
) -> list[tuple[PersonId | None, str | None, str | None]]:
    found = await service.changes(uow, code, before, code, PersonId(after), PersonId(last))
    return [(event.person, event.before, event.after) for event in found]


async def test_every_change_since_the_cycle_before_is_found(uow: UnitOfWork, persons: dict[str, PersonId]) -> None:
    ana, ben, eva = persons["Ana"], persons["Ben"], persons["Eva"]
    await record(uow, "2026-09", RecordedRank(ana, "gold", "gold"), RecordedRank(eva, "silver", "silver"))
    await record(
        uow,
        "2026-10",
        RecordedRank(ana, None, "gold", misses=1),
        RecordedRank(ben, "silver", "silver"),
        RecordedRank(eva, "silver", "silver"),
    )
    assert await changes(uow, "2026-10", "2026-09") == [(ana, "gold", None), (ben, None, "silver")]
    assert await changes(uow, "2026-10", "2026-09", after=ana, last=ben) == [(ben, None, "silver")]


async def test_a_title_that_changes_while_the_rank_stays_is_a_change(
    uow: UnitOfWork, persons: dict[str, PersonId]
) -> None:
    ana = persons["Ana"]
    await record(uow, "2026-09", RecordedRank(ana, "silver", "gold"))
    await titles.clear_up(uow, "2026-09", PersonId(0), PersonId(1_000))
    await record(uow, "2026-10", RecordedRank(ana, "silver", "silver"))
    [found] = await service.changes(uow, "2026-10", "2026-09", "2026-10", PersonId(0), PersonId(1_000))
    assert (found.before, found.after, found.title_before, found.title_after) == ("silver", "silver", "gold", "silver")


async def test_ranks_of_a_cycle_can_be_forgotten_some_at_a_time(
    uow: UnitOfWork, persons: dict[str, PersonId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "GONE_AT_ONCE", 2)
    ranks = [RecordedRank(person, "gold", None) for person in persons.values()]
    await service.write_ranks(uow, month("2026-09"), "a", ranks, {})
    assert [await service.forget_some(uow, month("2026-09")) for _ in range(3)] == [True, True, False]
    assert await service.recorded_ranks(uow, "2026-09") == {}


async def test_history_goes_back_to_the_first_rank(uow: UnitOfWork, persons: dict[str, PersonId]) -> None:
    ben = persons["Ben"]
    await record(uow, "2026-07")
    await record(uow, "2026-08", RecordedRank(ben, "silver", "silver"))
    await record(uow, "2026-09")
    await record(uow, "2026-10", RecordedRank(ben, "gold", "gold"))
    assert await service.history(uow, PLAN, ben) == [
        RankPeriod(cycle="2026-10", paid_rank="gold", career_rank="gold"),
        RankPeriod(cycle="2026-09", paid_rank=None, career_rank=None),
        RankPeriod(cycle="2026-08", paid_rank="silver", career_rank="silver"),
    ]
