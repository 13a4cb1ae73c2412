"""Both engines over random plans, trees and orders: every line, rank and figure must agree to the cent."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.plan.model import Plan
from core.plan.reading import check
from core.settlement.comparing import Difference, compare, inputs
from core.settlement.files.timing import silent
from core.settlement.model import Carried, Company
from core.settlement.past.handing_on import carried_out
from core.settlement.running import Outcome, run
from core.settlement.second.engine import settle
from tests.core.settlement.random_people import RATES, companies
from tests.core.settlement.random_plans import plans

FUZZ = settings.get_current_profile_name() == "fuzz"


@lru_cache(maxsize=1)
def read(text: str) -> Plan:
    """A plan without a fault; read once for all cycles."""
    plan, problems = check(text)
    assert plan is not None, problems
    return plan


def settled(text: str, company: Company, carried: Carried, cycle: str = "2026-10") -> Outcome:
    """By the fast engine."""
    return run(company, read(text), RATES, cycle, calendar=None, carried=carried, timings=silent())


CYCLES = ("2026-09", "2026-10", "2026-11")


@settings(max_examples=10_000 if FUZZ else 60)
@given(plans(), companies())
def test_both_engines_agree_on_every_line_of_random_plans(text: str, company: Company) -> None:
    carried = Carried()
    for cycle in CYCLES:
        outcome = settled(text, company, carried, cycle)
        assert [one.told for one in compare(outcome, text, RATES, carried)] == []
        carried = carried_out(outcome)


LEVELS = """
[plan]
code = "levels"
version = "1"
name = "Levels"
company = "Levels"
currency = "USD"
time_zone = "UTC"

[activity]
measure = "qv"
minimum = 0

[kpis.pv]
label = "Own"
measure = "qv"

[ladder]
gauges = ["pv"]

[[ranks]]
code = "member"
name = "Member"
needs = []

[[bonuses]]
code = "b"
kind = "unilevel"
label = "B"
levels = ["10 %"]
"""


@given(companies())
@settings(max_examples=10)
def test_a_cent_is_told_with_person_bonus_and_line(company: Company) -> None:
    outcome = settled(LEVELS, company, Carried())
    [bonus] = outcome.settled
    if not bonus.lines.size:
        return
    changed = replace(bonus, amount=bonus.amount + (np.arange(bonus.lines.size) == 0))
    found = compare(replace(outcome, settled=(changed,)), LEVELS, RATES, Carried())
    person = company.people["code"][int(outcome.standings.place[bonus.lines.payee[0]])]
    order = company.orders["order_id"][int(bonus.lines.order[0])]
    [one] = found
    assert (one.person, one.bonus) == (person, "b")
    assert f"order {order}" in one.line
    assert one.ours != one.theirs


def test_a_difference_is_told_in_one_line() -> None:
    one = Difference("anna", "levels", "order o1, level 1", "12.50", "")
    assert one.told == "anna, levels, order o1, level 1: 12.50, by the second engine nothing"


@settings(max_examples=1_000 if FUZZ else 30)
@given(plans(), companies(), st.data())
def test_a_sample_has_the_same_lines_as_the_whole(text: str, company: Company, data: st.DataObject) -> None:
    outcome = settled(text, company, Carried())
    whole = settle(inputs(outcome, text, RATES, Carried()))
    people = frozenset(data.draw(st.sets(st.integers(0, company.people.height - 1), min_size=1)))
    part = settle(inputs(outcome, text, RATES, Carried()), people)
    assert [one for one in part.paid if one.line.payee in people] == [
        one for one in whole.paid if one.line.payee in people
    ]
