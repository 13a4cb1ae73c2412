"""Words of the expression language as columns of everybody in the tree."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from core.forest import program as p
from core.forest.kernel import Indices, Ints
from core.plan.expressions.columns import Texts
from core.settlement.cycle.figures import Standings
from core.settlement.model import Company


def column(name: str, company: Company, standings: Standings, last_day: date) -> Any:
    """A word's values by node.

    Args:
        last_day: of the cycle, in company time.
    """
    network = standings.network
    if name.startswith("kpi."):
        return standings.kpi(name.removeprefix("kpi."))
    if name == "person.joined_days":
        joined = company.people.select((pl.lit(last_day) - pl.col("joined_on")).dt.total_days()).to_series()
        return joined.to_numpy()[network.place]
    if name.startswith("person."):
        return _texts(company.people[name.removeprefix("person.")].gather(network.place))
    active = (standings.state.nodes.flags[: network.size] & p.AWAKE) != 0
    columns: dict[str, Callable[[], Any]] = {
        "rank": lambda: network.paid.astype(np.int64),
        "career_rank": lambda: network.career.astype(np.int64),
        "package": lambda: network.package.astype(np.int64),
        "active": lambda: active,
        "referred": lambda: network.parent >= 0,
        "referrals": lambda: _children(standings, np.ones(network.size, np.bool_)),
        "referrals_active": lambda: _children(standings, active),
    }
    return columns[name]()


def taken_of(column: Any, nodes: Indices) -> Any:
    """A word's values of some people."""
    return Texts(column.codes[nodes], column.words) if isinstance(column, Texts) else column[nodes]


def _children(standings: Standings, which: Any) -> Ints:
    """How many of these everybody sponsors."""
    network = standings.network
    above = network.parent[(network.parent >= 0) & which]
    return np.bincount(above, minlength=network.size).astype(np.int64)


def _texts(series: pl.Series) -> Texts:
    words = tuple(series.cast(pl.String).unique().sort().to_list())
    codes = series.cast(pl.String).cast(pl.Enum(words))
    return Texts(codes.to_physical().to_numpy().astype(np.int32), words)
