"""Differentials: every person's own volume walks up alone, and each above gets what is left of her percentage."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from core.settlement.second.bases import Bought
from core.settlement.second.case import Case
from core.settlement.second.model import Found, Line, Order
from core.settlement.second.moving import MODES, Moving
from core.settlement.second.people import NOBODY
from core.settlement.second.plan import Bonus

Key = tuple[int, int, int, Fraction, str]
"""Payee, leg, level, rate, and what tells apart lines of one rate."""


class Stairs:
    """One differential."""

    def __init__(self, case: Case, bonus: Bonus) -> None:
        self.case, self.bonus = case, bonus
        self.blocks = bonus.text("unqualified_between", "block") == "block"
        self.consolation = bonus.number("equal_rank")
        self.bases: dict[Key, Fraction] = {}
        self._rates: dict[int, Fraction] = {}
        self.moving: Moving | None = None
        """Where percentages move with orders: the figures as they are at the order that is looked at."""

    def go_to(self, order: Order) -> None:
        """On to the percentages at which an order counts."""
        assert self.moving is not None, "percentages move"
        self.moving.go_to(order)
        self._rates.clear()

    def rate(self, person: int) -> Fraction:
        """Her percentage by the schedule or by her rank."""
        if person not in self._rates:
            self._rates[person] = self._rate(person)
        return self._rates[person]

    @cached_property
    def _steps(self) -> list[tuple[Fraction, Fraction]]:
        """Where each step of the schedule begins, and its percentage."""
        return sorted((one.number("from"), one.number("rate")) for one in self.bonus.tables("schedule"))

    @cached_property
    def _highest(self) -> Fraction:
        """The highest percentage that anybody can have."""
        listed: list[Fraction] = list(self.bonus.rungs("rate").values())
        return max([Fraction(0), *(rate for _, rate in self._steps), *listed])

    def _rate(self, person: int) -> Fraction:
        steps = self._steps
        if not self.case.there[person] or self.case.people.kind[person] == "customer":
            return Fraction(0)
        if not steps:
            return Fraction(self.case.listed(self.bonus, "rate", person) or 0)
        figure = (
            self.case.kpi(person, self.bonus.text("schedule_kpi"))
            if self.moving is None
            else self.moving.figure(person)
        )
        if self.bonus.text("schedule_mode", "whole") in ("whole", *MODES):
            return next((rate for start, rate in reversed(steps) if figure >= start), Fraction(0))
        return self._earned(figure) / figure if figure > 0 else Fraction(0)

    def _earned(self, figure: Fraction) -> Fraction:
        """What the blocks of the schedule that lie below a figure come to."""
        found = Fraction(0)
        for at, (start, rate) in enumerate(self._steps):
            end = self._steps[at + 1][0] if at + 1 < len(self._steps) else figure
            found += max(Fraction(0), min(figure, end) - start) * rate
        return found

    def on_top(self, person: int, volume: Fraction) -> Fraction:
        """Her percentage of volume that lies on top of what her figure is without it."""
        figure = self.case.kpi(person, self.bonus.text("schedule_kpi"))
        return (self._earned(figure) - self._earned(figure - volume)) / volume

    def good(self, person: int) -> bool:
        """Whether she earns the bonus."""
        return self.case.earns(self.bonus, person)

    def put(self, key: Key, volume: Fraction) -> None:
        """To the line of that key."""
        self.bases[key] = self.bases.get(key, Fraction(0)) + volume

    def walk(self, person: int, volume: Fraction) -> None:
        """Up from the person who brought it, with the highest percentage that it has met so far."""
        seen = self.rate(person) if self.blocks or self.good(person) else Fraction(0)
        consoled, leg = False, person
        for above in self.case.tree(self.bonus).above(person):
            if seen == self._highest and not self.consolation:
                return  # nobody further up has more
            mine, good = self.rate(above), self.good(above)
            if good and mine > seen:
                self.put((above, leg, 1, mine - seen, f"above {seen}"), volume)
            elif good and mine == seen and seen > 0 and not consoled:
                consoled = True
                if self.consolation:
                    self.put((above, leg, 1, self.consolation, f"equal {seen}"), volume)
            if (self.blocks or good) and mine > seen:
                seen, consoled = mine, False
            leg = above


def _leg(line: tuple[Key, Fraction]) -> tuple[int, str]:
    """By leg; of one leg what is left of a percentage comes before what is paid beside an equal one."""
    (_, leg, _, _, which), _ = line
    return leg, which


def _one_by_one(stairs: Stairs, orders: Sequence[Order]) -> Iterator[tuple[int, Fraction]]:
    """Each order's buyer and base, while the percentages are those at which it counts."""
    for order in sorted(orders, key=lambda one: one.number):
        stairs.go_to(order)
        yield order.buyer, order.base


def differential(case: Case, bonus: Bonus, orders: Sequence[Order], bought: Sequence[Bought]) -> Found:
    """The lines of the bonus, one for each leg and percentage; that of a leg whose head has left names nobody.

    Args:
        bought: all orders of the cycle, whatever the bonus looks at.
    """
    stairs, of = Stairs(case, bonus), bonus.text("of", "group")
    own: dict[int, Fraction] = {}
    for order in orders:
        own[order.buyer] = own.get(order.buyer, Fraction(0)) + order.base
    if bonus.text("schedule_mode") == "rising":
        rates = {
            person: stairs.on_top(person, volume) for person, volume in own.items() if volume and stairs.good(person)
        }
        worth = case.base_worth(bonus)
        return Found([Line(one, -1, one, 0, rate, own[one] * rate / 100 * worth) for one, rate in rates.items()])
    brought: Iterable[tuple[int, Fraction]] = own.items()
    if bonus.text("schedule_mode") in MODES:
        stairs.moving = Moving(case, bonus, bought)
        brought = _one_by_one(stairs, orders)
    for person, volume in brought:
        if of != "below" and stairs.good(person) and stairs.rate(person) > 0:
            stairs.put((person, person, 0, stairs.rate(person), "own"), volume)
        if of != "own":
            stairs.walk(person, volume)
    worth = case.base_worth(bonus)
    return Found(
        [
            Line(payee, -1, leg if case.there[leg] else NOBODY, level, rate, base * rate / 100 * worth)
            for (payee, leg, level, rate, _), base in sorted(stairs.bases.items(), key=_leg)
        ]
    )
