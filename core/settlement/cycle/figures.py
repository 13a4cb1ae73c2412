"""KPIs and ranks of a cycle, by the engine that runs live, from a company's files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray

from core.bonuses.arrays import Network
from core.bonuses.rules.ranked import holding
from core.calendar.model import Cycle
from core.calendar.rules import ends_year
from core.closing.rules import recorded_together
from core.forest import program as p
from core.forest.kernel import Flags, Grades, Indices, Ints
from core.forest.ordering import taken
from core.forest.sweep import column_of
from core.kpis.model import GRACE
from core.live.along import Along
from core.live.building import build
from core.live.calculation import compiled
from core.live.graced import reached
from core.live.picture import Picture, flags_of
from core.live.state import State
from core.live.windows import windows_of
from core.people.model import Kind, Status
from core.plan.model import Bonus, Condition, Honorary, Plan
from core.ranks.rules import conditions, grace
from core.settlement.cycle.buyers import brought_as
from core.settlement.cycle.looking_back import looked_back
from core.settlement.cycle.own import figure_of
from core.settlement.cycle.turns import counted_by
from core.settlement.model import PEOPLE, Carried, Company

T = TypeVar("T", bound=np.generic)
ACTIVE_DISTRIBUTOR = p.FIRST_KIND | p.WAKEABLE
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AlongPlaces:
    """KPIs along placement trees, by code."""

    figures: Mapping[str, Ints]
    """Everybody's, by place; before anybody's rank is known."""
    ranked: Mapping[str, Along]
    """Those that look at ranks, and wait to be told of them."""


@dataclass(frozen=True, slots=True)
class Standings:
    """Everybody's figures and ranks in one cycle."""

    plan: Plan
    cycle: Cycle
    state: State
    place: Ints
    """Places in `Company.people` by node."""
    node: Ints
    """Nodes by place; -1 for who stands in no tree."""
    network: Network
    misses: Ints
    """By node, how often in a row the title that was held before the cycle has been missed, this cycle included."""
    honorary: Grades
    """Honorary ranks by node."""
    reached: Grades
    """By node, the rank that own figures reach; somebody is paid by a higher one where she keeps that by grace."""
    grace: Ints
    """Cycles of grace that are left after the cycle, by rank that has grace and by node."""

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


def standings(
    company: Company,
    plan: Plan,
    cycle: Cycle,
    bonuses: Sequence[Bonus],
    carried: Carried,
    along: AlongPlaces,
) -> Standings:
    """Compute a cycle.

    Args:
        plan: with the calendar of the cycle as its main one.
        bonuses: those whose conditions will be asked for.
        along: as `core.settlement.cycle.placed_kpis` works them out; used up by it.
    """
    needed = [part for bonus in bonuses for part in (bonus.conditions, bonus.place)]
    needed += [cap.conditions for cap in plan.caps]
    asked = [one for part in (*needed, *(package.needs for package in plan.packages)) for one in conditions(part)]
    counting, span = counted_by(plan, cycle)
    calculation = compiled(counting, asked)
    windows = windows_of(calculation, span)
    there = present(company.people, cycle, ZoneInfo(plan.calendar.time_zone))
    past = past_of(company.people, plan, carried)
    given = {**along.figures, str(GRACE.kpi): grace.kept(plan, past.grace, past.titles).astype(np.int64)}
    given |= looked_back(company.people, counting, span, carried.paid)
    own = [of_those(figure_of(company, counting, figure, span, given), there) for figure in calculation.own]
    picture = Picture(
        persons=there,
        sponsors=sponsors(company.people["sponsor"].to_numpy(), there),
        flags=of_those(flags_by_place(company.people), there),
        titles=of_those(past.titles, there) if calculation.titled else np.zeros(0, np.int8),
        own=rows_of(own, len(there)),
    )
    following = ((row, along.ranked.get(one.kpi or "")) for row, one in enumerate(calculation.own))
    beside = {row: one for row, one in following if one is not None}
    state = build(calculation, span, windows, picture, spare=0, beside=beside)
    return _numbered(company.people, _packaged(_standings(company.people, plan, cycle, state, past)))


def present(people: pl.DataFrame, cycle: Cycle, zone: ZoneInfo) -> Indices:
    """Places of those who stand in the tree at the cycle's end: not terminated, and joined before."""
    late = cycle.period.end.astimezone(zone).date()
    if datetime.combine(late, time(), zone) < cycle.period.end:
        late += timedelta(days=1)
    stays = (people["status"] != Status.TERMINATED.value) & (people["joined_on"] < late)
    everybody = np.arange(len(stays), dtype=np.int32)
    return everybody if stays.all() else everybody[stays.to_numpy()]


def by_node(values: NDArray[T], place: Ints) -> NDArray[T]:
    """What is known by place; where nothing is, nothing is looked up, and the zeros take no room."""
    alone = values[:1] if values.strides == (0,) else values
    return values[place] if alone.any() else np.broadcast_to(values.dtype.type(0), len(place))


def rows_of(own: Sequence[Ints], count: int) -> Ints:
    """Figures of so many people, a row each; a single one is not copied."""
    return own[0][np.newaxis] if len(own) == 1 else np.array(own, np.int64).reshape(len(own), count)


def of_those(values: NDArray[T], there: Indices) -> NDArray[T]:
    """The values of these places, of which each stands there once and in order: none is copied when all do."""
    return values if len(there) == len(values) else values[there]


def sponsors(sponsor: Indices, there: Indices | Ints) -> Indices:
    """The sponsors of those who are there; whoever's is not goes to the nearest above who is.

    All ways up are halved again and again, so that a chain of a million who are not there takes twenty rounds.

    | sponsor by place | there   | found     |
    | ---------------- | ------- | --------- |
    | -1, 0, 1, 2      | 0, 3    | -1, 0     |
    | -1, 0, 1, 2      | 2, 3    | -1, 2     |
    """
    if len(there) == len(sponsor):
        return sponsor
    inside = np.zeros(len(sponsor), np.bool_)
    inside[there] = True
    nowhere = len(sponsor)
    up = np.append(np.where(inside, np.arange(nowhere), np.where(sponsor < 0, nowhere, sponsor)), nowhere)
    for _ in range(nowhere.bit_length()):
        up = up[up]
    nearest = np.where(sponsor[there] < 0, nowhere, up[sponsor[there]])
    return np.where(nearest == nowhere, -1, nearest).astype(np.int32)


def flags_by_place(people: pl.DataFrame) -> Flags:
    """What `flags_of` says of each."""
    kinds, statuses = (people[name].cast(PEOPLE[name]).to_physical().cast(pl.UInt8) for name in ("kind", "status"))
    found = np.array([[flags_of(kind.value, status.value) for status in Status] for kind in Kind], np.uint8)
    return taken(found.ravel(), (kinds * len(Status) + statuses).to_numpy())


@dataclass(frozen=True, slots=True)
class Past:
    """What was before the cycle, by place: titles, how often they were missed, the highest rank ever, honours."""

    titles: Grades
    misses: Ints
    highest: Grades
    honorary: Grades
    grace: Ints
    """Cycles of grace that are left, by rank that has grace and by place."""


def past_of(people: pl.DataFrame, plan: Plan, carried: Carried) -> Past:
    """As it was carried over; whoever was not has the title that she came with."""
    count = people.height
    no_grace = np.zeros((len(grace.graced(plan)), count), np.int64)
    if carried.ranks.is_empty():
        none, never = np.broadcast_to(np.int8(0), count), np.broadcast_to(np.int64(0), count)
        return Past(_grades(plan, people["career_rank"]), never, none, none, no_grace)
    known = carried.ranks.with_columns(pl.lit(value=True).alias("known"))
    joined = people.select("code", pl.col("career_rank").alias("came_with")).join(
        known, left_on="code", right_on="person_id", how="left", maintain_order="left"
    )
    title = pl.when(pl.col("known")).then(pl.col("career_rank")).otherwise(pl.col("came_with"))
    return Past(
        titles=_grades(plan, joined.select(title).to_series()),
        misses=joined["misses"].fill_null(0).to_numpy().astype(np.int64),
        highest=_grades(plan, joined["highest_rank"]),
        honorary=_grades(plan, joined["honorary_rank"]),
        grace=grace.read(plan, joined["grace"].to_list()) if grace.graced(plan) else no_grace,
    )


def _grades(plan: Plan, codes: pl.Series) -> Grades:
    """Places on the ladder; 0 for no rank, and for one that the ladder no longer has."""
    if codes.null_count() == len(codes):
        return np.zeros(len(codes), np.int8)
    ladder = {rank.code: place for place, rank in enumerate(plan.ranks, start=1)}
    return codes.replace_strict(ladder, default=0, return_dtype=pl.Int8).fill_null(0).to_numpy()


def in_cycle(orders: pl.DataFrame, start: datetime | None, end: datetime) -> pl.DataFrame:
    """Paid orders of a stretch of time, by their own time."""
    counted = pl.col("paid_at").is_not_null() & (pl.col("ordered_at") < microseconds(end))
    return orders.filter(counted if start is None else counted & (pl.col("ordered_at") >= microseconds(start)))


def _standings(people: pl.DataFrame, plan: Plan, cycle: Cycle, state: State, past: Past) -> Standings:
    place = state.persons.astype(np.int64)
    node = state.indices(slice(people.height)).astype(np.int64)
    if len(node) < people.height:
        node = np.append(node, np.full(people.height - len(node), -1, np.int64))
    ranks, before = state.ranks.copy(), by_node(past.titles, place)
    missed = by_node(past.misses, place)
    career, misses = (
        (np.maximum(before, ranks), missed) if plan.takes_titles else recorded_together(plan, ranks, before, missed)
    )
    flags = state.nodes.flags[: state.count]
    network = Network(
        parent=state.nodes.parent[: state.count].copy(),
        paid=ranks,
        career=career,
        before=before,
        ever=np.maximum(np.maximum(by_node(past.highest, place), before), np.maximum(career, ranks)),
        place=place,
        earns=(flags & ACTIVE_DISTRIBUTOR) == ACTIVE_DISTRIBUTOR,
        open=(flags & p.WAKEABLE) != 0,
        customer=(flags & p.SECOND_KIND) != 0,
        there=np.ones(len(place), np.bool_),
    )
    own = reached(state)
    return Standings(
        plan=plan,
        cycle=cycle,
        state=state,
        place=place,
        node=node,
        network=network,
        misses=misses,
        honorary=_honorary(plan, cycle, network, past),
        reached=own,
        grace=grace.left_after(plan, past.grace[:, place] if len(past.grace) else past.grace, before, own),
    )


def _packaged(found: Standings) -> Standings:
    """With everybody's package: the highest whose needs she meets."""
    if not found.plan.packages:
        return found
    package = np.zeros(found.network.size, np.int8)
    for place, one in enumerate(found.plan.packages, start=1):
        package[holding(one.needs, found.counted, found.network.size)] = place
    return replace(found, network=replace(found.network, package=package))


def _numbered(people: pl.DataFrame, found: Standings) -> Standings:
    """With the how-manieth everybody is whom her sponsor brought, among those of whom a bonus asks it."""
    asked = {bonus.orders.who for bonus in found.plan.bonuses if bonus.orders.by_number}
    if not asked:
        return found
    numbers = {who: brought_as(people, who)[found.place] for who in asked}
    return replace(found, network=replace(found.network, brought=numbers))


def _honorary(plan: Plan, cycle: Cycle, network: Network, past: Past) -> Grades:
    """As `core.ranks.rules.honorary_rank`, of everybody."""
    if plan.honorary is Honorary.HIGHEST:
        return np.asarray(network.ever)
    if plan.honorary is Honorary.LAST_OF_YEAR:
        return np.asarray(network.paid if ends_year(plan.calendar, cycle) else past.honorary[network.place])
    return np.zeros_like(network.paid)
