"""Periods that begin on listed days: catalogues of uneven length, as both engines have them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import rules
from core.calendar.model import CycleUnknown
from core.plan.model import CalendarKind, CalendarSpec
from core.plan.reading import check
from core.plan.showing import Showing
from core.plan.telling import located
from core.settlement.second.days import Cycle
from core.settlement.second.plan import Plan
from i18n.translator import translator
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

DAY = timedelta(days=1)
CATALOGUE = """
[calendars.catalogue]
kind = "period"
days = 21
begins = [2026-01-01, 2026-01-22, 2026-02-10, 2026-03-05]
"""


def plan_of(words: str = CATALOGUE) -> str:
    return HEAD + words + PERSONAL + ONE_RANK


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2025-P17", "2025-12-11", "2025-12-31"),
        ("2026-P01", "2026-01-01", "2026-01-21"),
        ("2026-P02", "2026-01-22", "2026-02-09"),
        ("2026-P03", "2026-02-10", "2026-03-04"),
        ("2026-P04", "2026-03-05", "2026-03-25"),
        ("2026-P05", "2026-03-26", "2026-04-15"),
    ],
)
def test_the_documented_catalogues(code: str, first: str, last: str) -> None:
    plan, problems = check(plan_of())
    assert plan is not None, problems
    cycle = rules.cycle_named(plan.calendar, code)
    assert cycle.period.start == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert cycle.period.end == datetime.fromisoformat(last).replace(tzinfo=UTC) + DAY
    _, kind, zone = Plan.read(plan_of()).calendar()
    second = Cycle.named(kind, zone, code)
    assert (second.first, second.last, second.code) == (date.fromisoformat(first), date.fromisoformat(last), code)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (CATALOGUE, "period from 2026-01-01, 2026-01-22, 2026-02-10, 2026-03-05, then of 21 days"),
        (CATALOGUE.split("begins", maxsplit=1)[0] + "from = 2026-01-05\n", "period of 21 days from 2026-01-05"),
    ],
)
def test_a_plan_is_shown_with_its_days(words: str, shown: str) -> None:
    plan, problems = check(plan_of(words))
    assert plan is not None, problems
    assert any(f"catalogue ({shown})" in line for line in Showing(plan, translator("en")).lines())


def test_a_year_has_so_many_and_no_more() -> None:
    plan, _ = check(plan_of())
    assert plan is not None
    assert rules.cycle_named(plan.calendar, "2026-P18").period.start.year == 2026
    with pytest.raises(CycleUnknown):
        rules.cycle_named(plan.calendar, "2026-P19")


def test_a_catalogue_is_settled(tmp_path: Path) -> None:
    company = Offline(tmp_path, plan_of() + bonus("unilevel", 'levels = ["5 %"]'))
    company.person("above", joined="2025-01-01")
    company.person("below", "above", joined="2025-01-01")
    for day, volume in (("01-21", 1000), ("01-22", 100), ("02-09", 20), ("02-10", 2000)):
        company.order("below", volume, on=f"2026-{day}")
    assert company.settle("2026-P02") == 0
    assert company.earned() == {"above": 6}


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    apart=st.lists(st.integers(1, 60), max_size=6),
    days=st.integers(2, 60),
    after=st.integers(-400, 800),
)
def test_both_engines_cut_time_alike(first: date, apart: list[int], days: int, after: int) -> None:
    begins = [first]
    for step in apart:
        begins.append(begins[-1] + step * DAY)
    spec = CalendarSpec("c", CalendarKind.PERIOD, "UTC", days=days, begins=tuple(begins))
    kind = f"period {days} {','.join(map(str, begins))}"
    day = first + after * DAY
    fast = rules.cycle_at(spec, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    slow = Cycle(kind, ZoneInfo("UTC"), day).around(day)
    for _ in range(2):
        assert (fast.code, fast.period.start.date(), fast.period.end.date()) == (slow.code, slow.first, slow.after)
        assert rules.cycle_named(spec, fast.code) == fast
        assert Cycle.named(kind, "UTC", fast.code) == slow
        assert rules.previous(spec, rules.following(spec, fast)) == fast
        fast, slow = rules.following(spec, fast), slow.later(1)


@pytest.mark.parametrize(
    ("begins", "told"),
    [
        ("[]", "list of rising dates"),
        ("[2026-01-22, 2026-01-01]", "list of rising dates"),
        ("[2026-01-01, 2027-01-03]", "at most 366 days after"),
        ('["2026-01-01"]', "list of rising dates"),
        ("2026-01-01", '"begins" must be a list'),
        ("[2026-01-01]\nfrom = 2026-01-01", '"from" has no effect here: begins decides here.'),
    ],
)
def test_days_must_rise(begins: str, told: str) -> None:
    text = plan_of(CATALOGUE.replace("[2026-01-01, 2026-01-22, 2026-02-10, 2026-03-05]", begins))
    plan, problems = check(text)
    assert plan is None
    assert any(told in located(one, "plan", translator("en")) for one in problems)
