"""Breakaway: overrides on the personal groups of leaders, and what a guarantee keeps and passes on."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from core.settlement.second.case import Case
from core.settlement.second.model import Found, Line, Order, fixed
from core.settlement.second.plan import Bonus


class Groups:
    """The personal groups of one bonus."""

    def __init__(self, case: Case, bonus: Bonus, orders: Sequence[Order]) -> None:
        self.case, self.bonus, self.tree = case, bonus, case.tree(bonus)
        self.rates = bonus.numbers("generations")
        self.last = max(len(rates) for rates in [self.rates, *bonus.rungs("generations").values()])
        self._volume: dict[int, Fraction] = {}
        for order in orders:
            self._volume[order.buyer] = self._volume.get(order.buyer, Fraction(0)) + order.base

    @cached_property
    def leaders(self) -> list[int]:
        """Everybody who holds the rank or a higher one, the lowest of the tree first."""
        least = self.case.plan.rank(self.bonus.text("leader_rank"))
        ranks = ((one, self.case.rank(one, self.bonus.basis)) for one in reversed(self.tree.down))
        return [one for one, rank in ranks if least and rank >= least]

    @cached_property
    def _is_leader(self) -> frozenset[int]:
        return frozenset(self.leaders)

    def leads(self, person: int) -> bool:
        """Whether she is a leader."""
        return person in self._is_leader

    def group(self, leader: int) -> Fraction:
        """The base of a leader and of everybody below her down to other leaders, these and theirs left out."""
        found, total = [leader], Fraction(0)
        for person in found:
            total += self._volume.get(person, Fraction(0))
            found.extend(child for child in self.tree.children[person] if not self.leads(child))
        return total

    def earns(self, person: int) -> bool:
        """Whether she earns, and keeps a group of her own that is large enough."""
        if not self.case.earns(self.bonus, person):
            return False
        kpi = self.bonus.text("own_group_kpi")
        if not kpi or self.case.kpi(person, kpi) >= self.bonus.number("own_group_minimum"):
            return True
        asked = self.bonus.maybe("minimum_waived_from_legs")
        return asked is not None and self._legs(person) >= asked

    def _legs(self, person: int) -> int:
        """Legs with a leader in them."""
        return sum(any(map(self.leads, self.tree.below(child))) for child in self.tree.children[person])

    def overrides(self, leader: int) -> Iterator[tuple[int, int]]:
        """Everybody above who is paid on the leader's group, with the generation that she is paid for."""
        generation, waiting = 1, list[int]()
        passes = self.bonus.flag("pass_up_unqualified")
        for person in self.tree.above(leader):
            if generation > self.last and not waiting:
                return
            inside = generation <= self.last
            if self.earns(person):
                yield from ((person, one) for one in waiting)
                waiting = []
                if inside:
                    yield person, generation
            elif passes and inside and self.leads(person):
                waiting.append(generation)
            generation += self.leads(person)

    def rate(self, payee: int, generation: int) -> Fraction | None:
        """What her rank is paid of a generation; None beyond its last."""
        listed = self.case.listed(self.bonus, "generations", payee)
        rates: tuple[Fraction, ...] = self.rates if listed is None else listed
        return rates[generation - 1] if generation <= len(rates) else None

    def above(self, leader: int) -> int | None:
        """The nearest leader above."""
        return next((one for one in self.tree.above(leader) if self.leads(one)), None)


def breakaway(case: Case, bonus: Bonus, orders: Sequence[Order]) -> Found:
    """A share of each leader's group for whoever is above her, by generations; or with a guarantee."""
    groups, worth = Groups(case, bonus, orders), case.base_worth(bonus)
    if bonus.number("guarantee"):
        return _guaranteed(case, bonus, groups)
    found = Found([])
    for leader in groups.leaders:
        base = groups.group(leader) * worth
        for payee, number in groups.overrides(leader):
            rate = groups.rate(payee, number)
            if rate is not None:
                found.lines.append(Line(payee, -1, leader, number, rate, base * rate / 100))
    return found


def _guaranteed(case: Case, bonus: Bonus, groups: Groups) -> Found:
    """The leadership bonus: what leaders below pass up fills what a leader's own group falls short of."""
    least, found = bonus.number("guarantee") * case.minor(bonus), Found([])
    arrived: dict[int, list[tuple[int, Fraction]]] = {}
    for leader in groups.leaders:
        came = arrived.pop(leader, [])
        received = sum((exact for _, exact in came), Fraction(0))
        own = groups.group(leader) * case.base_worth(bonus) * groups.rates[0] / 100
        filled = min(received, max(Fraction(0), least - own))
        if groups.earns(leader):
            found.lines += [fixed(leader, exact, level=1, source=below) for below, exact in came]
            found.lines.append(fixed(leader, -filled))
            passed = own + filled
        else:
            passed = own + received
        above = groups.above(leader)
        if above is not None:
            arrived.setdefault(above, []).append((leader, passed))
    return found
