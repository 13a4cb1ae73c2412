"""KPIs that count earlier cycles, from what these left."""

import numpy as np
import polars as pl

from core.calendar.model import Cycle
from core.calendar.rules import codes_before
from core.forest.kernel import Ints
from core.plan.model import Plan
from core.ranks.rules import earlier
from core.ranks.rules.earlier import Earlier


def looked_back(people: pl.DataFrame, plan: Plan, cycle: Cycle, paid: pl.DataFrame) -> dict[str, Ints]:
    """Everybody's, by code of the KPI and by place.

    Args:
        plan, cycle: by which KPIs are counted.
        paid: as `core.settlement.model.PAID` says.
    """
    codes = codes_before(plan.calendar, cycle, earlier.cycles_back(plan))
    if not codes:
        return {}
    places = people.select("code", pl.int_range(pl.len(), dtype=pl.Int32).alias("place"))
    known = paid.filter(pl.col("cycle").is_in(codes)).join(places, left_on="person_id", right_on="code", how="inner")
    parts = known.partition_by("cycle", as_dict=True)
    none = known.clear()
    return earlier.figures(plan, [_found(plan, parts.get((code,), none)) for code in codes], people.height)


def _found(plan: Plan, rows: pl.DataFrame) -> Earlier:
    ladder = {rank.code: place for place, rank in enumerate(plan.ranks, start=1)}
    ranks = rows["rank"].replace_strict(ladder, default=0, return_dtype=pl.Int8).fill_null(0)
    added = earlier.read(plan, rows["reached"].to_list())
    return Earlier(rows["place"].to_numpy().astype(np.int32), ranks.to_numpy(), added)
