"""Everybody's own orders in a case, added up as far as they count."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import polars as pl

from core.settlement.second.days import DAY, Cycle
from core.settlement.second.model import Inputs
from core.settlement.second.people import WHOLE, Asked, People
from core.settlement.second.rounding import rounded


class Buying:
    """The `Own` of a case."""

    def __init__(self, inputs: Inputs, cycle: Cycle, people: People, scale: int) -> None:
        """`scale` is how many decimals volume has."""
        self.inputs, self.cycle, self.people, self.scale = inputs, cycle, people, scale
        self._known: dict[Asked, list[int]] = {}

    def __call__(self, asked: Asked) -> Sequence[int]:
        """Everybody's own figure, by place."""
        if asked.measure == "heads":
            return [1] * len(self.people.code)
        if asked not in self._known:
            self._known[asked] = self._summed(asked)
        return self._known[asked]

    def newcomers(self, days: int) -> list[bool]:
        """Who joined so many days before the end of the last day at most."""
        return [self.cycle.last < joined + days * DAY for joined in self.people.joined] if days else []

    def _summed(self, asked: Asked) -> list[int]:
        own, orders, kinds = [0] * len(self.people.code), self._counting(asked), self.people.kind
        if asked.minimum:
            orders = orders.filter(self._large(asked, orders))
        buyers = orders["person"].to_list()
        if asked.by_product:
            named = orders.select("order_id", "kind").iter_rows()
            figures = [self._of_lines(asked, asked.measure, name, kind) for name, kind in named]
        elif asked.measure == "orders":
            figures = [int(kind == "sale") for kind in orders["kind"].to_list()]
        else:
            figures = orders[asked.measure].to_list()
        if asked.customers != WHOLE:
            figures = [rounded(figure * asked.customers, "half_up") if kinds[person] == "customer" else figure
                       for person, figure in zip(buyers, figures, strict=True)]  # fmt: skip
        for person, figure in zip(buyers, figures, strict=True):
            own[person] += figure
        return own

    def _large(self, asked: Asked, orders: pl.DataFrame) -> pl.Series:
        """Which orders have as much QV as each must have by itself."""
        least = asked.minimum * 10**self.scale
        rows = orders.select("order_id", "kind", "qv").iter_rows()
        sizes = (self._of_lines(asked, "qv", name, kind) if asked.by_product else qv for name, kind, qv in rows)
        return pl.Series([size >= least for size in sizes], dtype=pl.Boolean)

    def _of_lines(self, asked: Asked, measure: str, order: str, kind: str) -> int:
        """What the lines of an order that count come to."""
        lines = [
            line
            for line in self._goods.get(order, ())
            if (not asked.products or line["sku"] in asked.products) and line["sku"] not in asked.without_products
        ]
        if measure == "orders":
            return int(kind == "sale" and bool(lines))
        return sum(int(line[measure]) for line in lines)

    def _counting(self, asked: Asked) -> pl.DataFrame:
        """The paid orders of the time that is asked for, and of the sort."""
        counts = pl.col("paid_at").is_not_null() & (pl.col("ordered_at") < self.cycle.end)
        if asked.days:
            first = self.cycle.last
            for _ in range(asked.days - 1):
                first -= DAY
            counts &= pl.col("ordered_at") >= self.cycle.moment(first)
        elif asked.since:
            first = self.cycle.last
            while f"{first:%m-%d}" not in asked.since:
                first -= DAY
            counts &= pl.col("ordered_at") >= self.cycle.moment(first)
        elif asked.cycles is not None:
            counts &= pl.col("ordered_at") >= self.cycle.before(asked.cycles - 1).start
        if asked.only != "all":
            first_ones = pl.col("order_id").is_in(self._firsts)
            counts &= first_ones if asked.only == "first" else ~first_ones
        known = pl.col("person") < len(self.people.code)
        columns = ["person", "kind" if asked.measure == "orders" else asked.measure]
        if asked.by_product or asked.minimum:
            columns = list(dict.fromkeys([*columns, "order_id", "kind", "qv"]))
        if not asked.within_days:
            return self.inputs.orders.lazy().filter(counts & known).select(columns).collect()
        found = self.inputs.orders.filter(counts & known).select(*columns, "ordered_at")
        ends = [self.cycle.moment(joined + asked.within_days * DAY) for joined in self.people.joined]
        pairs = found.select("person", "ordered_at").iter_rows()
        return found.filter(pl.Series([at < ends[person] for person, at in pairs], dtype=pl.Boolean))

    @cached_property
    def _firsts(self) -> list[str]:
        """Everybody's first paid sale ever."""
        found: dict[int, str] = {}
        columns = ("person", "order_id", "kind", "paid_at", "ordered_at")
        for person, name, kind, paid, at in self.inputs.orders.select(*columns).iter_rows():
            if kind == "sale" and paid is not None and at < self.cycle.end:
                found.setdefault(person, name)
        return list(found.values())

    @cached_property
    def _goods(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for line in self.inputs.lines.iter_rows(named=True):
            found.setdefault(line["order_id"], []).append(line)
        return found
