"""KPIs along placement trees, as `core.live.along` calculates them, from a company's files."""

import numpy as np

from core.calendar.model import Cycle
from core.forest.kernel import Ints
from core.live.enrolled import calculation_along_places, laid_along
from core.live.picture import Picture
from core.live.windows import windows_of
from core.plan.model import KpiSpec, Plan
from core.settlement.cycle.figures import flags_by_place, past_of
from core.settlement.cycle.own import figure_of
from core.settlement.cycle.placement import Laid, laid_out
from core.settlement.cycle.turns import counted_by
from core.settlement.model import Carried, Company


def along_places(company: Company, plan: Plan, cycle: Cycle, carried: Carried) -> dict[str, Ints]:
    """Everybody's figure of every KPI that goes along a placement tree, by place in `Company.people`."""
    plan, cycle = counted_by(plan, cycle)
    wanted = [kpi for kpi in plan.kpis if kpi.on and kpi.along_places]
    trees = {name: laid_out(company, plan, cycle, name) for name in dict.fromkeys(kpi.tree for kpi in wanted)}
    return {kpi.code: _figure(company, plan, cycle, carried, kpi, trees[kpi.tree]) for kpi in wanted}


def _figure(company: Company, plan: Plan, cycle: Cycle, carried: Carried, kpi: KpiSpec, laid: Laid) -> Ints:
    """Everybody with a place under whoever stands above; a hole is there and does nothing."""
    calculation = calculation_along_places(plan, kpi)
    windows = windows_of(calculation, cycle)
    there = laid.there
    own = [np.where(laid.living, figure_of(company, plan, figure, cycle, {})[there], 0) for figure in calculation.own]
    titles = past_of(company.people, plan, carried).titles[there]
    picture = Picture(
        persons=np.arange(len(there), dtype=np.int32),
        sponsors=laid.places.line,
        flags=np.where(laid.living, flags_by_place(company.people)[there], 0).astype(np.uint8),
        titles=titles if calculation.titled else np.zeros(0, np.int8),
        own=np.array(own, np.int64).reshape(len(own), len(there)),
    )
    people, figures = laid_along(kpi, calculation, cycle, windows, picture, laid.places, spare=0).figures()
    whole = np.zeros(company.people.height, np.int64)
    whole[there[people]] = figures
    return whole
