"""The complete plans among the examples, each settled for a company of three hundred people by both engines."""

from collections.abc import Iterator
from fractions import Fraction

import polars as pl
import pytest

from core.catalog.rules import RateTable
from core.plan.model import CalendarKind, Plan
from core.plan.reading import check, example
from core.settlement.comparing import compare
from core.settlement.files.timing import silent
from core.settlement.model import Carried
from core.settlement.past.handing_on import carried_out
from core.settlement.running import Outcome, run
from tests.core.settlement.lifelike import lifelike

COMPLETE = ("unilevel", "stairstep", "binary", "matrix", "hybrid", "demo")
CYCLES = {CalendarKind.MONTH: ("2026-09", "2026-10"), CalendarKind.WEEK: ("2026-W41", "2026-W42")}
LEAST, MOST = Fraction(25, 100), Fraction(45, 100)
"""How much of the volume a company of this trade pays out."""
PEOPLE = 300


def read(name: str) -> tuple[str, Plan]:
    text = example(name)
    plan, problems = check(text)
    assert plan is not None
    assert problems == []
    return text, plan


def settled(text: str, plan: Plan, calendar: str, cycles: tuple[str, ...]) -> Iterator[Outcome]:
    """Cycle after cycle, each with what the one before left; both engines must agree on all of it."""
    company, carried, rates = lifelike(PEOPLE, plan.currency, plan.volume.scale), Carried(), RateTable([])
    for cycle in cycles:
        outcome = run(company, plan, rates, cycle, calendar=calendar, carried=carried, timings=silent(), text=text)
        assert [one.told for one in compare(outcome, text, rates, carried)] == []
        yield outcome
        carried = carried_out(outcome)


def ratio(outcomes: list[Outcome]) -> Fraction:
    """What is paid of the volume that was sold."""
    paid = sum(int(outcome.payouts["earned"].sum()) for outcome in outcomes)
    volume = sum(_volume(outcome) for outcome in outcomes)
    return Fraction(paid, 100) / Fraction(volume, 10 ** outcomes[0].plan.volume.scale)


def _volume(outcome: Outcome) -> int:
    period = outcome.standings.cycle.period
    start, end = (int(moment.timestamp() * 1_000_000) for moment in (period.start, period.end))
    orders = outcome.company.orders.filter(pl.col("paid_at").is_between(start, end, closed="left"))
    return int(orders["cv"].sum())


@pytest.mark.parametrize("name", COMPLETE)
def test_every_bonus_of_a_complete_plan_pays_somebody_and_all_of_them_a_third_of_the_volume(name: str) -> None:
    text, plan = read(name)
    main: list[Outcome] = []
    pays = set[str]()
    for calendar in plan.calendars:
        if calendar.code not in {bonus.calendar or plan.calendar.code for bonus in plan.bonuses}:
            continue  # one by which only advances are paid
        outcomes = list(settled(text, plan, calendar.code, CYCLES[calendar.kind]))
        pays |= {one.bonus.code for outcome in outcomes for one in outcome.settled if (one.amount > 0).any()}
        main = main or outcomes
    assert pays >= {bonus.code for bonus in plan.bonuses if bonus.on}
    assert LEAST <= ratio(main) <= MOST


@pytest.mark.parametrize("name", COMPLETE)
def test_a_complete_plan_says_how_it_is_paid_and_settled(name: str) -> None:
    _, plan = read(name)
    assert {"en", plan.language} <= set(plan.name)
    assert plan.payout.minimum > 0
    assert plan.runs
    assert all(plan.language in bonus.label for bonus in plan.bonuses)
