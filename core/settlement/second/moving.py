"""Differentials whose percentages move within the cycle: at each order everybody's figure as it was by then."""

from collections.abc import Sequence
from fractions import Fraction

from core.settlement.second.bases import Bought
from core.settlement.second.case import Case
from core.settlement.second.model import Order
from core.settlement.second.plan import Bonus

MODES = ("from_order", "after_order")


class Moving:
    """The figures of one schedule, from one order of the cycle to the next."""

    def __init__(self, case: Case, bonus: Bonus, bought: Sequence[Bought]) -> None:
        self.case, self.bonus = case, bonus
        self.kpi = bonus.text("schedule_kpi")
        self.words = case.plan.kpis[self.kpi]
        self.waiting = sorted(bought, key=lambda one: one.number)
        self._less: dict[int, Fraction] = {}
        for one in self.waiting:
            self._count(one, -1)

    def _count(self, order: Bought, sign: int) -> None:
        """Puts an order's volume to, or takes it off, whoever it counts for."""
        over, volume = self.words.text("over", "own"), order.figures[self.words.text("measure")]
        each = Fraction(sign * volume, self.case.plan.units(self.kpi))
        last = {"own": 0, "frontline": 1, "levels": self.words.whole("to_level", 10**9)}.get(over, 10**9)
        first = 0 if over == "own" else self.words.whole("from_level", 1)
        for level, person in enumerate([order.buyer, *self.case.sponsors.above(order.buyer)]):
            if first <= level <= last or (level == 0 and self.words.flag("include_self")):
                self._less[person] = self._less.get(person, Fraction(0)) + each

    def go_to(self, order: Order) -> None:
        """On to the moment at which an order counts: with it, or before it."""
        with_it = self.bonus.text("schedule_mode") == "from_order"
        while self.waiting and self.waiting[0].number < order.number + with_it:
            self._count(self.waiting.pop(0), 1)

    def figure(self, person: int) -> Fraction:
        """Hers by now."""
        return self.case.kpi(person, self.kpi) + self._less.get(person, Fraction(0))
