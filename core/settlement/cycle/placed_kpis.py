"""KPIs along placement trees, as `core.live.along` calculates them, from a company's files."""

from dataclasses import replace

import numpy as np

from core.calendar.model import Cycle
from core.forest.kernel import Indices
from core.live.along import HELD, Along
from core.live.circled import circled
from core.live.enrolled import calculation_along_places, laid_along
from core.live.picture import Picture
from core.live.windows import windows_of
from core.plan.model import KpiSpec, Plan
from core.settlement.cycle.figures import AlongPlaces, flags_by_place, past_of
from core.settlement.cycle.own import figure_of
from core.settlement.cycle.placement import Laid, laid_out
from core.settlement.cycle.turns import counted_by
from core.settlement.model import Carried, Company


def along_places(company: Company, plan: Plan, cycle: Cycle, carried: Carried) -> AlongPlaces:
    """Every KPI that goes along a placement tree; people are places in `Company.people`."""
    plan, cycle = counted_by(plan, cycle)
    wanted = [kpi for kpi in plan.kpis if kpi.on and kpi.along_places]
    trees = {name: laid_out(company, plan, cycle, name) for name in dict.fromkeys(kpi.tree for kpi in wanted)}
    waiting = dict.fromkeys(kpi.tree for kpi in wanted if kpi.waits_along_places)
    ring = circled([(_picture(company, trees[name]), trees[name].places) for name in waiting])
    found = {kpi.code: _along(company, plan, cycle, carried, kpi, trees[kpi.tree], ring) for kpi in wanted}
    figures = {}
    for code, one in found.items():
        people, values = one.figures()
        figures[code] = np.zeros(company.people.height, np.int64)
        figures[code][people] = values
    return AlongPlaces(figures, {code: one for code, one in found.items() if one.ranked})


def _picture(company: Company, laid: Laid) -> Picture:
    """Everybody with a place under whoever stands above; a hole is there and does nothing."""
    there = laid.there
    line = np.where(laid.places.line >= 0, there[laid.places.line], -1)
    return Picture(
        persons=there.astype(np.int32),
        sponsors=line.astype(np.int32),
        flags=np.where(laid.living, flags_by_place(company.people)[there], 0).astype(np.uint8),
        titles=np.zeros(0, np.int8),
        own=np.zeros((0, len(there)), np.int64),
    )


def _along(
    company: Company, plan: Plan, cycle: Cycle, carried: Carried, kpi: KpiSpec, laid: Laid, ring: Indices
) -> Along:
    calculation = calculation_along_places(plan, kpi)
    windows = windows_of(calculation, cycle)
    there = laid.there
    titles = np.where(laid.living, past_of(company.people, plan, carried).titles[there], 0).astype(np.int8)
    fixed = np.isin(there, ring) if kpi.waits_along_places else np.zeros(len(there), np.bool_)
    held = np.zeros(company.people.height, np.int64)
    held[there[fixed]] = titles[fixed]
    given = {HELD: held}
    own = [np.where(laid.living, figure_of(company, plan, one, cycle, given)[there], 0) for one in calculation.own]
    picture = replace(
        _picture(company, laid),
        titles=titles if calculation.titled else np.zeros(0, np.int8),
        own=np.array(own, np.int64).reshape(len(own), len(there)),
    )
    return laid_along(kpi, calculation, cycle, windows, picture, laid.places, fixed=fixed, spare=0)
