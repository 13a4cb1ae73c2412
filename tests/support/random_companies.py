"""Hypothesis strategies: plans over all that KPIs and ranks can say, companies of any shape, and things that happen."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from core.plan.model import (
    ActivitySpec,
    AllOf,
    AnyOf,
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
    Requirement,
    VolumeSpec,
    Who,
    Window,
)
from tests.support.plain import Human, Order

FIGURES = (Measure.CV, Measure.QV, Measure.ORDERS, Measure.POINTS, Measure.HEADS)
RANKS = ("bronze", "silver", "gold")
maybe = st.none() | st.sampled_from(RANKS)
amounts = st.integers(-60, 200)


@st.composite
def kpis(draw: st.DrawFn, code: str, before: list[str]) -> KpiSpec:
    """One KPI; it may look at legs by one of those declared before."""
    over = draw(st.sampled_from([one for one in Over if one not in (Over.LEFT, Over.RIGHT)]))  # these are of places
    legs = draw(st.integers(0, 2)) == 0
    level_from = draw(st.integers(0, 3))
    leg_kpi = draw(st.none() | st.sampled_from(before)) if legs and before else None
    return KpiSpec(
        code=code,
        label={"en": code},
        measure=Measure.LEGS if legs else draw(st.sampled_from(FIGURES)),
        over=over,
        level_from=level_from,
        level_to=draw(st.none() | st.integers(max(1, level_from), 4)),
        generation=draw(st.integers(0, 3)),
        generation_rank=draw(st.sampled_from(RANKS)),
        who=draw(st.sampled_from(Who)),
        active_only=draw(st.booleans()),
        include_self=draw(st.booleans()),
        floor=draw(st.sampled_from((0, 0, 40))),
        cap_per_leg=draw(st.none() | st.integers(1, 150)),
        stop_at_rank=draw(maybe),
        with_rank=draw(maybe) if not legs and over is not Over.OWN else None,
        rank_basis=draw(st.sampled_from(RankBasis)),
        leg_with_rank=draw(st.sampled_from((None, *RANKS, *RANKS))) if legs else None,
        leg_kpi=leg_kpi,
        leg_minimum=draw(st.integers(1, 150)) if leg_kpi else 0,
        leg_depth=draw(st.none() | st.integers(1, 3)),
        window=draw(st.sampled_from(Window)),
        cycles=draw(st.integers(1, 3)),
    )


@st.composite
def leg_caps(draw: st.DrawFn) -> LegCap:
    """A cap by percent of the requirement or of what there is, or a plain number."""
    percent = draw(st.none() | st.integers(1, 90).map(Decimal))
    absolute = draw(st.integers(1, 200)) if percent is None else None
    return LegCap(percent, absolute, draw(st.sampled_from(CapBase)), draw(st.booleans()))


@st.composite
def conditions(draw: st.DrawFn, declared: tuple[KpiSpec, ...]) -> Condition:
    kpi = draw(st.sampled_from(declared))
    caps = kpi.measure is not Measure.LEGS and kpi.over in (Over.LEVELS, Over.GENERATION) and kpi.cap_per_leg is None
    cap = draw(st.none() | leg_caps()) if caps else None
    high = 250 if kpi.measure in (Measure.CV, Measure.QV, Measure.POINTS) else 3
    return Condition(kpi.code, draw(st.integers(-5 if high > 3 else 0, high)), cap)


@st.composite
def requirements(draw: st.DrawFn, declared: tuple[KpiSpec, ...]) -> AllOf:
    """All of some conditions and groups of conditions."""
    one = conditions(declared)
    group = st.lists(one, min_size=1, max_size=3).map(tuple)
    path: st.SearchStrategy[Requirement] = st.one_of(one, group.map(AllOf))
    parts: st.SearchStrategy[Requirement] = st.one_of(one, st.lists(path, min_size=1, max_size=2).map(tuple).map(AnyOf))
    return AllOf(tuple(draw(st.lists(parts, min_size=1, max_size=3))))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of up to six KPIs and three ranks."""
    declared: list[KpiSpec] = []
    for number in range(draw(st.integers(1, 6))):
        declared.append(draw(kpis(f"k{number}", [kpi.code for kpi in declared])))
    ranks = [RankSpec(code, {"en": code}, draw(requirements(tuple(declared)))) for code in RANKS]
    return Plan(
        code="random",
        version="1",
        name={"en": "Random"},
        currency="EUR",
        language="en",
        volume=VolumeSpec("EUR"),
        calendars=(CalendarSpec("month", CalendarKind.MONTH, "UTC"),),
        kpis=tuple(declared),
        ranks=tuple(ranks),
        gauges=(),
        activity=ActivitySpec(draw(st.sampled_from((Measure.QV, Measure.ORDERS))), draw(st.integers(0, 60)), 1),
        must_climb=draw(st.booleans()),
    )


orders = st.builds(
    Order, age=st.integers(0, 3), cv=amounts, qv=amounts, points=st.integers(-5, 9), orders=st.integers(0, 1)
)


@st.composite
def newcomers(draw: st.DrawFn, people: list[int]) -> Human:
    """Somebody under one of these people: an early one, a late one or anybody, which makes bushes, chains and more."""
    near = draw(st.sampled_from(("anybody", "last", "first")))
    sponsor = {"anybody": draw(st.sampled_from(people)), "last": people[-1], "first": people[0]}[near]
    return Human(
        sponsor=sponsor,
        kind=draw(st.sampled_from(("distributor", "distributor", "customer"))),
        suspended=draw(st.integers(0, 5)) == 0,
        title=draw(st.integers(0, len(RANKS))),
        orders=draw(st.lists(orders, max_size=2)),
    )


@st.composite
def companies(draw: st.DrawFn, most: int = 14) -> dict[int, Human]:
    """People by number, from 1 on with gaps; the first is the root, now and then a company node."""
    people = {2: Human(None, kind=draw(st.sampled_from(("distributor", "company"))))}
    for number in range(draw(st.integers(0, most))):
        people[3 * number + 3] = draw(newcomers(list(people)))
    return people


@st.composite
def long_lines(draw: st.DrawFn) -> dict[int, Human]:
    """A line of thirty with hardly a branch, in which few have a title or much of an order."""
    people: dict[int, Human] = {1: Human(None)}
    for number in range(2, 32):
        sponsor = number - 1 if draw(st.integers(0, 30)) else draw(st.sampled_from(list(people)))
        qv = draw(st.sampled_from((0, 0, 0, 0, 20, 60, 150)))
        title = draw(st.sampled_from((0, 0, 0, 0, 0, 1, 2, 3)))
        people[number] = Human(sponsor, title=title, orders=[Order(age=0, cv=5, qv=qv)])
    return people


@dataclass
class Enrolled:
    person: int
    human: Human


@dataclass
class Ordered:
    person: int
    order: Order


@dataclass
class StatusChanged:
    person: int
    suspended: bool


Happening = Enrolled | Ordered | StatusChanged


@st.composite
def happenings(draw: st.DrawFn, company: dict[int, Human], most: int = 8) -> list[Happening]:
    """Things that happen to the company, in order; newcomers have no orders yet and no title."""
    people = list(company)
    found: list[Happening] = []
    for number in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(("enrolled", "ordered", "ordered", "status")))
        person = draw(st.sampled_from(people))
        if kind == "ordered":
            found.append(Ordered(person, draw(orders)))
        elif kind == "status":
            found.append(StatusChanged(person, draw(st.booleans())))
        else:
            human = draw(newcomers(people))
            human.orders, human.title = [], 0
            people.append(max(people) + 1 + number)
            found.append(Enrolled(people[-1], human))
    return found
