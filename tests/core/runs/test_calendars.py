"""Runs of two calendars that share people's balances: whichever is released next takes what the last one left."""

from datetime import UTC, datetime

import pytest

from core.closing.job import close_cycle
from core.db.database import Database
from core.ledger import service as ledger
from core.payments import taking
from core.runs import service
from core.runs.model import RunInState, RunOutOfTurn, RunState, RunTitlesStale, Work
from tests.core.runs.company import PLAN, approved, done, found, ordered, started

TWO = (
    PLAN
    + """
[[bonuses]]
code = "weekly"
kind = "unilevel"
label = "Weekly"
calendar = "week"
levels = ["10 %"]

[payout]
minimum = 50

[calendars.month]
kind = "month"

[calendars.week]
kind = "week"
"""
)

AHEAD = (
    PLAN
    + """
[calendars.month]
kind = "month"

[calendars.fortnight]
kind = "fortnight"

[advances]
calendar = "fortnight"
share = "75 %"
"""
)


TITLED = (
    PLAN
    + """
[[bonuses]]
code = "weekly"
kind = "unilevel"
label = "Weekly"
calendar = "week"
minimum_rank = "gold"
rank_basis = "career"
levels = ["10 %"]

[calendars.month]
kind = "month"

[calendars.week]
kind = "week"
"""
)


async def released(database: Database, cycle: str, kind: str) -> list[tuple[int, int, int]]:
    """What Ana's payouts are by this run: carried in, paid, carried out."""
    run = await started(database, cycle, kind=kind)
    for what in (Work.PREVIEW, Work.VALIDATE):
        await done(database, run, what)
    assert await approved(database, run) is RunState.APPROVED
    await done(database, run, Work.RELEASE)
    async with database.read() as questions:
        hers = (await service.payouts(questions, run, limit=10))[:1]
    return [(one.carried_in, one.paid, one.carried_out) for one in hers]


async def test_what_waits_is_paid_by_the_next_release_alone_though_its_cycle_ended_later(database: Database) -> None:
    await found(database, TWO)
    for day, volume in ((24, 300), (29, 450)):
        await ordered(database, "Ben", volume, f"Ben-{day}", datetime(2026, 9, day, 9, tzinfo=UTC))
    assert await released(database, "2026-W39", "week") == [(0, 0, 3000)]
    assert await released(database, "2026-W40", "week") == [(3000, 7500, 0)]
    assert await released(database, "2026-09", "month") == [(0, 13500, 0)], "of W40, which left nothing, not of W39"
    await taking.take_over(database, actor="staff:1")
    async with database.read() as questions:
        assert await ledger.verify(questions) == []


async def test_a_month_waits_for_its_advances_and_none_comes_after_it(database: Database) -> None:
    await found(database, AHEAD)
    assert await released(database, "2026-09-A", "fortnight") == []
    with pytest.raises(RunOutOfTurn) as early:
        await released(database, "2026-09", "month")
    assert early.value.facts == {"cycle": "2026-09", "first": "2026-09-B"}
    assert await released(database, "2026-09-B", "fortnight") == [(0, 4500, 0)]


async def test_nothing_is_paid_ahead_of_a_month_that_is_released(database: Database) -> None:
    await found(database, AHEAD)
    assert await released(database, "2026-09", "month") == [(0, 6000, 0)]
    with pytest.raises(RunInState):
        await released(database, "2026-09-B", "fortnight")


async def test_a_week_previewed_before_the_month_was_closed_asks_for_another_preview(database: Database) -> None:
    """Ben became Gold in September, which the week from 28 September to 4 October pays by."""
    await found(database, TITLED)
    await ordered(database, "Eva", 300, "Eva-29", datetime(2026, 9, 29, 9, tzinfo=UTC))
    run = await started(database, "2026-W40", kind="week")
    await previewed(database, run)
    await close_cycle(database, "2026-09", actor="test")
    with pytest.raises(RunTitlesStale) as stale:
        await approved(database, run)
    assert stale.value.facts == {"run": str(run), "cycle": "2026-09"}
    await previewed(database, run)
    assert await approved(database, run) is RunState.APPROVED
    await done(database, run, Work.RELEASE)
    assert await earned(database, run) == [3000]


async def test_a_cycle_closed_between_approval_and_release_is_told_too(database: Database) -> None:
    await found(database, TITLED)
    run = await started(database, "2026-W40", kind="week")
    await previewed(database, run)
    await approved(database, run)
    await close_cycle(database, "2026-09", actor="test")
    with pytest.raises(RunTitlesStale):
        await done(database, run, Work.RELEASE)


async def previewed(database: Database, run: int) -> None:
    for what in (Work.PREVIEW, Work.VALIDATE):
        await done(database, run, what)


async def earned(database: Database, run: int) -> list[int]:
    async with database.read() as questions:
        return [one.earned for one in await service.payouts(questions, run, limit=10)]
