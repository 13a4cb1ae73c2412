"""KPIs along placement trees: the engine's KPI over a tree of places, before those of the sponsor tree are worked out.

| below her in the binary tree      | left | right | lesser_legs | line |
| --------------------------------- | ---- | ----- | ----------- | ---- |
| left 100 and 50 below, right 70   | 150  | 70    | 70          | 220  |
"""

from dataclasses import replace

import numpy as np

from core.bonuses.tree import add_up
from core.calendar.model import Cycle
from core.calendar.rules import window_start
from core.forest.kernel import Indices, Ints
from core.forest.layout import breadth_first
from core.live.building import build
from core.live.calculation import compiled
from core.live.picture import Picture
from core.live.state import State
from core.plan.model import AllOf, KpiSpec, Over, Plan
from core.settlement.cycle.figures import figure_of, flags_by_place, judged_figure, past_of
from core.settlement.cycle.placement import Laid, laid_out
from core.settlement.model import Carried, Company

SIDES = {Over.LEFT: 0, Over.RIGHT: 1}


def along_places(company: Company, plan: Plan, cycle: Cycle, carried: Carried) -> dict[str, Ints]:
    """Everybody's figure of every KPI that goes along a placement tree, by place in `Company.people`."""
    wanted = [kpi for kpi in plan.kpis if kpi.on and not kpi.live]
    trees = {name: laid_out(company, plan, cycle, name) for name in dict.fromkeys(kpi.tree for kpi in wanted)}
    return {kpi.code: _figure(company, plan, cycle, carried, kpi, trees[kpi.tree]) for kpi in wanted}


def _figure(company: Company, plan: Plan, cycle: Cycle, carried: Carried, kpi: KpiSpec, laid: Laid) -> Ints:
    side = SIDES.get(kpi.over)
    seen = replace(kpi, tree="sponsor") if side is None else replace(kpi, tree="sponsor", over=Over.OWN, level_to=0)
    state = _state(company, plan, cycle, carried, seen, laid)
    found = np.zeros(len(laid.there), np.int64)
    found[state.persons[: state.count]] = state.column(kpi.code)
    if side is not None:
        found = _below(found, laid.above, laid.slot, side)
    whole = np.zeros(company.people.height, np.int64)
    whole[laid.there] = np.where(laid.stands, found, 0)
    return whole


def _state(company: Company, plan: Plan, cycle: Cycle, carried: Carried, kpi: KpiSpec, laid: Laid) -> State:
    """Everybody with a place under whoever stands above; a hole is there and does nothing."""
    ladder = tuple(replace(rank, needs=AllOf(()), grace_cycles=0) for rank in plan.ranks)
    calculation = compiled(replace(plan, kpis=(kpi,), gauges=(), ranks=ladder))
    windows = [
        None if figure.cycles is None else window_start(plan.calendar, cycle, figure.cycles)
        for figure in calculation.own
    ]
    there = laid.there
    given = judged_figure(company, plan, cycle)
    own = [
        np.where(laid.living, figure_of(company, figure, start, cycle, given)[there], 0)
        for figure, start in zip(calculation.own, windows, strict=True)
    ]
    titles = past_of(company.people, plan, carried).titles[there]
    picture = Picture(
        persons=np.arange(len(there), dtype=np.int32),
        sponsors=laid.line,
        flags=np.where(laid.living, flags_by_place(company.people)[there], 0).astype(np.uint8),
        titles=titles if calculation.titled else np.zeros(0, np.int8),
        own=np.array(own, np.int64).reshape(len(own), len(there)),
    )
    return build(calculation, cycle, windows, picture, spare=0)


def _below(own: Ints, above: Indices, slot: Indices, side: int) -> Ints:
    """Everybody's sum over whoever stands on one side below her."""
    order, _, parent = breadth_first(np.maximum(above, -1).astype(np.int32))
    totals = own[order]
    add_up(parent, totals)
    whole = np.empty_like(totals)
    whole[order] = totals
    found = np.zeros_like(whole)
    there = np.flatnonzero((above >= 0) & (slot == side))
    found[above[there]] = whole[there]
    return found
