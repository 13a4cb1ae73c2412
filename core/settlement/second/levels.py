"""Levels: who is the n-th above somebody, and what is paid to her there."""

from collections.abc import Container, Iterator, Sequence
from fractions import Fraction

from core.settlement.second.case import Case
from core.settlement.second.model import Found, Line, Order
from core.settlement.second.plan import Bonus


class Ladder:
    """The levels of one bonus."""

    def __init__(self, case: Case, bonus: Bonus) -> None:
        self.case, self.bonus, self.tree = case, bonus, case.tree(bonus)
        self.compression = bonus.text("compression", "none")
        self.plain = bonus.numbers("levels")
        listed = bonus.rungs("levels").values()
        steps = ((one.number("from"), one.numbers("levels")) for one in bonus.tables("levels_steps"))
        self.steps = sorted(steps, key=lambda step: step[0])
        self.last = max(len(rates) for rates in [self.plain, *listed, *(one for _, one in self.steps)])
        if bonus.kind == "matrix":
            self.last = min(self.last, case.plan.inner("trees").inner("matrix").whole("depth", 1))
        self.goes_on = self.compression == "roll_up" or bonus.text("breakage_to") == "next_qualified"
        self._placed: dict[int, bool] = {}
        self._depth: dict[int, int | Fraction] = {}
        self._payees: dict[int, list[tuple[int, int]]] = {}
        self._standing: dict[int, int] = {}
        self._rates: dict[int, Sequence[Fraction]] = {}

    def standing(self, person: int) -> int:
        """By what her rates are chosen: her rank or package, or how many steps of the figure she reaches."""
        if person not in self._standing:
            self._standing[person] = self._stands(person)
        return self._standing[person]

    def _stands(self, person: int) -> int:
        if not self.steps:
            return self.case.rung(self.bonus, "levels", person)
        figure = self.case.kpi(person, self.bonus.text("levels_kpi"))
        return sum(figure >= start for start, _ in self.steps)

    def rates(self, standing: int) -> Sequence[Fraction]:
        """Of a rank, package or step, level 1 first."""
        if standing not in self._rates:
            self._rates[standing] = self._listed(standing)
        return self._rates[standing]

    def _listed(self, standing: int) -> Sequence[Fraction]:
        if self.steps:
            return self.steps[standing - 1][1] if standing else self.plain
        found: Sequence[Fraction] | None = self.case.plan.listed(self.bonus, "levels", standing)
        return self.plain if found is None else found

    def paid(self, person: int, level: int) -> bool:
        """Whether she is paid at the level."""
        if person not in self._depth:
            self._depth[person] = self._deep(person)
        return level <= self._depth[person]

    def _deep(self, person: int) -> int | Fraction:
        """Down to which level she is paid; 0 is none."""
        if not self.case.earns(self.bonus, person):
            return 0
        levels = len(self.rates(self.standing(person)))
        depth = self.case.listed(self.bonus, "depth", person)
        return min(levels, depth or 0) if self.bonus.rungs("depth") else levels

    def placed(self, person: int) -> bool:
        """Whether she holds a place in the counting."""
        if person not in self._placed:
            held = self.case.meets(person, self.bonus.place)
            run = self.compression == "run"
            self._placed[person] = held and (not run or self.case.earns(self.bonus, person))
        return self._placed[person]

    def payees(self, start: int) -> list[tuple[int, int]]:
        """Levels and who is paid at each for what `start` brings."""
        if start not in self._payees:
            found = self._dynamic(start) if self.compression == "dynamic" else self._counted(start)
            self._payees[start] = list(found)
        return self._payees[start]

    def _counted(self, start: int) -> Iterator[tuple[int, int]]:
        for level, person in enumerate(self._places(start), start=1):
            if level > self.last:
                return
            if person is not None and self.paid(person, level):
                yield level, person
            elif person is not None and self.goes_on:
                higher = (one for one in self.tree.above(person) if self.paid(one, level))
                yield from ((level, one) for one in [next(higher, None)] if one is not None)

    def _places(self, start: int) -> Iterator[int | None]:
        """Whoever holds level 1, 2 and so on; None where people in a row who hold none use one up together."""
        for person in self.tree.above(start):
            if self.compression in ("none", "roll_up") or self.placed(person):
                yield person
            elif self.compression == "run" and self._ends_row(person):
                yield None

    def _ends_row(self, person: int) -> bool:
        """Whether she is the last of people in a row without a place, and somebody who holds one is above."""
        above = self.tree.parent[person]
        return above >= 0 and self.placed(above)

    def _dynamic(self, start: int) -> Iterator[tuple[int, int]]:
        level = 1
        for person in self.tree.above(start):
            if level > self.last:
                return
            if self.placed(person) and self.paid(person, level):
                yield level, person
                level += 1

    def rate(self, payee: int, level: int, buyer: int | None = None) -> Fraction | None:
        """Her rate at the level, or that of the lower of both ranks or steps; None where that has none."""
        mine = self.standing(payee)
        rates = self.rates(mine if buyer is None else min(mine, self.standing(buyer)))
        return rates[level - 1] if level <= len(rates) else None


def unilevel(case: Case, bonus: Bonus, orders: Sequence[Order], wanted: Container[int] | None = None) -> Found:
    """So much of every order to each level above the buyer; a matrix's levels too.

    Args:
        wanted: whose lines are asked for; None is everybody's.
    """
    ladder, found = Ladder(case, bonus), Found([])
    first, both = bonus.whole("start_level", 1), bonus.text("pair_rule") == "lower_of_both"
    percent = case.base_worth(bonus) / 100
    for order in orders:
        payees, hundredth = ladder.payees(order.buyer), order.base * percent
        for level, payee in payees:
            if level < first or (wanted is not None and payee not in wanted):
                continue
            rate = ladder.rate(payee, level, order.buyer if both else None)
            if rate is not None:
                found.lines.append(Line(payee, order.number, order.buyer, level, rate, hundredth * rate))
        if left := lost(ladder, payees, first):
            found.breakage += left * hundredth
    return found


def lost(ladder: Ladder, payees: Sequence[tuple[int, int]], first: int = 1) -> Fraction:
    """The rates of the levels that nobody is paid at."""
    if ladder.bonus.text("breakage_to") != "pool":
        return Fraction(0)
    met = {level for level, _ in payees}
    rates = enumerate(ladder.plain[: ladder.last], start=1)
    return sum((rate for level, rate in rates if level >= first and level not in met), Fraction(0))
