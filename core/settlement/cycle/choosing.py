"""Which of a cycle's orders a bonus looks at, and how much of each counts for it. Columns are worked on as a whole."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from core.bonuses.rules.amounts import product
from core.bonuses.rules.ranked import bringing
from core.bonuses.rules.rounding import rounded
from core.calendar.rules import company_midnight, cycle_at, following
from core.catalog.rules import RateTable
from core.forest.kernel import Indices, Ints
from core.kernel.money import minor_digits
from core.orders.model import OrderKind
from core.plan.model import Bonus, CapSpec
from core.plan.model.terms import FastStart, FirstOrder
from core.settlement.cycle.buyers import up_to
from core.settlement.cycle.figures import Standings, in_cycle, microseconds
from core.settlement.cycle.firsts import first_sales
from core.settlement.model import Company
from core.settlement.rules.returning import names_orders

MONEY = {"price": "amount_minor", "margin": "margin_minor"}
FIGURES = {"cv": "cv", "qv": "qv", "points": "points", "pieces": "pieces", **MONEY}
PIECES = "pieces"
"""What lines alone have; volume corrected by hand has none."""
DAY = timedelta(days=1)
NO_END = np.iinfo(np.int64).max
"""The end of a window that has none."""


@dataclass(slots=True)
class Choosing:
    """The orders of one cycle, as each bonus sees them."""

    company: Company
    standings: Standings
    rates: RateTable
    bonuses: tuple[Bonus, ...]
    late: frozenset[str] = frozenset()
    """Orders of earlier cycles whose volume binary bonuses take in this one."""
    _frames: dict[str, pl.DataFrame] = field(default_factory=dict)

    def of(self, bonus: Bonus) -> pl.DataFrame:
        """The orders that the bonus looks at, less those that another keeps for itself.

        Returns:
            `number`, `person` (places), `base`, `first` and `kind`, by number.
        """
        found = self._seen(bonus, self._chosen(bonus))
        for other in self.bonuses:
            if bonus.code in other.excludes:
                found = found.join(self._kept(other).select("number"), on="number", how="anti", maintain_order="left")
        return self._based(bonus, found)

    def _seen(self, bonus: Bonus, orders: pl.DataFrame) -> pl.DataFrame:
        """Without returns, where these charge its lines back."""
        charged = self.standings.plan.returns is not None and names_orders(bonus)
        return orders.filter(pl.col("kind") != OrderKind.RETURN.value) if charged else orders

    def all_of_cycle(self) -> pl.DataFrame:
        """The cycle's paid orders of people in the tree, by number; orders are numbered in their turn."""
        return self._all()

    def _kept(self, bonus: Bonus) -> pl.DataFrame:
        """The orders that a bonus with `excludes` keeps for itself: those that it pays."""
        chosen = self._chosen(bonus)
        if not isinstance(bonus.terms, FirstOrder) or not bonus.terms.minimum_order:
            return chosen
        least = bonus.terms.minimum_order.scaleb(self._decimals(bonus))
        return self._based(bonus, chosen).filter(pl.col("base") >= ceil(least))

    @property
    def zone(self) -> ZoneInfo:
        """Company time."""
        return ZoneInfo(self.standings.plan.calendar.time_zone)

    def _all(self, late: frozenset[str] = frozenset()) -> pl.DataFrame:
        """The cycle's paid orders of people in the tree, and late ones, with `number` among all orders and `first`."""
        name = "late" if late else ""
        if name not in self._frames:
            period = self.standings.cycle.period
            own = pl.col("ordered_at") >= microseconds(period.start)
            self._frames[name] = self._up_to_now(own | pl.col("order_id").is_in(list(late)) if late else own)
        return self._frames[name]

    def _up_to_now(self, which: pl.Expr) -> pl.DataFrame:
        """Some of all paid orders up to the cycle's end, of people in the tree."""
        there = pl.Series("there", self.standings.node >= 0)
        orders = in_cycle(self.company.orders.with_row_index("number"), None, self.standings.cycle.period.end)
        found = orders.with_columns(pl.Series("first", first_sales(orders))).filter(which)
        return found.filter(there.gather(found["person"]))

    def _chosen(self, bonus: Bonus) -> pl.DataFrame:
        """The orders that pass the bonus's filters; with products, their other lines do not count."""
        if bonus.code not in self._frames:
            late = self.late if bonus.kind == "binary" else frozenset[str]()
            self._frames[bonus.code] = self._filtered(bonus, self._all(late))
        return self._frames[bonus.code]

    def _filtered(self, bonus: Bonus, chosen: pl.DataFrame) -> pl.DataFrame:
        orders = bonus.orders
        if orders.only != "all":
            chosen = chosen.filter(pl.col("first") if orders.only == "first" else ~pl.col("first"))
        if orders.by_person:
            theirs = bringing(self.standings.plan, bonus, self.standings.network)
            chosen = chosen.filter(theirs[self.standings.node[chosen["person"].to_numpy()]])
        if orders.within_days is not None:
            days = orders.within_days
            chosen = self._within(chosen, {day: self._after(day, days) for day in self._days()})
        if orders.after_days is not None:
            days = orders.after_days
            chosen = self._within(chosen, {day: self._after(day, days) for day in self._days()}, later=True)
        terms = bonus.terms
        if isinstance(terms, FirstOrder) or (isinstance(terms, FastStart) and terms.once):
            chosen = chosen.filter(pl.col("first"))
        if isinstance(terms, FastStart):
            chosen = self._within(chosen, {day: self._window(terms, day) for day in self._days()})
        if orders.products or orders.without_products:
            kept = self._lines(bonus).select("order_id").unique()
            chosen = chosen.join(kept, on="order_id", how="semi", maintain_order="left")
        return chosen.filter(self._large(bonus, chosen)) if orders.minimum else chosen

    def _large(self, bonus: Bonus, orders: pl.DataFrame) -> pl.Series:
        """Which have as much QV, or took as much back, as each must have by itself."""
        size = orders["qv"]
        if bonus.orders.products or bonus.orders.without_products:
            sums = self._lines(bonus).group_by("order_id").agg(pl.col("qv").sum().alias("size"))
            size = orders.join(sums, on="order_id", how="left", maintain_order="left")["size"]
        return size.abs() >= ceil(bonus.orders.minimum.scaleb(self.standings.plan.volume.scale))

    def _days(self) -> list[date]:
        """All days on which somebody joined."""
        return self.company.people["joined_on"].unique().to_list()

    def _within(self, orders: pl.DataFrame, ends: dict[date, int], *, later: bool = False) -> pl.DataFrame:
        """Orders before the end of their buyers' windows, or `later`, which her day of joining decides."""
        until = self.company.people["joined_on"].replace_strict(ends, return_dtype=pl.Int64)
        before = orders["ordered_at"] < until.gather(orders["person"])
        return orders.filter(~before if later else before)

    def _after(self, joined_on: date, days: int) -> int:
        """When a window of so many days from joining ends, the day of joining being the first."""
        return microseconds(datetime.combine(joined_on + days * DAY, time(), self.zone))

    def _window(self, terms: FastStart, joined_on: date) -> int:
        if terms.window_days is not None:
            return self._after(joined_on, terms.window_days)
        if terms.window_cycles is None:
            return NO_END
        calendar = self.standings.plan.calendar
        cycle = cycle_at(calendar, company_midnight(calendar, joined_on))
        for _ in range(terms.window_cycles - 1):
            cycle = following(calendar, cycle)
        return microseconds(cycle.period.end)

    def _lines(self, bonus: Bonus) -> pl.DataFrame:
        sku, lines = pl.col("sku"), self.company.lines
        if bonus.orders.products:
            lines = lines.filter(sku.is_in(list(bonus.orders.products)))
        return lines.filter(~sku.is_in(list(bonus.orders.without_products)))

    def _based(self, bonus: Bonus, orders: pl.DataFrame) -> pl.DataFrame:
        """With `base`: the figure of each order, or of those of its lines that count, and so much of it as counts."""
        orders = self._capped(bonus, orders) if bonus.orders.buyer_cap is not None else self._whole(bonus, orders)
        orders = self._lessened(bonus, orders) if bonus.base in FIGURES else orders
        return orders.select("number", "person", "base", "first", "kind")

    def _capped(self, bonus: Bonus, orders: pl.DataFrame) -> pl.DataFrame:
        """With so much as `base` as counts of each, after all that its buyer ordered in her stretch before it."""
        within, least = bonus.orders.buyer_cap_in, bonus.orders.buyer_cap
        assert least is not None, "a bonus with a buyer's cap"
        known = self._all() if within == "cycle" else self._up_to_now(pl.lit(value=True))
        whole = self._whole(bonus, self._seen(bonus, self._filtered(bonus, known)))
        cap = int(least.scaleb(self._decimals(bonus)))
        found = up_to(whole, cap, within, self.company.people["joined_on"], self.zone)
        capped = orders.join(found.select("number", "base"), on="number", how="left", maintain_order="left")
        return capped.with_columns(pl.col("base").fill_null(0))

    def _decimals(self, bonus: Bonus) -> int:
        """Of the base's figures."""
        plan = self.standings.plan
        scales = dict.fromkeys(MONEY, minor_digits(plan.currency)) | {"cv": plan.volume.scale, "qv": plan.volume.scale}
        return scales.get(bonus.base, 0)

    def _whole(self, bonus: Bonus, orders: pl.DataFrame) -> pl.DataFrame:
        """With `base`: the figure of each order, or of those of its lines that count."""
        if bonus.base not in FIGURES:
            sale = (pl.col("kind") == OrderKind.SALE.value).cast(pl.Int64)
            return orders.with_columns(sale.alias("base"))
        figure = FIGURES[bonus.base]
        if figure == PIECES or bonus.orders.products or bonus.orders.without_products:
            sums = self._lines(bonus).group_by("order_id").agg(pl.col(figure).sum().alias("base"))
            orders = orders.join(sums, on="order_id", how="left", maintain_order="left")
            orders = orders.with_columns(pl.col("base").fill_null(0)) if figure == PIECES else orders
        else:
            orders = orders.with_columns(pl.col(figure).alias("base"))
        if bonus.base in MONEY:
            orders = self._in_plan_currency(orders)
        return orders

    def _lessened(self, bonus: Bonus, orders: pl.DataFrame) -> pl.DataFrame:
        """Where only a share of an order counts, its base is that share, rounded once; a cap looks at all of it."""
        if isinstance(bonus.terms, CapSpec):
            return orders
        which, shares = np.zeros(orders.height, np.int32), [Fraction(bonus.orders.volume_counted) / 100]
        for other in self.bonuses:
            if isinstance(other.terms, FastStart) and other.code != bonus.code and other.terms.volume_for_others != 100:
                theirs = orders["number"].is_in(self._chosen(other)["number"].implode()).to_numpy()
                which[theirs] += len(shares)
                part = Fraction(other.terms.volume_for_others) / 100
                shares += [share * part for share in shares]
        return orders if set(shares) == {Fraction(1)} else _scaled(orders, which, shares)

    def _in_plan_currency(self, orders: pl.DataFrame) -> pl.DataFrame:
        """Money of other currencies by the rate of the order's day, rounded once."""
        plan = self.standings.plan
        if set(orders["currency"].unique()) <= {plan.currency}:
            return orders
        day = pl.from_epoch("ordered_at", "us").dt.convert_time_zone(self.zone.key).dt.date()
        orders = orders.with_columns(day.alias("day"))
        pairs = orders.select("day", "currency").unique(maintain_order=True).with_row_index("pair")
        factors = [
            Fraction(self.rates.on(on, currency, plan.currency))
            * Fraction(10) ** (minor_digits(plan.currency) - minor_digits(currency))
            for _, on, currency in pairs.iter_rows()
        ]
        which = orders.join(pairs, on=["day", "currency"], how="left", maintain_order="left")["pair"]
        return _scaled(orders, which.to_numpy().astype(np.int32), factors)


def _scaled(orders: pl.DataFrame, which: Indices, factors: list[Fraction]) -> pl.DataFrame:
    """Each order's base times its factor, rounded once."""
    base: Ints = orders["base"].to_numpy().copy()
    by_factor = np.argsort(which, kind="stable")
    starts = np.searchsorted(which[by_factor], np.arange(len(factors) + 1))
    for place, factor in enumerate(factors):
        at = by_factor[starts[place] : starts[place + 1]]
        units = product(base[at], np.array([factor.numerator], object))
        base[at] = rounded(units, factor.denominator, "half_up")
    return orders.with_columns(pl.Series("base", base, dtype=pl.Int64))
