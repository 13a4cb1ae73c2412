"""Of what a bonus is a share: the orders that it looks at, or a figure of every person."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from core.settlement.second.buyers import counted
from core.settlement.second.case import COLUMNS, MONEY, OF_LINES, OF_ORDERS, Case
from core.settlement.second.days import DAY
from core.settlement.second.model import Order
from core.settlement.second.plan import Bonus
from core.settlement.second.rounding import rounded
from core.settlement.second.units import digits

WHOLE = Fraction(100)
NAMING = ("unilevel", "fast_start", "first_order", "generation", "infinity", "matrix")
"""Kinds whose lines are for one order each."""
STARTING = ("first_order", "fast_start")
"""Kinds that look at some orders only, whatever the plan says of orders."""
READ = ("number", "order_id", "person", "kind", "ordered_at", "paid_at", "currency", *COLUMNS.values())
"""Columns of orders that are read."""


@dataclass(frozen=True, slots=True)
class Bought:
    """A paid order of the cycle."""

    number: int
    name: str
    buyer: int
    sale: bool
    at: int
    currency: str
    figures: dict[str, int]
    first: bool
    returned: bool = False
    late: bool = False
    """Of an earlier cycle; only binary bonuses take its volume in this one."""


class Bases:
    """The orders of one cycle, by bonus."""

    def __init__(self, case: Case, buyers: AbstractSet[int] | None = None) -> None:
        """Of these buyers only; None is everybody."""
        self.case, self.buyers = case, buyers
        self._known: dict[str, list[Order]] = {}
        self._capped: dict[str, dict[int, int]] = {}

    @cached_property
    def everything(self) -> list[Bought]:
        """The cycle's paid orders of whoever stands in the tree, by time and id."""
        return [one for one in self._taken if not one.late]

    @cached_property
    def _taken(self) -> list[Bought]:
        """These, and orders of earlier cycles that binary bonuses take in this one."""
        return list(self._in_cycle())

    @cached_property
    def _ever(self) -> list[Bought]:
        """All paid orders up to the cycle's end of whoever stands in the tree."""
        return list(self._in_cycle(ever=True))

    def _in_cycle(self, *, ever: bool = False) -> Iterator[Bought]:
        start, end = self.case.cycle.start, self.case.cycle.end
        frame, firsts = self._read, set[int]()
        columns = (frame[name].to_list() for name in READ)
        for number, name, buyer, kind, ordered, paid, currency, *figures in zip(*columns, strict=True):
            if paid is None or ordered >= end:
                continue
            sale = kind == "sale"
            first = sale and buyer not in firsts
            if sale:
                firsts.add(buyer)
            late = ordered < start and name in self.case.inputs.late
            if (ordered >= start or late or ever) and self._stands(buyer):
                by_base = dict(zip(COLUMNS, figures, strict=True))
                yield Bought(number, name, buyer, sale, ordered, currency, by_base, first, kind == "return", late)

    @cached_property
    def _read(self) -> pl.DataFrame:
        """The orders of the buyers that are looked at, each with its number among all."""
        frame = self.case.inputs.bought.with_row_index("number")
        if self.buyers is None:
            return frame
        buyers = pl.Series(sorted(self.buyers), dtype=frame["person"].dtype)
        return frame.filter(pl.col("person").is_in(buyers.implode()))

    def _stands(self, buyer: int) -> bool:
        return buyer < self.case.count and self.case.there[buyer]

    def _looked_at(self, buyer: int) -> bool:
        return self._stands(buyer) and (self.buyers is None or buyer in self.buyers)

    def of(self, bonus: Bonus) -> list[Order]:
        """What the bonus looks at."""
        if bonus.code not in self._known:
            found = self._orders(bonus) if bonus.base in OF_ORDERS else self._figures(bonus)
            stands = self.case.tree(bonus).there
            self._known[bonus.code] = [one for one in found if stands[one.buyer]]
        return self._known[bonus.code]

    def _figures(self, bonus: Bonus) -> Iterator[Order]:
        """A KPI of everybody, or one for whoever joined in the cycle."""
        case = self.case
        for person in range(case.count):
            if not (self._looked_at(person) and self.case.brings(bonus, person)):
                continue
            joined = case.cycle.first <= case.people.joined[person]
            figure = Fraction(int(joined)) if bonus.base == "heads" else case.kpi(person, bonus.base)
            if figure:
                yield Order(-1, person, figure)

    def _orders(self, bonus: Bonus) -> Iterator[Order]:
        charged = self.case.plan.has("returns") and self._names_orders(bonus)
        kept = {one.number for other in self.case.bonuses if bonus.code in other.texts("excludes")
                for one in self.chosen(other) if self._is_large(other, one)}  # fmt: skip
        units = 10 ** self.case.base_digits(bonus)
        for one in self.chosen(bonus):
            if one.number not in kept and not (one.returned and charged):
                base = Fraction(self._figure(bonus, one), units)
                sign = 1 if one.sale else -int(one.returned)
                yield Order(one.number, self._counted_as(bonus, one.buyer), base, one.first, sign)

    def _is_large(self, bonus: Bonus, order: Bought) -> bool:
        """Whether a bonus that asks for a minimum of an order pays this one."""
        least = bonus.number("minimum_order") * 10 ** self.case.base_digits(bonus)
        return bonus.kind != "first_order" or self._figure(bonus, order) >= least

    def _counted_as(self, bonus: Bonus, buyer: int) -> int:
        """Whose order it is to the bonus: a customer's can be that of the first distributor on the way up."""
        case, kinds = self.case, self.case.people.kind
        if bonus.orders.text("customers_as") != "sponsor" or kinds[buyer] != "customer":
            return buyer
        return next((one for one in case.sponsors.above(buyer) if kinds[one] != "customer"), buyer)

    @staticmethod
    def _names_orders(bonus: Bonus) -> bool:
        """Whether each of its lines is for one order: where returns are charged back, it does not see them."""
        return bonus.text("per") == "order" if bonus.kind == "rule" else bonus.kind in NAMING

    def chosen(self, bonus: Bonus) -> list[Bought]:
        """The orders that pass the bonus's filters."""
        if bonus.base not in OF_ORDERS:
            return []
        known = self._taken if bonus.kind == "binary" else self.everything
        asks = bonus.orders.table or bonus.kind in STARTING
        return [one for one in known if self._passes(bonus, one)] if asks else known

    def _passes(self, bonus: Bonus, order: Bought) -> bool:
        only = bonus.orders.text("only", "all")
        if only != "all" and order.first != (only == "first"):
            return False
        if not order.first and (bonus.kind == "first_order" or (bonus.kind == "fast_start" and bonus.flag("once"))):
            return False
        if not self.case.brings(bonus, order.buyer):
            return False
        if bonus.kind == "fast_start" and not self._in_window(bonus, order):
            return False
        return self._in_days(bonus, order) and self._is_of_size(bonus, order)

    def _in_days(self, bonus: Bonus, order: Bought) -> bool:
        """Whether it comes early or late enough after its buyer has joined."""
        within, after = bonus.orders.whole("within_days"), bonus.orders.whole("after_days")
        early = not within or order.at < self._after(order.buyer, within)
        return early and (not after or order.at >= self._after(order.buyer, after))

    def _is_of_size(self, bonus: Bonus, order: Bought) -> bool:
        """Whether lines of it count, and come to the QV that each order must have by itself."""
        lines = self._lines(bonus, order) if bonus.by_product else None
        size = order.figures["qv"] if lines is None else sum(one["qv"] for one in lines)
        return lines != [] and abs(size) >= bonus.orders.number("minimum") * 10**self.case.plan.scale

    def _after(self, person: int, days: int) -> int:
        """When so many days from joining are over, the day of joining being the first."""
        return self.case.cycle.moment(self.case.people.joined[person] + days * DAY)

    def _in_window(self, bonus: Bonus, order: Bought) -> bool:
        days, cycles = bonus.whole("window_days"), bonus.whole("window_cycles")
        if days:
            return order.at < self._after(order.buyer, days)
        if not cycles:
            return True
        joined = self.case.cycle.around(self.case.people.joined[order.buyer])
        return order.at < joined.later(cycles - 1).end

    @cached_property
    def _goods(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for line in self.case.inputs.lines.iter_rows(named=True):
            found.setdefault(line["order_id"], []).append(line)
        return found

    def _lines(self, bonus: Bonus, order: Bought) -> list[dict[str, Any]]:
        """The order's lines that count."""
        only, never = bonus.orders.texts("products"), bonus.orders.texts("without_products")
        lines = self._goods.get(order.name, [])
        return [one for one in lines if (not only or one["sku"] in only) and one["sku"] not in never]

    def _figure(self, bonus: Bonus, order: Bought) -> int:
        """The order's figure, or that of its lines that count, as far as it counts."""
        capped = bonus.orders.has("buyer_cap")
        figure = self._counting(bonus).get(order.number, 0) if capped else self._whole(bonus, order)
        share = WHOLE if bonus.base == "orders" else self._share(bonus, order)
        return figure if share is WHOLE else rounded(figure * share / 100, "half_up")

    def _counting(self, bonus: Bonus) -> dict[int, int]:
        """How much of each order counts, where a buyer's orders count up to so much in a year of hers, say."""
        if bonus.code not in self._capped:
            within, units = bonus.orders.text("buyer_cap_in", "cycle"), 10 ** self.case.base_digits(bonus)
            charged = self.case.plan.has("returns") and self._names_orders(bonus)
            known = self.everything if within == "cycle" else self._ever
            passing = [one for one in known if self._passes(bonus, one) and not (one.returned and charged)]
            figures = [(one.number, one.buyer, self._stretch(one, within), self._whole(bonus, one)) for one in passing]
            self._capped[bonus.code] = counted(figures, int(bonus.orders.number("buyer_cap") * units))
        return self._capped[bonus.code]

    def _stretch(self, order: Bought, within: str) -> int:
        """In which year the order counts, numbered anyhow; all in one unless years are asked for."""
        day, joined = self.case.cycle.day(order.at), self.case.people.joined[order.buyer]
        if within == "own_year":
            return day.year - ((day.month, day.day) < (joined.month, joined.day))
        return day.year if within == "year" else 0

    def _whole(self, bonus: Bonus, order: Bought) -> int:
        """The order's figure, or that of its lines that count."""
        if bonus.base == "orders":
            return int(order.sale)
        if bonus.by_product or bonus.base == "pieces":
            figure = sum(int(one[OF_LINES[bonus.base]]) for one in self._lines(bonus, order))
        else:
            figure = order.figures[bonus.base]
        if bonus.base in MONEY and order.currency != self.case.plan.currency:
            figure = self._exchanged(figure, order)
        return figure

    def _exchanged(self, amount: int, order: Bought) -> int:
        plan = self.case.plan.currency
        worth = Fraction(self.case.inputs.worth(self.case.cycle.day(order.at), order.currency, plan))
        return rounded(Fraction(amount, 10 ** digits(order.currency)) * worth * 10 ** digits(plan), "half_up")

    def _share(self, bonus: Bonus, order: Bought) -> Fraction:
        """How much of the order counts: what fast starts leave of those that they pay for, too; for a cap all of it."""
        if bonus.kind == "cap":
            return WHOLE
        share = bonus.orders.number("volume_counted") if bonus.orders.has("volume_counted") else WHOLE
        for other, numbers in self._started:
            if other.code != bonus.code and order.number in numbers:
                share = share * other.number("volume_for_others", 100) / 100
        return share

    @cached_property
    def _started(self) -> list[tuple[Bonus, set[int]]]:
        starts = [one for one in self.case.bonuses if one.kind == "fast_start" and one.has("volume_for_others")]
        return [(one, {order.number for order in self.chosen(one)}) for one in starts]
