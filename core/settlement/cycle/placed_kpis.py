"""KPIs along placement trees, as `core.live.along` calculates them, from a company's files."""

import numpy as np

from core.calendar.model import Cycle
from core.calendar.rules import window_start
from core.forest.kernel import Ints
from core.live.enrolled import calculation_along_places, laid_along
from core.live.picture import Picture
from core.plan.model import KpiSpec, Plan
from core.settlement.cycle.figures import figure_of, flags_by_place, judged_figure, past_of
from core.settlement.cycle.placement import Laid, laid_out
from core.settlement.model import Carried, Company


def along_places(company: Company, plan: Plan, cycle: Cycle, carried: Carried) -> dict[str, Ints]:
    """Everybody's figure of every KPI that goes along a placement tree, by place in `Company.people`."""
    wanted = [kpi for kpi in plan.kpis if kpi.on and kpi.along_places]
    trees = {name: laid_out(company, plan, cycle, name) for name in dict.fromkeys(kpi.tree for kpi in wanted)}
    return {kpi.code: _figure(company, plan, cycle, carried, kpi, trees[kpi.tree]) for kpi in wanted}


def _figure(company: Company, plan: Plan, cycle: Cycle, carried: Carried, kpi: KpiSpec, laid: Laid) -> Ints:
    """Everybody with a place under whoever stands above; a hole is there and does nothing."""
    calculation = calculation_along_places(plan, kpi)
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
        sponsors=laid.places.line,
        flags=np.where(laid.living, flags_by_place(company.people)[there], 0).astype(np.uint8),
        titles=titles if calculation.titled else np.zeros(0, np.int8),
        own=np.array(own, np.int64).reshape(len(own), len(there)),
    )
    people, figures = laid_along(kpi, calculation, cycle, windows, picture, laid.places, spare=0).figures()
    whole = np.zeros(company.people.height, np.int64)
    whole[there[people]] = figures
    return whole
