"""What bonuses ask of a cycle: the orders that each looks at, in what they are counted, where an expression holds."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from core.bonuses.arrays import Basis, Orders, Unit
from core.calendar.rules import company_midnight, cycle_at, following
from core.catalog.rules import RateTable
from core.forest import program as p
from core.forest.above import Marks
from core.forest.kernel import Ints
from core.kernel.money import minor_digits, round_half_up
from core.orders.model import OrderKind
from core.plan.expressions.evaluation import truths
from core.plan.model import Bonus, Condition
from core.plan.model import Unit as KpiUnit
from core.plan.model.terms import Conditional, FastStart
from core.settlement.figures import Standings, in_cycle, microseconds
from core.settlement.model import Company

FIGURES = {"cv": "cv", "qv": "qv", "price": "amount_minor", "points": "points"}
DAY = timedelta(days=1)


@dataclass(slots=True)
class CycleSource:
    """The `core.bonuses.registry.Source` of a cycle that is settled from files."""

    company: Company
    standings: Standings
    rates: RateTable
    bonuses: tuple[Bonus, ...]
    _counted: dict[Condition, Ints] = field(default_factory=dict)
    _frames: list[pl.DataFrame] = field(default_factory=list)
    _windows: dict[tuple[int, date], int] = field(default_factory=dict)

    def counted(self, condition: Condition) -> Ints:
        """What everybody has towards a condition."""
        if condition not in self._counted:
            self._counted[condition] = self.standings.counted(condition)
        return self._counted[condition]

    def kpi(self, code: str) -> Ints:
        """A KPI of everybody."""
        return self.standings.kpi(code)

    def orders(self, bonus: Bonus) -> Orders:
        """The cycle's orders that the bonus looks at, less those that another bonus keeps for itself."""
        found = self._chosen(bonus)
        excluded = [self._chosen(other) for other in self.bonuses if bonus.code in other.excludes]
        if excluded:
            found = found.filter(~pl.col("number").is_in(pl.concat([one["number"] for one in excluded]).to_list()))
        found = self._based(bonus, found)
        return Orders(
            buyer=self.standings.node[found["person"].to_numpy()].astype(np.int32),
            number=found["number"].to_numpy().astype(np.int32),
            base=found["base"].to_numpy().astype(np.int64),
            first=found["first"].to_numpy().astype(np.bool_),
        )

    def basis(self, bonus: Bonus) -> Basis:
        """CV, QV and KPIs at the plan's scale; money in minor units; points, orders and people by ones."""
        plan, base = self.standings.plan, bonus.base
        paid = self.unit(bonus)
        volume = base in ("cv", "qv") or any(kpi.code == base and kpi.unit is KpiUnit.VOLUME for kpi in plan.kpis)
        if volume:
            return Basis(plan.volume.scale, self.worth_of(plan.volume.currency, paid.code))
        if base == "price":
            return Basis(minor_digits(plan.currency), self.worth_of(plan.currency, paid.code))
        return Basis(0)

    def unit(self, bonus: Bonus) -> Unit:
        """The bonus's currency, or what else it pays."""
        if bonus.pays != "money":
            return Unit(bonus.pays)
        plan = self.standings.plan
        code = bonus.currency or plan.currency
        return Unit(code, minor_digits(code), Fraction(1))

    def holds(self, bonus: Bonus) -> Marks | None:
        """Where the expression of a rule holds, by node."""
        if not isinstance(bonus.terms, Conditional):
            return None
        names = bonus.terms.when.names
        return truths(bonus.terms.when, {name: self._word(name) for name in names}, self.standings.network.size)

    def worth(self, unit: Unit, paid: Unit) -> Fraction:
        """What one of a currency is worth in another on the cycle's last day."""
        return self.worth_of(unit.code, paid.code)

    def worth_of(self, source: str, target: str) -> Fraction:
        """Points and prizes have no currency: a unit of what they are a share of is one of them.

        Raises:
            RateMissing: nothing is known of the two currencies on the last day of the cycle or before.
        """
        if len(target) != 3 or len(source) != 3:
            return Fraction(1)
        return Fraction(self.rates.on(self.last_day, source, target))

    @property
    def last_day(self) -> date:
        """The cycle's last day in company time."""
        return (self.standings.cycle.period.end.astimezone(self.zone) - DAY / 2).date()

    @property
    def zone(self) -> ZoneInfo:
        """Company time."""
        return ZoneInfo(self.standings.plan.calendar.time_zone)

    def _all(self) -> pl.DataFrame:
        """The cycle's paid orders of people in the tree, with `number` among all orders and `first`."""
        if not self._frames:
            orders = self.company.orders.with_row_index("number")
            period = self.standings.cycle.period
            paid = in_cycle(orders, None, period.end)
            firsts = paid.filter(pl.col("kind") == OrderKind.SALE.value).unique("person", keep="first")["number"]
            found = in_cycle(paid, period.start, period.end)
            there = np.flatnonzero(self.standings.node >= 0).tolist()
            found = found.filter(pl.col("person").is_in(there))
            self._frames.append(found.with_columns(pl.col("number").is_in(firsts.to_list()).alias("first")))
        return self._frames[0]

    def _chosen(self, bonus: Bonus) -> pl.DataFrame:
        """The orders that pass the bonus's filters; with products, their other lines do not count."""
        orders, chosen = bonus.orders, self._all()
        if orders.only != "all":
            chosen = chosen.filter(pl.col("first") if orders.only == "first" else ~pl.col("first"))
        if orders.within_days is not None:
            chosen = self._within(
                chosen, [self._after(one.joined_on, orders.within_days) for one in self.company.members]
            )
        if isinstance(bonus.terms, FastStart):
            chosen = self._within(chosen, [self._window(bonus.terms, one.joined_on) for one in self.company.members])
        if orders.products or orders.without_products:
            kept = self._lines(bonus)["order_id"]
            chosen = chosen.filter(pl.col("order_id").is_in(kept.unique().to_list()))
        return chosen

    def _within(self, orders: pl.DataFrame, ends: list[int | None]) -> pl.DataFrame:
        """Orders before the end of their buyers' windows."""
        windows = pl.DataFrame(
            {"person": range(len(ends)), "until": ends}, schema={"person": pl.Int64, "until": pl.Int64}
        )
        joined = orders.join(windows, on="person", how="left", maintain_order="left")
        return joined.filter(pl.col("until").is_null() | (pl.col("ordered_at") < pl.col("until"))).drop("until")

    def _after(self, joined_on: date, days: int) -> int:
        """When a window of so many days from joining ends, the day of joining being the first."""
        return microseconds(datetime.combine(joined_on + days * DAY, time(), self.zone))

    def _window(self, terms: FastStart, joined_on: date) -> int | None:
        if terms.window_days is not None:
            return self._after(joined_on, terms.window_days)
        if terms.window_cycles is None:
            return None
        key = (terms.window_cycles, joined_on)
        if key not in self._windows:
            calendar = self.standings.plan.calendar
            cycle = cycle_at(calendar, company_midnight(calendar, joined_on))
            for _ in range(terms.window_cycles - 1):
                cycle = following(calendar, cycle)
            self._windows[key] = microseconds(cycle.period.end)
        return self._windows[key]

    def _lines(self, bonus: Bonus) -> pl.DataFrame:
        sku, lines = pl.col("sku"), self.company.lines
        if bonus.orders.products:
            lines = lines.filter(sku.is_in(list(bonus.orders.products)))
        return lines.filter(~sku.is_in(list(bonus.orders.without_products)))

    def _based(self, bonus: Bonus, orders: pl.DataFrame) -> pl.DataFrame:
        """With `base`: the figure of each order, or of those of its lines that count, and so much of it as counts."""
        if bonus.base not in FIGURES:
            sale = (pl.col("kind") == OrderKind.SALE.value).cast(pl.Int64)
            return orders.with_columns(sale.alias("base"))
        figure = FIGURES[bonus.base]
        if bonus.orders.products or bonus.orders.without_products:
            sums = self._lines(bonus).group_by("order_id").agg(pl.col(figure).sum().alias("base"))
            orders = orders.join(sums, on="order_id", how="left", maintain_order="left")
        else:
            orders = orders.with_columns(pl.col(figure).alias("base"))
        if figure == "amount_minor":
            orders = self._in_plan_currency(orders)
        return self._lessened(bonus, orders)

    def _lessened(self, bonus: Bonus, orders: pl.DataFrame) -> pl.DataFrame:
        """Where only a share of an order counts, its base is that share, rounded once."""
        share = np.full(orders.height, Fraction(bonus.orders.volume_counted) / 100, object)
        for other in self.bonuses:
            if isinstance(other.terms, FastStart) and other.code != bonus.code and other.terms.volume_for_others != 100:
                theirs = orders["number"].is_in(self._chosen(other)["number"].to_list()).to_numpy()
                share[theirs] *= Fraction(other.terms.volume_for_others) / 100
        if all(one == 1 for one in set(share.tolist())):
            return orders
        base = [round_half_up(one * part) for one, part in zip(orders["base"].to_list(), share.tolist(), strict=True)]
        return orders.with_columns(pl.Series("base", base, dtype=pl.Int64))

    def _in_plan_currency(self, orders: pl.DataFrame) -> pl.DataFrame:
        """Money of other currencies by the rate of the order's day, rounded once."""
        plan = self.standings.plan
        if set(orders["currency"].unique()) <= {plan.currency}:
            return orders
        days = pl.from_epoch(orders["ordered_at"], "us").dt.convert_time_zone(self.zone.key).dt.date()
        base = []
        for amount, currency, day in zip(orders["base"].to_list(), orders["currency"].to_list(), days, strict=True):
            worth = Fraction(self.rates.on(day, currency, plan.currency))
            scale = Fraction(10) ** (minor_digits(plan.currency) - minor_digits(currency))
            base.append(round_half_up(amount * worth * scale))
        return orders.with_columns(pl.Series("base", base, dtype=pl.Int64))

    def _word(self, name: str) -> Any:
        """A column of the expression language, by node."""
        standings, network = self.standings, self.standings.network
        if name.startswith("kpi."):
            return standings.kpi(name.removeprefix("kpi."))
        if name.startswith("person.") and name != "person.joined_days":
            members = [self.company.members[place] for place in standings.place.tolist()]
            return np.array([getattr(one, name.removeprefix("person.")) for one in members], object)
        active = (standings.state.nodes.flags[: network.size] & p.AWAKE) != 0
        above = network.parent[network.parent >= 0]
        columns = {
            "rank": lambda: network.paid.astype(np.int64),
            "career_rank": lambda: network.career.astype(np.int64),
            "active": lambda: active,
            "referred": lambda: network.parent >= 0,
            "referrals": lambda: np.bincount(above, minlength=network.size).astype(np.int64),
            "referrals_active": lambda: np.bincount(
                network.parent[(network.parent >= 0) & active], minlength=network.size
            ).astype(np.int64),
            "person.joined_days": self._joined_days,
        }
        return columns[name]()

    def _joined_days(self) -> Ints:
        last = self.last_day
        members = [self.company.members[place] for place in self.standings.place.tolist()]
        return np.array([(last - one.joined_on).days for one in members], np.int64)
