import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from core.calendar.model import CycleRunning, CycleUnknown
from core.closing import job, service
from core.closing.model import ClosingOvertaken, Due, Making
from core.closing.rules import Places
from core.db.database import Database
from core.db.events import Mark
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.plan import service as plans
from core.ranks import service as ranks
from core.ranks.model import RankChanged, RecordedRank
from tests.core.plan.plans import SMALL
from tests.support.planting import plant

Step = Callable[[UnitOfWork], Awaitable[None]]
GOLD, SILVER, NONE = 2, 1, 0
WHILE_PAID = SMALL.replace('name = "Silver"', 'name = "Silver"\ntitle = "while_paid"')


@pytest.fixture
async def persons(database: Database, request: pytest.FixtureRequest) -> dict[str, PersonId]:
    async with database.begin() as uow:
        await plans.activate(uow, getattr(request, "param", SMALL))
        numbers = await plant(uow, "Ana\n  Ben\n  Eva")
        await uow.commit()
    return numbers


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "WRITTEN_AT_ONCE", 1)
    monkeypatch.setattr(job, "TOLD_AT_ONCE", 1)


class Killed(Exception):
    """The process is gone."""


class Closing:
    """Closes a cycle, and is killed after so many transactions."""

    def __init__(self, database: Database, lives: int = 1_000) -> None:
        self.database, self.lives = database, lives

    async def write(self, step: Step, _done: int = 0, _total: int = 0) -> None:
        if not self.lives:
            raise Killed
        self.lives -= 1
        async with self.database.begin() as uow:
            await step(uow)
            await uow.commit()

    async def prepared(self, code: str, paid: Places) -> Making | None:
        async with self.database.read() as questions:
            due = await service.due(questions, code)
            assert due is not None
            found = await service.fixed(questions, due, paid)
        return await job.written(due, found, self.write)

    async def published(self, making: Making) -> None:
        async def publish(uow: UnitOfWork) -> None:
            assert await service.publish(uow, making)

        await self.write(publish)

    async def closed(self, code: str, paid: Places) -> None:
        making = await self.prepared(code, paid)
        assert making is not None
        await self.published(making)
        await job.announce(self.database, actor="test")


async def seen(database: Database, cycle: str) -> tuple[dict[PersonId, RecordedRank], dict[PersonId, str]]:
    """Ranks written for a cycle, and everybody's titles."""
    async with database.read() as questions:
        return await ranks.recorded_ranks(questions, cycle), await people.all_career_ranks(questions)


async def announced(database: Database) -> list[tuple[PersonId | None, str | None, str | None]]:
    """Changes of ranks, in the order in which they were told."""
    events, _ = await database.events.read_after(Mark())
    return [(one.person, one.facts["before"], one.facts["after"]) for one in events if one.kind == RankChanged.kind]


async def due(uow: UnitOfWork, code: str) -> Due:
    found = await service.due(uow, code)
    assert found is not None
    return found


async def test_closing_fixes_ranks_and_titles(database: Database, persons: dict[str, PersonId]) -> None:
    ana = persons["Ana"]
    await Closing(database).closed("2026-10", {ana: GOLD, persons["Ben"]: NONE})
    assert await seen(database, "2026-10") == ({ana: RecordedRank(ana, "gold", "gold", 0)}, {ana: "gold"})
    assert await announced(database) == []
    async with database.read() as questions:
        assert await service.due(questions, "2026-10") is None
        assert await service.telling(questions) is None


async def test_titles_change_when_the_cycle_is_closed_and_not_before(
    database: Database, persons: dict[str, PersonId]
) -> None:
    ana, ben, _ = persons.values()
    await Closing(database).closed("2026-09", {ana: SILVER})
    closing = Closing(database)
    making = await closing.prepared("2026-10", {ana: GOLD, ben: SILVER})
    assert making is not None
    assert (await seen(database, "2026-10"))[1] == {ana: "silver"}
    await closing.published(making)
    assert (await seen(database, "2026-10"))[1] == {ana: "gold", ben: "silver"}
    assert await announced(database) == []
    await job.announce(database, actor="test")
    assert (await seen(database, "2026-10"))[1] == {ana: "gold", ben: "silver"}
    assert await announced(database) == [(ana, "silver", "gold"), (ben, None, "silver")]


@pytest.mark.parametrize("persons", [WHILE_PAID], indirect=True)
async def test_whoever_earns_no_title_any_more_loses_hers(database: Database, persons: dict[str, PersonId]) -> None:
    ana = persons["Ana"]
    await Closing(database).closed("2026-09", {ana: SILVER})
    await Closing(database).closed("2026-10", {ana: NONE})
    assert await seen(database, "2026-10") == ({}, {})
    assert await announced(database) == [(ana, "silver", None)]


async def test_killed_after_any_transaction_it_can_be_done_again_and_doubles_nothing(
    database: Database, persons: dict[str, PersonId], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, ben, eva = persons.values()
    await Closing(database).closed("2026-09", {ana: SILVER, ben: GOLD, eva: NONE})
    paid = {ana: GOLD, ben: SILVER, eva: SILVER}
    for lives in range(6):
        with pytest.raises(Killed):
            await Closing(database, lives).closed("2026-10", paid)
        assert (await seen(database, "2026-10"))[1] == {ana: "silver", ben: "gold"}
    tell, calls = service.tell, Counter[str]()

    async def killed_once_at_each(*given: object) -> bool:
        calls["tell"] += 1
        done = await tell(*given)  # type: ignore[arg-type]  # as it was called
        if calls["tell"] % 2:
            raise Killed
        return done

    monkeypatch.setattr(service, "tell", killed_once_at_each)
    with pytest.raises(Killed):
        await Closing(database).closed("2026-10", paid)
    for _ in range(2):
        with pytest.raises(Killed):
            await job.announce(database, actor="test")
    await job.announce(database, actor="test")
    assert (await seen(database, "2026-10"))[1] == {ana: "gold", ben: "gold", eva: "silver"}
    assert await announced(database) == [(ana, "silver", "gold"), (ben, "gold", "silver"), (eva, None, "silver")]


async def test_whoever_closes_a_cycle_later_takes_it_over(database: Database, persons: dict[str, PersonId]) -> None:
    first, second, ana = Closing(database), Closing(database), persons["Ana"]
    slow, quick = await first.prepared("2026-10", {ana: GOLD}), await second.prepared("2026-10", {ana: SILVER})
    assert slow is not None
    assert quick is not None
    with pytest.raises(ClosingOvertaken):
        await first.published(slow)
    await second.published(quick)
    assert await seen(database, "2026-10") == ({ana: RecordedRank(ana, "silver", "silver", 0)}, {ana: "silver"})


async def test_whoever_comes_after_it_was_closed_changes_nothing(
    database: Database, persons: dict[str, PersonId]
) -> None:
    ana = persons["Ana"]
    async with database.read() as questions:
        october = await due(questions, "2026-10")
        late = await service.fixed(questions, october, {ana: SILVER})
    closing = Closing(database)
    making = await closing.prepared("2026-10", {ana: GOLD})
    assert making is not None
    await closing.published(making)
    assert await job.written(october, late, closing.write) is None
    async with database.begin() as uow:
        assert not await service.publish(uow, making)
    assert (await seen(database, "2026-10"))[1] == {ana: "gold"}


async def test_the_next_cycle_waits_until_changes_of_the_last_are_announced(
    database: Database, persons: dict[str, PersonId]
) -> None:
    closing, ana = Closing(database), persons["Ana"]
    making = await closing.prepared("2026-09", {ana: GOLD})
    assert making is not None
    await closing.published(making)
    with pytest.raises(ClosingOvertaken):
        await closing.prepared("2026-10", {ana: SILVER})
    async with database.read() as questions:
        assert not await service.is_left(questions)
        questions.now += 2 * service.SILENCE
        assert await service.is_left(questions)


async def test_of_two_who_announce_at_once_nobody_says_what_the_other_said(
    database: Database, persons: dict[str, PersonId]
) -> None:
    ana, ben, eva = persons.values()
    await Closing(database).closed("2026-09", {ana: SILVER})
    closing = Closing(database)
    making = await closing.prepared("2026-10", {ana: GOLD, ben: GOLD, eva: GOLD})
    assert making is not None
    await closing.published(making)
    await asyncio.gather(job.announce(database, actor="one"), job.announce(database, actor="other"))
    assert await announced(database) == [(ana, "silver", "gold"), (ben, None, "gold"), (eva, None, "gold")]
    assert (await seen(database, "2026-10"))[1] == {ana: "gold", ben: "gold", eva: "gold"}


@pytest.mark.parametrize(("code", "error"), [("2026-11", CycleRunning), ("2026-W41", CycleUnknown)])
async def test_what_cannot_be_closed_is_refused(uow: UnitOfWork, code: str, error: type[Exception]) -> None:
    await plans.activate(uow, SMALL)
    with pytest.raises(error):
        await service.due(uow, code)
