"""Both engines over whole runs of random companies: what is paid, taken back, advanced, late and carried over."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.calendar.model import Cycle
from core.calendar.rules import cycle_named
from core.kernel.errors import Severity
from core.plan.model import CalendarSpec, Plan
from core.plan.reading import check
from core.settlement.comparing import compare
from core.settlement.cycle.figures import microseconds
from core.settlement.files.timing import silent
from core.settlement.model import Carried
from core.settlement.past.handing_on import carried_out
from core.settlement.running import Outcome, run
from tests.core.settlement.random_earlier import by_week
from tests.core.settlement.random_months import DAY, Months, months, terms
from tests.core.settlement.random_people import RATES
from tests.core.settlement.random_plans import plans

FUZZ = settings.get_current_profile_name() == "fuzz"
CYCLES = ("2026-09", "2026-10", "2026-11", "2026-12")
WEEKS = ("2026-09", "2026-W42", "2026-W43", "2026-10", "2026-W44", "2026-W45")
BESIDE = '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n'
GRACE = 4 * DAY
"""So long after a cycle's end it is settled."""


def runs(text: str, plan: Plan, company: Months) -> Iterator[tuple[Outcome, Carried]]:
    """Every month, with its fortnights before it where they are paid ahead; each with what it was given."""
    month, half = Carried(), Carried()
    main = plan.calendar
    for number, code in enumerate(CYCLES):
        for part in "AB" if plan.advances is not None else ():
            given = replace(half, main=month, ranks=month.ranks)
            outcome = settled(text, plan, company, plan.calendars[1], f"{code}-{part}", number, given)
            yield outcome, given
            half = carried_out(outcome)
        given = replace(month, advanced=pl.concat([month.advanced, half.advanced]))
        outcome = settled(text, plan, company, main, code, number, given)
        yield outcome, given
        month = carried_out(outcome)


def weeks(text: str, plan: Plan, company: Months) -> Iterator[tuple[Outcome, Carried]]:
    """October and the weeks beside it; week 45 is the first that knows the titles of October."""
    left = {calendar.code: Carried() for calendar in plan.calendars}
    titles = left["month"].ranks
    for number, code in enumerate(WEEKS):
        calendar = plan.calendars["W" in code]
        given = replace(left[calendar.code], ranks=titles) if "W" in code else left["month"]
        outcome = settled(text, plan, company, calendar, code, number, given)
        yield outcome, given
        left[calendar.code] = carried_out(outcome)
        if code != "2026-10":  # which is closed after week 44 is settled
            titles = left["month"].ranks


def settled(
    text: str, plan: Plan, company: Months, calendar: CalendarSpec, code: str, number: int, given: Carried
) -> Outcome:
    """One run by the fast engine."""
    cycle: Cycle = cycle_named(calendar, code)
    known = company.known(number, microseconds(cycle.period.end) + GRACE)
    return run(known, plan, RATES, code, calendar=calendar.code, carried=given, timings=silent(), text=text)


@settings(max_examples=2_000 if FUZZ else 5)
@given(plans(), terms(), months())
def test_both_engines_pay_the_same(text: str, more: str, company: Months) -> None:
    text += more
    plan, problems = check(text)
    assume(plan is not None or not any(one.severity is Severity.FAULT for one in problems))
    assert plan is not None, problems
    for outcome, given_ in runs(text, plan, company):
        assert [one.told for one in compare(outcome, text, RATES, given_)] == []
        assert [one.told for one in compare(outcome, text, RATES, given_, whole_up_to=0, sample=3)] == []


@settings(max_examples=1_000 if FUZZ else 2, suppress_health_check=list(HealthCheck))
@given(plans(), terms(), months(), st.sampled_from(("", 'kpis_by = "month"\n')))
def test_both_engines_pay_the_same_by_weeks_beside_months(text: str, more: str, company: Months, kpis_by: str) -> None:
    text = by_week(text + more.split("\n[calendars", maxsplit=1)[0]) + BESIDE + kpis_by
    plan, _ = check(text)
    assume(plan is not None)
    assert plan is not None
    for outcome, given_ in weeks(text, plan, company):
        assert [one.told for one in compare(outcome, text, RATES, given_)] == []
