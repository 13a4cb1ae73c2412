"""A settled cycle with what is known now: its own plan and people, the orders that have come to it, and its ranks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from core.settlement.second import parts
from core.settlement.second.alone import NAMING
from core.settlement.second.days import Cycle
from core.settlement.second.engine import settle
from core.settlement.second.model import CAP_LEVEL, Frames, Inputs, Then
from core.settlement.second.people import NOBODY
from core.settlement.second.plan import Bonus, Plan
from core.settlement.second.whole.charging import Charged, named, names_orders
from core.settlement.second.whole.counting import KNOWN, RETURN, Counted, counted
from core.settlement.second.whole.cycle import Done, calculated
from core.settlement.second.whole.waits import Row, row_of

PARENTS = ("sponsor", "binary_parent", "matrix_parent")
Known = dict[str, tuple[Any, ...]]
"""Buyer and figures of orders by id."""


@dataclass
class Again:
    """One earlier cycle once more."""

    then: Then
    inputs: Inputs
    """Those of the run that looks at it, with orders as they came."""
    until: int
    """The end of that run's cycle."""
    wanted: frozenset[str] | None
    """Whose lines are asked for, by code; None is everybody's."""

    def __post_init__(self) -> None:
        self.plan = Plan.read(self.then.plan)
        _, kind, zone = self.plan.calendar(self.inputs.calendar)
        self.cycle = Cycle.named(kind, zone, self.then.cycle)
        found = counted(replace(self.inputs, orders=self._concerned()), self.plan, self.cycle, until=self.until)
        self.was: Known = {row[0]: row[1:] for row in self.then.orders.select("order_id", "person_id", *KNOWN).rows()}
        kinds = dict(found.orders.select("order_id", "kind").iter_rows())
        self.known = self._in_cycle(found.orders)
        added = [name for name in self.known if name not in self.was]
        come = [name for name in added if kinds[name] != RETURN]
        self.late = come if self.plan.has("late_orders") else []
        self.ignored = [] if self.plan.has("late_orders") else come
        for name in self.ignored:
            del self.known[name]
        self.gone = [name for name, one in self.was.items() if self.known.get(name) != one]
        self.back = [name for name in added if kinds[name] == RETURN]

    @cached_property
    def counted(self) -> Counted:
        """All orders as they count by its plan; without `[late_orders]` none has come to it but returns."""
        found = counted(self.inputs, self.plan, self.cycle, until=self.until)
        return replace(found, orders=without(found.orders, self.ignored))

    def _concerned(self) -> pl.DataFrame:
        """The orders that can count in the cycle, by either clock, and the sales and returns of these."""
        orders, start, end = self.inputs.orders, self.cycle.start, self.cycle.end
        inside = (pl.col(name).is_between(start, end, closed="left") for name in ("ordered_at", "paid_at"))
        mine = orders.filter(pl.any_horizontal(inside))
        sales = pl.concat([mine["order_id"], mine["returns_order_id"].drop_nulls()]).unique().implode()
        theirs = pl.col("order_id").is_in(sales) | pl.col("returns_order_id").is_in(sales)
        return orders.filter(theirs.fill_null(value=False))

    def _in_cycle(self, orders: pl.DataFrame) -> Known:
        """The paid orders of the cycle."""
        start, end = self.cycle.start, self.cycle.end
        codes = self.inputs.people["code"].to_list()
        rows = orders.select("order_id", "person", "ordered_at", "paid_at", *KNOWN).iter_rows()
        return {name: (codes[person], *figures) for name, person, at, paid, *figures in rows
                if paid is not None and start <= at < end}  # fmt: skip

    @property
    def changed(self) -> bool:
        """Whether it has other orders now than it was settled with."""
        return self.known != self.was

    @property
    def fresh(self) -> list[str]:
        """The orders that have come to it."""
        return [*self.late, *self.back]

    @property
    def recomputes(self) -> bool:
        """Whether its sales count without what came back of them."""
        return self.plan.inner("returns").text("amount", "original_lines") == "recompute"

    @property
    def returns_only(self) -> bool:
        """Whether nothing but returns has changed it."""
        return not self.late and (not self.gone or self.recomputes)

    @property
    def rebuilds(self) -> bool:
        """Whether what it handed on is worked out again."""
        words = self.plan.inner("late_orders")
        has = self.plan.has("late_orders")
        return has and words.flag("rebuild_carry") and words.flag("change_others", otherwise=True)

    @property
    def directly(self) -> bool:
        """Whether the late orders' own lines are all that is paid."""
        others = self.plan.inner("late_orders").flag("change_others", otherwise=True)
        return self.plan.has("late_orders") and not others and not self.returns_only

    @property
    def changes_rank(self) -> bool:
        """Whether its ranks follow what has come."""
        if self.returns_only:
            return self.plan.inner("returns").flag("rank_again")
        return self.plan.has("late_orders") and self.plan.inner("late_orders").flag("change_rank", otherwise=True)

    @staticmethod
    def by_order(bonus: Bonus) -> bool:
        """Whether each of its lines is for one order, so that all others are due whatever was ordered."""
        return bonus.kind in NAMING

    def concerns(self, bonus: str, *, returned: bool) -> bool:
        """Whether its sums of the bonus are compared: not what late volume counts for now, nor what is charged back."""
        return self.rebuilds or (not returned and bonus not in self.left_out)

    @cached_property
    def left_out(self) -> set[str]:
        """The bonuses that are not compared."""
        if self.rebuilds:
            return set()
        charges = self.returns_only and self.plan.has("returns") and not self.recomputes
        return {one.code for one in self.plan.bonuses if one.kind == "binary" or (charges and names_orders(one))}

    @property
    def kept(self) -> dict[str, list[tuple[str, str, int]]]:
        """What was paid of these, which caps look at too."""
        found: dict[str, list[tuple[str, str, int]]] = {code: [] for code in self.left_out}
        for row in self.then.posted.iter_rows(named=True):
            if row["bonus"] in found and not row["returned"]:
                found[row["bonus"]].append((row["person_id"], row["unit"], row["amount_minor"]))
        return found

    @cached_property
    def people(self) -> pl.DataFrame:
        """Everybody as she was then; whoever was not known then as she is now."""
        known = set(self.then.people["code"].to_list())
        now = (row for row in _with_codes(self.inputs.people) if row["code"] not in known)
        rows = sorted([*_with_codes(self.then.people), *now], key=lambda row: (row["joined_on"], row["code"]))
        place = {row["code"]: at for at, row in enumerate(rows)}
        placed = [row | {name: place.get(row[name], NOBODY) for name in PARENTS} for row in rows]
        return pl.DataFrame(placed, schema=self.inputs.people.schema)

    def _placed(self, orders: pl.DataFrame) -> pl.DataFrame:
        """The orders by the places of then."""
        place = {code: at for at, code in enumerate(self.people["code"].to_list())}
        codes = self.inputs.people["code"].to_list()
        buyers = [place[codes[person]] for person in orders["person"].to_list()]
        return orders.with_columns(pl.Series("person", buyers, dtype=orders["person"].dtype))

    @cached_property
    def asked(self) -> frozenset[int] | None:
        """Whose lines are asked for, by the places of then; what is handed on again is everybody's."""
        if self.wanted is None or self.rebuilds:
            return None
        codes = self.people["code"].to_list()
        return frozenset(place for place, code in enumerate(codes) if code in self.wanted)

    @cached_property
    def ranking(self) -> pl.DataFrame | None:
        """The orders that decide its ranks, where these do not follow what has come."""
        late, back = self.plan.inner("late_orders"), self.plan.inner("returns")
        left_out = [] if late.flag("change_rank", otherwise=True) else list(self.late)
        restored = list[str]()
        if back.text("volume_in") == "original_period" and not back.flag("rank_again"):
            left_out += self.back
            restored = self.gone if self.recomputes else []
        if not left_out and not restored:
            return None
        orders = without(self.counted.orders, [*left_out, *restored])
        kept = self.inputs.orders.filter(pl.col("order_id").is_in(restored))
        figures = [pl.Series(name, [self.was[one][at] for one in kept["order_id"].to_list()], dtype=pl.Int64)
                   for at, name in enumerate(KNOWN, start=1)]  # fmt: skip
        return pl.concat([orders, kept.with_columns(figures)]).sort("ordered_at", "order_id")

    def _inputs(self, carried: Frames) -> Inputs:
        return Inputs(
            plan=self.then.plan, calendar=self.inputs.calendar, cycle=self.then.cycle, people=self.people,
            orders=self._placed(self.counted.orders), lines=self.counted.lines,
            adjustments=self.inputs.adjustments.clear(), worth=self.inputs.worth, carried=carried,
            places_whole=self.inputs.places_whole,
            ranking=None if self.ranking is None else self._placed(self.ranking),
        )  # fmt: skip

    def whole(self, carried: Frames) -> Done:
        """All of it."""
        inputs = replace(self._inputs(carried), kept=self.kept)
        return calculated(inputs, replace(self.counted, orders=inputs.orders), self.asked)

    def alone(self, carried: Frames) -> tuple[Done, list[Mapping[str, Any]]]:
        """The lines of the late orders alone, and those of them that name an order."""
        inputs = self._inputs(carried)
        ranking = inputs.orders if inputs.ranking is None else inputs.ranking
        inputs = replace(inputs, orders=ranking, ranking=None, sold=inputs.orders, only=frozenset(self.late))
        result = settle(inputs, self.asked)
        return Done(replace(result, cuts=[]), Charged()), list(named(result))

    def parts_alone(self, done: Done) -> Iterator[Row]:
        """What the lines of the late orders alone leave for later cycles."""
        case = done.case
        for one in done.result.bonuses.values():
            mine = [paid for paid in one.paid if paid.line.order >= 0 or not self.by_order(one.bonus)]
            full = [line for line in one.full if line.order >= 0 or not self.by_order(one.bonus)]
            mine = [paid for paid in mine if paid.line.level != CAP_LEVEL]
            for part in parts.fresh(case, one.bonus, full, mine):
                if done.result.asks(part.payee):
                    yield row_of(case, one.bonus, one.unit, part)


def without(orders: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """The orders but for some."""
    return orders.filter(~pl.col("order_id").is_in(list(names)))


def _with_codes(people: pl.DataFrame) -> list[dict[str, Any]]:
    """Everybody with the codes of those above her in place of their places."""
    codes = [*people["code"].to_list(), None]
    return [row | {name: codes[row[name]] for name in PARENTS} for row in people.iter_rows(named=True)]
