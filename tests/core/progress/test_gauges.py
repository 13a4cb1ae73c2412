"""Where needles stand, which gauge decides, and what no gauge shows."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from core.plan.model import (
    ActivitySpec,
    AllOf,
    AnyOf,
    Condition,
    KpiSpec,
    LegCap,
    Measure,
    Over,
    Plan,
    RankSpec,
    VolumeSpec,
    Who,
)
from core.progress.rules.asked import asked_for
from core.progress.rules.gauges import gauges, marks_of, needs, target_of

PV = KpiSpec("pv", {"en": "PV"}, Measure.QV)
GV = KpiSpec("gv", {"en": "GV"}, Measure.QV, over=Over.LEVELS, level_from=0, level_to=None, include_self=True)
CUSTOMERS = KpiSpec(
    "customers", {"en": "C"}, Measure.HEADS, over=Over.LEVELS, level_from=1, level_to=1, who=Who.CUSTOMERS
)
LEGS = KpiSpec("legs", {"en": "Legs"}, Measure.LEGS, leg_with_rank="gold")
CAP = LegCap(percent=Decimal(60))


@dataclass
class Standing:
    """Figures by KPI; `capped` says what counts of GV after a leg cap."""

    pv: int
    gv: int
    customers: int
    legs: int = 0
    capped: int | None = None
    rank: int = 0
    conditions: list[Condition] = field(default_factory=list)

    def kpi(self, code: str) -> int:
        return int(getattr(self, code))

    def counted(self, condition: Condition) -> int:
        return self.capped if condition.leg_cap and self.capped is not None else self.kpi(condition.kpi)


def rank(code: str, *parts: Condition | AnyOf) -> RankSpec:
    return RankSpec(code, {"en": code.title()}, AllOf(parts))


def ladder(*, must_climb: bool = True) -> Plan:
    gold = rank("gold", Condition("pv", 100), Condition("gv", 1000), Condition("customers", 1))
    diamond = rank("diamond", Condition("pv", 100), Condition("gv", 5000, CAP), Condition("customers", 5))
    either = AnyOf((Condition("legs", 2), AllOf((Condition("legs", 1), Condition("gv", 12000)))))
    se = rank("se", Condition("pv", 150), Condition("gv", 9000, CAP), Condition("customers", 9), either)
    return Plan(
        code="test",
        version="1",
        name={"en": "Test"},
        currency="EUR",
        language="en",
        volume=VolumeSpec("EUR", scale=0),
        calendars=(),
        kpis=(PV, GV, CUSTOMERS, LEGS),
        ranks=(gold, diamond, se),
        gauges=("pv", "gv", "customers"),
        activity=ActivitySpec(Measure.QV, 50),
        must_climb=must_climb,
    )


@pytest.mark.parametrize(
    ("standing", "allowed", "deciding"),
    [
        (Standing(180, 5200, 1), ["se", "diamond", "gold"], {"customers"}),  # seed 000
        (Standing(100, 1000, 1), ["diamond", "gold", "gold"], {"gv", "customers"}),  # exactly on the line counts
        (Standing(180, 5200, 0), ["se", "diamond", None], {"customers"}),  # one empty gauge sinks the rest
        (Standing(0, 0, 0), [None, None, None], {"pv", "gv", "customers"}),
        (Standing(150, 9000, 9), ["se", "se", "se"], set()),  # nothing holds her down
        (Standing(180, 5200, 5, capped=4000), ["se", "gold", "diamond"], {"gv"}),  # most of it is one leg
    ],
)
def test_lowest_gauge_decides(standing: Standing, allowed: list[str | None], deciding: set[str]) -> None:
    plan = ladder()
    shown = gauges(plan, standing, plan.ranks[1])
    assert [gauge.rank for gauge in shown] == allowed
    assert {gauge.kpi for gauge in shown if gauge.decides} == deciding


def test_missing_is_counted_to_the_target() -> None:
    plan = ladder()
    shown = gauges(plan, Standing(120, 5200, 1), plan.ranks[2])
    assert [(gauge.needed, gauge.missing) for gauge in shown] == [(150, 30), (9000, 3800), (9, 8)]


def test_marks_are_what_each_rank_surely_asks() -> None:
    assert [(mark.rank, mark.minimum) for mark in marks_of(ladder(), "gv")] == [
        ("gold", 1000),
        ("diamond", 5000),
        ("se", 9000),
    ]
    assert marks_of(ladder(), "legs") == ()


def test_a_cap_is_told_only_where_it_lacks_more_than_the_needle_shows() -> None:
    plan = ladder()
    held = needs(plan, Standing(150, 5200, 5, capped=4000), plan.ranks[1])
    assert [(need.kpi, need.value, need.missing, need.leg_cap) for need in held] == [("gv", 4000, 1000, 3000)]
    assert needs(plan, Standing(150, 4000, 5, capped=4000), plan.ranks[1]) == ()


def test_ways_of_an_any_of_are_told_by_group_and_path() -> None:
    plan = ladder()
    told = needs(plan, Standing(150, 9000, 9, legs=1), plan.ranks[2])
    assert [(need.kpi, need.group, need.path, need.missing) for need in told] == [
        ("legs", 0, 0, 1),
        ("legs", 0, 1, 0),
        ("gv", 0, 1, 3000),
    ]


def test_the_next_rung_is_the_target_unless_one_is_named() -> None:
    plan = ladder()
    assert target_of(plan, Standing(0, 0, 0, rank=1), None) == plan.ranks[1]
    assert target_of(plan, Standing(0, 0, 0, rank=1), plan.ranks[2]) == plan.ranks[2]
    assert target_of(plan, Standing(0, 0, 0, rank=3), None) is None


def test_lower_rungs_are_asked_for_where_ranks_are_climbed() -> None:
    def asked(plan: Plan) -> list[tuple[str, int]]:
        return [(part.condition.kpi, part.condition.minimum) for part in asked_for(plan, plan.ranks[1])]

    assert asked(ladder()) == [("pv", 100), ("gv", 1000), ("customers", 5), ("gv", 5000)]
    assert asked(ladder(must_climb=False)) == [("pv", 100), ("gv", 5000), ("customers", 5)]
