"""KPIs and ranks of a cycle, by the engine that runs live, from a company's files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from core.bonuses.arrays import Network
from core.calendar.model import Cycle
from core.calendar.rules import window_start
from core.closing.rules import recorded
from core.forest.kernel import Grades, Indices, Ints
from core.forest.sweep import column_of
from core.kernel.ids import PersonId
from core.live.building import build
from core.live.calculation import compiled
from core.live.picture import Picture, flags_of
from core.live.state import State
from core.orders.model import OrderKind
from core.people.model import Kind, Status
from core.plan.model import Bonus, Condition, Measure, Plan
from core.ranks.model import RecordedRank
from core.ranks.rules import conditions
from core.settlement.model import Carried, Company, Member

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Standings:
    """Everybody's figures and ranks in one cycle."""

    plan: Plan
    cycle: Cycle
    state: State
    place: Ints
    """Places in `Company.members` by node."""
    node: Ints
    """Nodes by place; -1 for who stands in no tree."""
    network: Network
    recorded: dict[int, RecordedRank]
    """What the cycle fixes, by place; who has neither rank nor title is absent."""

    def kpi(self, code: str) -> Ints:
        """A KPI of everybody, by node."""
        return self.state.column(code)

    def counted(self, condition: Condition) -> Ints:
        """What everybody has towards a condition."""
        calculation = self.state.calculation
        return column_of(calculation.program, self.state.nodes, calculation.counted[condition])


def microseconds(moment: datetime) -> int:
    """A moment as orders have theirs."""
    return round((moment - EPOCH).total_seconds()) * 1_000_000


def standings(company: Company, plan: Plan, cycle: Cycle, bonuses: Sequence[Bonus], carried: Carried) -> Standings:
    """Compute a cycle.

    Args:
        plan: with the calendar of the cycle as its main one.
        bonuses: those whose conditions will be asked for.
    """
    asked = [one for bonus in bonuses for part in (bonus.conditions, bonus.place) for one in conditions(part)]
    calculation = compiled(plan, asked)
    windows = [
        None if figure.cycles is None else window_start(plan.calendar, cycle, figure.cycles)
        for figure in calculation.own
    ]
    there = present(company.members, cycle, ZoneInfo(plan.calendar.time_zone))
    titles = titles_before(company.members, plan, carried)
    own = np.array(
        [
            _own(company, figure.measure, start, cycle)[there]
            for figure, start in zip(calculation.own, windows, strict=True)
        ],
        np.int64,
    ).reshape(len(calculation.own), len(there))
    members = [company.members[place] for place in there.tolist()]
    picture = Picture(
        persons=there.astype(np.int32),
        sponsors=_sponsors(company.members, there),
        flags=np.array([flags_of(one.kind, one.status) for one in members], np.uint8),
        titles=titles[there] if calculation.titled else np.zeros(0, np.int8),
        own=own,
    )
    state = build(calculation, cycle, windows, picture, spare=0)
    return _standings(company, plan, cycle, state, titles, carried)


def present(members: Sequence[Member], cycle: Cycle, zone: ZoneInfo) -> Ints:
    """Places of those who stand in the tree at the cycle's end: not terminated, and joined before."""
    found = [
        place
        for place, one in enumerate(members)
        if one.status != Status.TERMINATED.value and datetime.combine(one.joined_on, time(), zone) < cycle.period.end
    ]
    return np.array(found, np.int64)


def _sponsors(members: Sequence[Member], there: Ints) -> Indices:
    """Whoever's sponsor is not there goes to the nearest above who is."""
    places = {one.code: place for place, one in enumerate(members)}
    up = [places.get(one.sponsor or "", -1) for one in members]
    inside = set(there.tolist())
    found: dict[int, int] = {-1: -1}

    def nearest(place: int) -> int:
        passed = []
        while place not in found and place not in inside:
            passed.append(place)
            place = up[place]
        there_is = found.get(place, place)
        found.update(dict.fromkeys(passed, there_is))
        return there_is

    return np.array([nearest(up[place]) for place in there.tolist()], np.int32)


def titles_before(members: Sequence[Member], plan: Plan, carried: Carried) -> Grades:
    """Titles at the cycle's beginning as places on the ladder, by place in `members`."""
    codes = [carried.ranks[one.code][0] if one.code in carried.ranks else one.career_rank for one in members]
    return _grades(plan, codes)


def _grades(plan: Plan, codes: Sequence[str | None]) -> Grades:
    ladder = {rank.code: place for place, rank in enumerate(plan.ranks, start=1)}
    return np.array([ladder.get(code or "", 0) for code in codes], np.int8)


def in_cycle(orders: pl.DataFrame, start: datetime | None, end: datetime) -> pl.DataFrame:
    """Paid orders of a stretch of time, by their own time."""
    counted = pl.col("paid_at").is_not_null() & (pl.col("ordered_at") < microseconds(end))
    return orders.filter(counted if start is None else counted & (pl.col("ordered_at") >= microseconds(start)))


def _own(company: Company, measure: Measure, start: datetime | None, cycle: Cycle) -> Ints:
    """Everybody's own figure, by place."""
    own = np.zeros(len(company.members), np.int64)
    orders = in_cycle(company.orders, start, cycle.period.end)
    sale = (pl.col("kind") == OrderKind.SALE.value).cast(pl.Int64)
    figure = sale if measure is Measure.ORDERS else pl.col(measure.value)
    sums = orders.filter(pl.col("person") < len(own)).group_by("person").agg(figure.sum().alias("sum"))
    own[sums["person"].to_numpy()] = sums["sum"].to_numpy()
    return own


def _standings(
    company: Company,
    plan: Plan,
    cycle: Cycle,
    state: State,
    titles: Grades,
    carried: Carried,
) -> Standings:
    place = state.persons.astype(np.int64)
    node = np.full(len(company.members), -1, np.int64)
    node[place] = np.arange(len(place))
    ranks = state.ranks.copy()
    codes = [rank.code for rank in plan.ranks]
    before = {
        PersonId(at): RecordedRank(PersonId(at), None, carried.ranks[one.code][0], carried.ranks[one.code][1])
        for at, one in enumerate(company.members)
        if one.code in carried.ranks
    }
    held = {PersonId(at): codes[title - 1] for at, title in enumerate(titles.tolist()) if title}
    paid = {PersonId(at): rank for at, rank in zip(place.tolist(), ranks.tolist(), strict=True)}
    fixed = {int(one.person): one for one in recorded(plan, paid, held, before)}
    career = _grades(plan, [fixed[at].career_rank if at in fixed else None for at in place.tolist()])
    highest = [carried.ranks[one.code][2] if one.code in carried.ranks else None for one in company.members]
    ever = np.maximum.reduce([_grades(plan, highest)[place], titles[place], career, ranks])
    kinds = [company.members[at] for at in place.tolist()]
    earns = [one.kind == Kind.DISTRIBUTOR.value and one.status == Status.ACTIVE.value for one in kinds]
    network = Network(
        parent=state.nodes.parent[: state.count].copy(),
        paid=ranks,
        career=career,
        before=titles[place],
        ever=ever,
        place=place,
        earns=np.array(earns, np.bool_),
    )
    return Standings(plan, cycle, state, place, node, network, fixed)
