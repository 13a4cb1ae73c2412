"""The documented table of people with a rank, and how it follows what happens below."""

import pytest

from core.kernel.ids import PersonId
from core.live.state import State
from core.plan.model import Plan
from core.plan.reading import check
from tests.support.engine import state_of, volume_changed
from tests.support.plain import Human, Order

HEAD = """
[plan]
code = "x"
version = "1"
name = "X"
company = "X"
currency = "EUR"
time_zone = "UTC"
[volume]
scale = 0
[activity]
measure = "qv"
minimum = 0
[kpis.points]
label = "Points"
measure = "points"
[ladder]
gauges = ["points"]
[[ranks]]
code = "silver"
name = "Silver"
needs = [{ kpi = "points", minimum = 1 }]
[[ranks]]
code = "gold"
name = "Gold"
needs = [{ kpi = "points", minimum = 2 }]
"""
A, B, C, D, E = range(1, 6)


def network() -> dict[int, Human]:
    known = {A: (None, 0, 0), B: (A, 10, 1), C: (A, 20, 0), D: (A, 40, 2), E: (B, 80, 1)}
    return {
        person: Human(sponsor, orders=[Order(age=0, qv=qv, points=points)])
        for person, (sponsor, qv, points) in known.items()
    }


def plan_with(words: str) -> Plan:
    plan, problems = check(f'{HEAD}\n[kpis.it]\nlabel = "It"\n{words}\n')
    assert plan is not None, problems
    return plan


def of(person: int, state: State) -> int:
    return state.kpi(state.index_of(PersonId(person)), "it")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ('measure = "heads"\nover = "frontline"\nwith_rank = "silver"', 2),
        ('measure = "heads"\nover = "line"\nwith_rank = "silver"', 3),
        ('measure = "heads"\nover = "line"\nwith_rank = "silver"\ncap_per_leg = 1', 2),
        ('measure = "qv"\nover = "line"\nwith_rank = "silver"', 130),
        ('measure = "qv"\nover = "largest_leg"\nwith_rank = "silver"', 90),
        ('measure = "legs"\nleg_with_rank = "silver"', 2),
    ],
)
def test_the_documented_table_of_people_with_a_rank(words: str, value: int) -> None:
    assert of(A, state_of(plan_with(words), network())) == value


def test_who_reaches_the_rank_counts_at_once_and_not_where_she_stops_a_group() -> None:
    """c becomes Gold: one Silver more, and out of a group that ends at Golds."""
    found = []
    for more in ("", '\nstop_at_rank = "gold"'):
        state = state_of(plan_with(f'measure = "heads"\nover = "line"\nwith_rank = "silver"{more}'), network())
        before = of(A, state)
        for points in (1, 1):
            state.apply_volume(volume_changed(C, Order(age=0, points=points)))
            found.append((before, of(A, state)))
    assert found == [(3, 4), (3, 4), (2, 3), (2, 2)]


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ('measure = "heads"\nwith_rank = "silver"', "with_rank"),
        ('measure = "legs"\nleg_with_rank = "silver"\nwith_rank = "silver"', "with_rank"),
        ('measure = "heads"\nover = "line"\nwith_rank = "gold"\nstop_at_rank = "silver"', "with_rank"),
        ('measure = "heads"\nover = "line"\nwith_rank = "gold"\nstop_at_rank = "gold"', "with_rank"),
        ('measure = "heads"\nover = "line"\nwith_rank = "gold"\nwho = "distributors"', "who"),
        ('measure = "qv"\nover = "line"\nwith_rank = "gold"\ncustomer_share = "50 %"', "customer_share"),
        ('measure = "heads"\nover = "line"\nrank_basis = "career"', "rank_basis"),
    ],
)
def test_a_word_without_effect_beside_it_is_a_fault(words: str, word: str) -> None:
    plan, problems = check(f'{HEAD}\n[kpis.it]\nlabel = "It"\n{words}\n')
    assert plan is None
    assert [(problem.code, problem.facts["word"]) for problem in problems] == [("plan_word_useless", word)]


def test_a_rank_that_the_ladder_does_not_have_is_told() -> None:
    plan, problems = check(f'{HEAD}\n[kpis.it]\nlabel = "It"\nmeasure = "heads"\nover = "line"\nwith_rank = "glod"\n')
    assert (plan, [problem.code for problem in problems]) == (None, ["plan_name_unknown_near"])
