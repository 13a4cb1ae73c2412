"""The open cycle is estimated, and a run previewed, whatever the plan says of late orders and trees."""

from datetime import UTC, datetime

import pytest

from core.calendar.rules import cycle_named
from core.db.database import Database
from core.earnings.estimating import Estimates, unreleased
from core.plan.model import Plan
from core.plan.reading import check
from core.runs.model import ReleasedRun, RunState, Work
from tests.core.plan.plans import SMALL
from tests.core.runs.company import UNILEVEL, done, found, ordered, released, started
from tests.core.runs.test_calendars import AHEAD
from tests.core.runs.test_calendars import released as paid_ahead

LATE = "\n[late_orders]\nchange_rank = true\n"
BACK = '\n[returns]\nvolume_in = "original_period"\n'
TREES = '\n[trees.binary]\nspill = "manual"\n\n[trees.matrix]\nwidth = 3\ndepth = 2\nspill = "manual"\n'


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize("more", [LATE, BACK, TREES], ids=["late orders", "returns", "trees without anybody"])
async def test_plans_with_more_sections_are_estimated_and_previewed(database: Database, more: str) -> None:
    await found(database, SMALL + UNILEVEL + more)
    await ordered(database, "Eva", 300, "Eva-11", datetime(2026, 11, 3, 9, tzinfo=UTC))
    estimate = await Estimates(database).latest()
    assert estimate is not None
    assert [estimate.lines_of(code)["amount_minor"].to_list() for code in ("Ana", "Ben")] == [[1500], [3000]]
    assert await done(database, await started(database, "2026-09"), Work.PREVIEW) is RunState.PREVIEWED


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_was_paid_ahead_is_taken_off_though_the_month_before_is_not_released(database: Database) -> None:
    """September is released and October is not; of November Ana has 75 % of 15.00 already."""
    await found(database, AHEAD)
    await ordered(database, "Eva", 300, "Eva-11", datetime(2026, 11, 3, 9, tzinfo=UTC))
    await released(database, "2026-09")
    await paid_ahead(database, "2026-11-A", "fortnight")
    estimate = await Estimates(database).latest()
    assert estimate is not None
    lines = dict(estimate.lines_of("Ana").select("bonus", "amount_minor").iter_rows())
    assert lines == {"team": 1500, "advance": -1125}


ONCE = """
[[bonuses]]
code = "promoted"
kind = "rank_award"
label = "Promotion"
once = true
amount_by_rank = { silver = 50, gold = 80 }
"""


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize("runs", [("2026-09",), ("2026-09", "2026-10")], ids=["not released", "released"])
async def test_what_the_cycle_before_leaves_counts_before_it_is_released(
    database: Database, runs: tuple[str, ...]
) -> None:
    """Ben has had both since September and Ana since October; in November Eva reaches Gold."""
    await found(database, SMALL + ONCE)
    for run in runs:
        await released(database, run)
    for who, volume in (("Ana", 100), ("Ben", 100), ("Eva", 1000)):
        await ordered(database, who, volume, f"{who}-11", datetime(2026, 11, 3, 9, tzinfo=UTC))
    estimate = await Estimates(database).latest()
    assert estimate is not None
    told = {code: estimate.lines_of(code)["amount_minor"].to_list() for code in ("Ana", "Ben", "Eva")}
    assert told == {"Ana": [], "Ben": [], "Eva": [8000]}


def test_cycles_between_are_those_without_a_released_run() -> None:
    plan, _ = check(SMALL)
    assert plan is not None
    month = cycle_named(plan.calendar, "2026-11")
    for runs, between in ((("2026-09",), ["2026-10"]), (("2026-09", "2026-10"), []), ((), []), (("2026-01",), [])):
        known = [released_run(plan, cycle) for cycle in runs]
        assert [one.code for one in unreleased(plan.calendar, month, known)] == between


def released_run(plan: Plan, cycle: str) -> ReleasedRun:
    period = cycle_named(plan.calendar, cycle).period
    return ReleasedRun(
        1, "month", "month", cycle, period.start, period.end, period.end, "", "1", pays=True, state=RunState.RELEASED
    )
