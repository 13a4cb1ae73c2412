"""Tables of ranks: gauges in, rung out."""

from itertools import product

import pytest

from core.forest.program import FAILS, HOLDS
from core.plan.model import (
    ActivitySpec,
    AllOf,
    AnyOf,
    CalendarKind,
    CalendarSpec,
    Condition,
    Measure,
    Plan,
    RankSpec,
    Requirement,
    TitleKeep,
    VolumeSpec,
)
from core.ranks.rules import allowed_rank, career_rank, conditions, gaps, holds, paid_rank, size, steps

GAUGES = ("pv", "gv", "customers", "distributors")


def ladder(table: str) -> list[RankSpec]:
    ranks = []
    for line in table.split("\n"):
        if line.strip():
            code, *minima = line.split()
            needs = tuple(Condition(kpi, int(minimum)) for kpi, minimum in zip(GAUGES, minima, strict=True))
            ranks.append(RankSpec(code, {"en": code}, AllOf(needs)))
    return ranks


#                            PV       GV   customers  distributors
LADDER = ladder("""
    gold                     100     1000          1             2
    diamond                  100     5000          5             4
    se                       150     9000          9             7
""")


def counted(standing: str) -> dict[str, int]:
    return dict(zip(GAUGES, map(int, standing.split()), strict=True))


@pytest.mark.parametrize(
    ("standing", "paid_as"),
    [
        ("180 5200 1 2", 1),  # seed 000: SE, Diamond, Gold, Gold is paid as Gold
        ("180 5200 5 4", 2),  # some phone calls later
        ("180 5200 0 2", 0),  # one empty gauge sinks the rest
        ("100 1000 1 2", 1),  # exactly on the line counts
        ("99 9999 9 9", 0),
        ("150 9000 9 7", 3),
    ],
)
def test_lowest_gauge_decides_the_rank(standing: str, paid_as: int) -> None:
    has = counted(standing)
    assert paid_rank(LADDER, lambda condition: has[condition.kpi]) == paid_as


@pytest.mark.parametrize(("kpi", "allows"), [("pv", 3), ("gv", 2), ("customers", 1), ("distributors", 1)])
def test_each_gauge_points_at_the_rank_that_it_alone_allows(kpi: str, allows: int) -> None:
    has = counted("180 5200 1 2")
    assert allowed_rank(LADDER, kpi, lambda condition: has[condition.kpi]) == allows


def test_gaps_say_what_is_missing_to_a_rank() -> None:
    has = counted("180 5200 1 2")
    assert [gap.missing for gap in gaps(LADDER[1], lambda condition: has[condition.kpi])] == [0, 0, 4, 2]


A, B, C = (Condition(code, 1) for code in "abc")


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        (AllOf((A, B)), [(0, 1, 1, FAILS), (1, 1, HOLDS, FAILS)]),
        (AnyOf((A, B)), [(0, 1, HOLDS, 1), (1, 1, HOLDS, FAILS)]),
        (AnyOf((A, AllOf((B, C)))), [(0, 1, HOLDS, 1), (1, 1, 2, FAILS), (2, 1, HOLDS, FAILS)]),
        (AllOf((AnyOf((A, B)), C)), [(0, 1, 2, 1), (1, 1, 2, FAILS), (2, 1, HOLDS, FAILS)]),
    ],
)
def test_requirements_become_jumps(requirement: Requirement, expected: list[tuple[int, ...]]) -> None:
    assert steps(requirement, [A, B, C].index) == expected


NESTED = AllOf((AnyOf((AllOf((A, B)), C)), AnyOf((B, AllOf((C, AnyOf((A, B))))))))


@pytest.mark.parametrize("truth", list(product((0, 1), repeat=3)))
def test_jumps_end_where_the_requirement_does(truth: tuple[int, ...]) -> None:
    table = steps(NESTED, [A, B, C].index)
    at = 0
    while at >= 0:
        value, minimum, then, otherwise = table[at]
        at = then if truth[value] >= minimum else otherwise
    assert (at == HOLDS) == holds(NESTED, lambda condition: truth[[A, B, C].index(condition)])
    assert size(NESTED) == len(table) == len(list(conditions(NESTED)))


def test_without_climbing_the_highest_rung_that_holds_is_paid() -> None:
    rungs = [RankSpec(part.kpi, {}, AllOf((part,))) for part in (A, B, C)]
    first_and_third = {"a": 1, "b": 0, "c": 1}
    assert paid_rank(rungs, lambda one: first_and_third[one.kpi]) == 1
    assert paid_rank(rungs, lambda one: first_and_third[one.kpi], must_climb=False) == 3


def plan_keeping(*keeps: tuple[TitleKeep, int]) -> Plan:
    ranks = [
        RankSpec(str(place), {}, AllOf((A,)), title_keep=keep, title_keep_cycles=cycles)
        for place, (keep, cycles) in enumerate(keeps)
    ]
    return Plan(
        code="x",
        version="1",
        name={},
        currency="EUR",
        language="en",
        volume=VolumeSpec("EUR"),
        calendars=(CalendarSpec("month", CalendarKind.MONTH, "UTC"),),
        kpis=(),
        ranks=tuple(ranks),
        gauges=(),
        activity=ActivitySpec(Measure.QV, 1),
    )


FOREVER, WHILE_PAID = (TitleKeep.FOREVER, 0), (TitleKeep.WHILE_PAID, 0)
SIX = (TitleKeep.CYCLES, 6)


@pytest.mark.parametrize(
    ("top", "before", "paid", "misses", "after"),
    [
        (FOREVER, 3, 4, 0, 4),
        (FOREVER, 3, 1, 9, 3),
        (SIX, 3, 1, 5, 3),
        (SIX, 3, 1, 6, 1),
        (WHILE_PAID, 3, 1, 1, 1),
        (WHILE_PAID, 3, 3, 0, 3),
    ],
)
def test_a_title_is_kept_as_the_plan_says(
    top: tuple[TitleKeep, int], before: int, paid: int, misses: int, after: int
) -> None:
    assert career_rank(plan_keeping(WHILE_PAID, WHILE_PAID, top, top), before, paid, misses) == after


def test_a_lost_title_falls_to_one_that_is_kept_for_ever() -> None:
    assert career_rank(plan_keeping(WHILE_PAID, FOREVER, WHILE_PAID), 3, 0, 1) == 2
