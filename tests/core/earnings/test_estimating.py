"""The open cycle is estimated, and a run previewed, whatever the plan says of late orders and trees."""

from datetime import UTC, datetime

import pytest

from core.db.database import Database
from core.earnings.estimating import Estimates
from core.runs.model import RunState, Work
from tests.core.plan.plans import SMALL
from tests.core.runs.company import UNILEVEL, done, found, ordered, started

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
