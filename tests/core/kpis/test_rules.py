"""Worked tables of KPIs on one small network."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.kernel.ids import PersonId
from core.kpis.model import OwnFigure
from core.kpis.rules import cap_of, own_figures
from core.plan.model import (
    ActivitySpec,
    AllOf,
    CalendarKind,
    CalendarSpec,
    CapBase,
    Condition,
    KpiSpec,
    LegCap,
    Measure,
    Over,
    Plan,
    RankBasis,
    RankSpec,
    VolumeSpec,
    Who,
    Window,
)
from tests.support.engine import state_of
from tests.support.plain import Human, Order

QV, HEADS, LEGS = Measure.QV, Measure.HEADS, Measure.LEGS


def kpi(code: str, measure: Measure = QV, over: Over = Over.LEVELS, **words: object) -> KpiSpec:
    spec = KpiSpec(code, {"en": code}, measure, over, level_from=1, level_to=None)
    return replace(spec, **words)  # type: ignore[arg-type]  # words are the spec's own


def plan_of(*kpis: KpiSpec, needs: tuple[Condition, ...] = (Condition("silver_asks", 100),)) -> Plan:
    asked = kpi("silver_asks", over=Over.OWN)
    return Plan(
        code="x",
        version="1",
        name={},
        currency="EUR",
        language="en",
        volume=VolumeSpec("EUR"),
        calendars=(CalendarSpec("month", CalendarKind.MONTH, "UTC"),),
        kpis=(asked, *kpis),
        ranks=(RankSpec("silver", {}, AllOf(needs)),),
        gauges=(),
        activity=ActivitySpec(QV, 50),
    )


def network(drawing: str) -> dict[int, Human]:
    """Lines `number qv`, indented under the sponsor; a number in parentheses is a customer."""
    people: dict[int, Human] = {}
    above: list[tuple[int, int]] = []
    for line in filter(str.strip, drawing.splitlines()):
        indent = len(line) - len(line.lstrip())
        number, qv = line.split()
        above = [(column, person) for column, person in above if column < indent]
        sponsor = above[-1][1] if above else None
        kind = "customer" if number.startswith("(") else "distributor"
        person = int(number.strip("()"))
        people[person] = Human(sponsor, kind, orders=[Order(age=0, qv=int(qv))] if int(qv) else [])
        above.append((indent, person))
    return people


#  Silver from 100 of one's own: 3, 5 and 7. Active from 50: 2, 3, 5, 7 and the customer 8.
NETWORK = network("""
    1 10
      2 60
        3 100
          4 20
      5 150
        6 0
        (8) 50
      7 100
""")


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        (kpi("own", over=Over.OWN), 10),
        (kpi("line"), 480),
        (kpi("line with self", include_self=True), 490),
        (kpi("frontline", level_to=1), 310),
        (kpi("level 2", level_from=2, level_to=2), 150),
        (kpi("from level 2", level_from=2), 170),
        (kpi("levels 2 to 3", level_from=2, level_to=3), 170),
        (kpi("customers", who=Who.CUSTOMERS), 50),
        (kpi("customers, with self", who=Who.CUSTOMERS, include_self=True), 60),
        (kpi("active", active_only=True), 460),
        (kpi("from 60 on", floor=60), 410),
        (kpi("at most 170 a leg", cap_per_leg=170), 440),
        (kpi("largest leg", over=Over.LARGEST_LEG), 200),
        (kpi("lesser legs", over=Over.LESSER_LEGS), 280),
        (kpi("lesser legs, with self", over=Over.LESSER_LEGS, include_self=True), 290),
        (kpi("personal group", stop_at_rank="silver", include_self=True), 70),
        (kpi("generation 0", over=Over.GENERATION, generation_rank="silver"), 60),
        (kpi("generation 1", over=Over.GENERATION, generation_rank="silver", generation=1), 420),
        (kpi("heads", HEADS), 7),
        (kpi("active distributors", HEADS, who=Who.DISTRIBUTORS, active_only=True), 4),
        (kpi("silvers", HEADS, with_rank="silver"), 3),
        (kpi("silvers, herself too", HEADS, with_rank="silver", include_self=True), 4),
        (kpi("silvers in front", HEADS, level_to=1, with_rank="silver"), 2),
        (kpi("silvers on level 2", HEADS, level_from=2, level_to=2, with_rank="silver"), 1),
        (kpi("volume of silvers", with_rank="silver"), 350),
        (kpi("at most 120 of silvers a leg", with_rank="silver", cap_per_leg=120), 320),
        (kpi("largest leg of silvers", over=Over.LARGEST_LEG, with_rank="silver"), 150),
        (kpi("lesser legs of silvers", over=Over.LESSER_LEGS, with_rank="silver"), 200),
        (kpi("leaders", HEADS, Over.GENERATION, generation_rank="silver", generation=1, with_rank="silver"), 3),
        (kpi("titled", HEADS, with_rank="silver", rank_basis=RankBasis.CAREER), 0),
        (kpi("legs", LEGS), 3),
        (kpi("active legs", LEGS, active_only=True), 3),
        (kpi("legs with a silver", LEGS, leg_with_rank="silver"), 3),
        (kpi("silver in front", LEGS, leg_with_rank="silver", leg_depth=1), 2),
        (kpi("silver two deep", LEGS, leg_with_rank="silver", leg_depth=2), 3),
        (kpi("legs of 60 on", LEGS, leg_kpi="silver_asks", leg_minimum=70), 2),
        (kpi("both", LEGS, leg_with_rank="silver", leg_kpi="silver_asks", leg_minimum=60), 3),
    ],
)
def test_a_declared_kpi_has_the_value_of_its_definition(spec: KpiSpec, value: int) -> None:
    state = state_of(plan_of(spec), NETWORK)
    assert state.kpi(state.index_of(PersonId(1)), spec.code) == value


#  Silver is 5 alone, four levels below 1.
DEEP = network("""
    1 0
      2 0
        3 0
          4 0
            5 100
      6 0
""")


@pytest.mark.parametrize(
    ("depth", "legs"), [(None, [1, 1, 1, 1, 0, 0]), (1, [0, 0, 0, 1, 0, 0]), (3, [0, 1, 1, 1, 0, 0])]
)
def test_a_leg_is_looked_through_as_deep_as_the_plan_says(depth: int | None, legs: list[int]) -> None:
    state = state_of(plan_of(kpi("legs", LEGS, leg_with_rank="silver", leg_depth=depth)), DEEP)
    assert [state.kpi(state.index_of(PersonId(person)), "legs") for person in DEEP] == legs


@pytest.mark.parametrize("basis", RankBasis)
def test_a_boundary_deep_below_stops_all_that_is_deeper(basis: RankBasis) -> None:
    people = {person: replace(human, title=int(person == 3)) for person, human in DEEP.items()}
    state = state_of(plan_of(kpi("group", HEADS, stop_at_rank="silver", rank_basis=basis)), people)
    assert state.kpi(0, "group") == {RankBasis.PAID: 4, RankBasis.CAREER: 2}[basis]


@pytest.mark.parametrize(("window", "cycles", "value"), [("cycles", 1, 1), ("cycles", 2, 3), ("cumulative", 1, 7)])
def test_a_window_adds_up_the_cycles_before(window: str, cycles: int, value: int) -> None:
    people = {1: Human(None, orders=[Order(age=0, qv=1), Order(age=1, qv=2), Order(age=3, qv=4)])}
    state = state_of(plan_of(kpi("own", over=Over.OWN, window=Window(window), cycles=cycles)), people)
    assert state.kpi(0, "own") == value


def test_returns_take_volume_away_without_a_floor() -> None:
    people = {1: Human(None), 2: Human(1, orders=[Order(age=0, qv=-30, orders=0)])}
    state = state_of(plan_of(kpi("line"), kpi("orders", Measure.ORDERS)), people)
    assert (state.kpi(0, "line"), state.kpi(0, "orders")) == (-30, 0)


REQUIREMENT = LegCap(Decimal(80))
ACTUAL = LegCap(Decimal(50), base=CapBase.ACTUAL)


@pytest.mark.parametrize(
    ("cap", "minimum", "own", "legs", "counts"),
    [
        (LegCap(Decimal(80), own_too=True), 20000, 4800, (600, 19000, 1200, 1800), 24400),  # Be Infinity, RRC-3
        (REQUIREMENT, 1000, 0, (900, 100), 900),
        (LegCap(absolute=300), 1000, 500, (900, 100), 900),
        (ACTUAL, 1000, 0, (900, 100), 600),  # half of 1000, and 100
        (ACTUAL, 1000, 200, (900, 100), 900),  # 200 of her own, half of 1200, and 100
        (replace(ACTUAL, own_too=True), 1000, 900, (100,), 600),
        (ACTUAL, 1000, 0, (), 0),
    ],
)
def test_leg_caps_count_only_so_much_of_a_leg(
    cap: LegCap, minimum: int, own: int, legs: tuple[int, ...], counts: int
) -> None:
    people = {1: Human(None, orders=[Order(age=0, qv=own)])}
    for number, qv in enumerate(legs, start=2):
        people[number] = Human(1, orders=[Order(age=0, qv=qv)])
    condition = Condition("gv", minimum, cap)
    state = state_of(plan_of(kpi("gv", include_self=True), needs=(condition,)), people)
    assert state.counted(0, condition) == counts
    assert state.rank(0) == int(counts >= minimum)


@pytest.mark.parametrize(("minimum", "percent", "cap"), [(20000, 80, 16000), (5, 50, 3), (3, 50, 2), (100, 33, 33)])
def test_a_cap_is_rounded_half_up(minimum: int, percent: int, cap: int) -> None:
    assert cap_of(minimum, LegCap(Decimal(percent))) == cap


def test_each_own_figure_is_kept_once() -> None:
    plan = plan_of(kpi("a"), kpi("b", include_self=True), kpi("c", cycles=2), kpi("d", HEADS), kpi("e", Measure.CV))
    assert own_figures(plan) == (OwnFigure(QV, 1), OwnFigure(QV, 2), OwnFigure(Measure.CV, 1))
