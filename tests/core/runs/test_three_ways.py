"""Files, the open cycle's estimate and a run of the service come to the very same for one company."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import uvloop
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.access.model import Role
from core.access.service import add_staff
from core.calendar.rules import cycle_named
from core.catalog.rules import RateTable
from core.db.database import Database
from core.plan.reading import check
from core.runs import validating
from core.runs.inputs import Inputs
from core.settlement.cycle.figures import microseconds
from core.settlement.model import LINES, ORDERS, PEOPLE, Carried, Company, framed
from tests.core.runs.company import STAFF
from tests.core.runs.three_ways import Both, by_hand_alone, differences
from tests.core.runs.weeks_beside import CALENDARS, TURNS, week_differences
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL
from tests.core.settlement.random_earlier import by_week
from tests.core.settlement.random_months import Months, months, terms
from tests.core.settlement.random_plans import plans
from tests.support.clock import StillClock

FUZZ = settings.get_current_profile_name() == "fuzz"
CYCLES = ("2026-10", "2026-11")
Ways = Callable[[Both, Sequence[str]], Awaitable[list[str]]]
"""What goes through the cycles and tells what differs."""


async def found_both(folder: Path, text: str, company: Company, *, hesitates: bool) -> Both:
    """Files and a database of one company, with staff to settle it."""
    plan, problems = check(text)
    assert plan is not None, problems
    clock = StillClock(datetime(2026, 9, 1, tzinfo=UTC))
    database = Database(f"sqlite+aiosqlite:///{folder / 'test.db'}", clock)
    async with database.begin() as uow:
        for name in STAFF:
            await add_staff(uow, name, Role.COMMISSIONS)
        await uow.commit()
    return Both(folder, database, clock, text, plan, company, hesitates=hesitates)


def found_differences(
    empty: Path, text: str, company: Company, cycles: Sequence[str], *, hesitates: bool, ways: Ways = differences
) -> list[str]:
    """What the three ways tell otherwise of a company; the second engine is asked elsewhere.

    Args:
        hesitates: staff begin each run, enter things and take them back before.
    """

    async def run(folder: Path) -> list[str]:
        both = await found_both(folder, text, company, hesitates=hesitates)
        try:
            return await ways(both, cycles)
        finally:
            await both.database.close()

    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(validating, "compare", lambda *_: [])
        shutil.copyfile(empty, Path(name, "test.db"))
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(run(Path(name)))


@settings(max_examples=300 if FUZZ else 2, suppress_health_check=list(HealthCheck))
@given(plans(), terms(), months())
def test_files_estimates_and_runs_come_to_the_same(empty_sqlite: Path, text: str, more: str, known: Months) -> None:
    text = by_hand_alone(text + more)
    assume(check(text)[0] is not None)
    assert found_differences(empty_sqlite, text, known.company, CYCLES, hesitates=FUZZ) == []


@settings(max_examples=200 if FUZZ else 1, suppress_health_check=list(HealthCheck))
@given(plans(), terms(), months(), st.sampled_from(("", 'kpis_by = "month"\n')))
def test_weeks_take_the_titles_of_months_from_files_and_in_runs(
    empty_sqlite: Path, text: str, more: str, known: Months, kpis_by: str
) -> None:
    text = by_week(by_hand_alone(text + more.split("\n[calendars", maxsplit=1)[0])) + CALENDARS + kpis_by
    assume(check(text)[0] is not None)
    turns = TURNS if FUZZ else TURNS[1:]
    assert found_differences(empty_sqlite, text, known.company, turns, hesitates=False, ways=week_differences) == []


GROUP = """
[kpis.gv]
label = "Group"
measure = "qv"
over = "line"
include_self = true

[[bonuses]]
code = "stairs"
kind = "differential"
label = "Stairs"
schedule_kpi = "gv"
schedule = [{ from = 1, rate = "10 %" }]

[returns]
within_days = 30
"""
"""Which sees the volume of a return wherever that counts."""


def company() -> Company:
    """b, whom a sponsors, has paid 100; she ordered 60 that nobody paid, and brought half of these back."""
    at = microseconds(datetime(2026, 10, 5, 12, tzinfo=UTC))
    rows = [
        ("o1", "sale", at, 1_000_000, None),
        ("o2", "sale", None, 600_000, None),
        ("r2", "return", at, -300_000, "o2"),
    ]
    ids, kinds, paid, volumes, sales = zip(*rows, strict=True)
    figures = {"cv": volumes, "qv": volumes, "amount_minor": [one // 100 for one in volumes], "points": [0] * 3}
    columns = {"order_id": ids, "person": [1] * 3, "kind": kinds, "ordered_at": [at] * 3, "paid_at": paid,
               "currency": ["USD"] * 3, "returns_order_id": sales, **figures}  # fmt: skip
    people = {"code": ["a", "b"], "sponsor": [-1, 0], "joined_on": [date(2026, 1, 1)] * 2,
              "country": ["ES"] * 2, "language": ["es"] * 2}  # fmt: skip
    lines = framed(LINES, {"order_id": ids, "sku": ["A"] * 3, **figures})
    return Company(framed(PEOPLE, people), framed(ORDERS, columns), lines, {})


def test_what_nobody_paid_is_no_sale_that_a_share_is_paid_of() -> None:
    plan, _ = check(HEAD + PERSONAL + ONE_RANK)
    assert plan is not None
    cycle = cycle_named(plan.calendar, "2026-10")
    given = Inputs(plan, "", plan.kinds_of_runs[0], cycle, company(), RateTable(()), Carried())
    assert validating.sales(given) == 100 - 30


def test_a_return_of_a_sale_that_nobody_paid_counts_nowhere(empty_sqlite: Path) -> None:
    text = HEAD + PERSONAL + ONE_RANK + GROUP
    assert found_differences(empty_sqlite, text, company(), CYCLES[:1], hesitates=True) == []
