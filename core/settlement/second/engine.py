"""All bonuses of a cycle once more, and their lines in whole minor units."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from math import floor

from core.settlement.second import parts
from core.settlement.second.alone import looks_at_orders
from core.settlement.second.bases import Bases
from core.settlement.second.binary import binary
from core.settlement.second.carried import Left, after
from core.settlement.second.case import Case
from core.settlement.second.endless import infinity
from core.settlement.second.generations import generation, matching
from core.settlement.second.groups import breakaway
from core.settlement.second.levels import unilevel
from core.settlement.second.limits import Cut, cut
from core.settlement.second.looking import bringing, buyers
from core.settlement.second.model import CAP_LEVEL, Found, Inputs, Line, Order, Paid, Part
from core.settlement.second.people import NOBODY
from core.settlement.second.plan import Bonus
from core.settlement.second.pools import pool, portions
from core.settlement.second.rounding import rounded, together
from core.settlement.second.single import conditional, goal_award, rank_award
from core.settlement.second.slots import matrix
from core.settlement.second.stairs import differential
from core.settlement.second.starting import fast_start, first_order


@dataclass
class Settled:
    """One bonus: its lines, and what it leaves to later cycles."""

    bonus: Bonus
    unit: str
    found: Found
    full: list[Line]
    """Its lines before anything is kept back for later cycles."""
    came: list[tuple[Part, Line]]
    """What earlier cycles kept back and is due now."""
    paid: list[Paid] = field(default_factory=list)
    due: list[Part] = field(default_factory=list)


@dataclass
class Result:
    """Everything that the second engine finds."""

    case: Case
    bonuses: dict[str, Settled]
    cuts: list[Cut]
    """The plan's caps."""
    bases: Bases
    people: frozenset[int] | None
    """Whose lines are all there; None is everybody."""

    @property
    def caps(self) -> list[tuple[str, Paid]]:
        """Lines of the plan's caps with their units."""
        return [(unit, one) for its in self.cuts for unit, one in its.lines if self.asks(one.line.payee)]

    def asks(self, person: int) -> bool:
        """Whether all of her lines are there."""
        return self.people is None or person in self.people

    @property
    def left(self) -> Left:
        """What the next cycle needs of this one's bonuses."""
        found: Left = {}
        for one in self.bonuses.values():
            found |= after(self.case, one.bonus, one.found, one.due)
        return found

    @property
    def paid(self) -> list[Paid]:
        """All lines in the plan's order."""
        return [*(one for settled in self.bonuses.values() for one in settled.paid), *(one for _, one in self.caps)]


def settle(inputs: Inputs, people: frozenset[int] | None = None) -> Result:
    """One cycle from its inputs.

    Args:
        people: whose lines are asked for, by place; None is everybody. Others' lines may be missing.
    """
    return Engine(Case(inputs), people).result()


class Engine:
    """The bonuses of one case, each after those whose results it needs."""

    def __init__(self, case: Case, people: frozenset[int] | None) -> None:
        self.case, self.people = case, people
        self.done: dict[str, Settled] = {}
        self.pools = [one for one in case.bonuses if one.kind == "pool"]
        self.rounding = case.plan.inner("rounding")
        self._buyers: dict[str, set[int]] = {}
        self.bonuses = [one for one in case.bonuses if case.inputs.only is None or looks_at_orders(one)]
        self.wanted = {one.code: self._wanted(one) for one in self.bonuses}

    @cached_property
    def bases(self) -> Bases:
        """The orders that are gone through."""
        if self.people is None or any(one is None for one in self.wanted.values()):
            return Bases(self.case)
        found: set[int] = set()
        for bonus in self.bonuses:
            found |= bringing(self.case, bonus, self.buyers(bonus) or set())
        return Bases(self.case, found)

    def _wanted(self, bonus: Bonus) -> frozenset[int] | None:
        """Whose lines of a bonus are needed; None is everybody's, where a sum over all of them decides."""
        together = self.rounding.text("residue_to") == "largest" or bonus.kind in ("pool", "binary", "matrix")
        limits = any(one.text("per") == "company" for one in self.case.plan.tables("caps"))
        if self.people is None or together or limits or bonus.text("breakage_to") == "pool":
            return None
        found = self.people
        for other in self.bonuses:
            if other != bonus and bonus.code in (*other.texts("matches"), *other.texts("shares_from")):
                theirs = self._wanted(other)
                if theirs is None:
                    return None
                found |= buyers(self.case, other, theirs)
        return found

    def buyers(self, bonus: Bonus) -> set[int] | None:
        """Whose orders are gone through for a bonus; None is everybody's."""
        wanted = self.wanted[bonus.code]
        if wanted is None:
            return None
        if bonus.code not in self._buyers:
            self._buyers[bonus.code] = buyers(self.case, bonus, wanted)
        return self._buyers[bonus.code]

    def result(self) -> Result:
        """All of it."""
        waiting = list(self.bonuses)
        while waiting:
            ready = [one for one in waiting if not self._needs(one) & {other.code for other in waiting}]
            for bonus in ready or waiting:
                self.done[bonus.code] = self._settled(bonus)
                waiting.remove(bonus)
        found = {one.code: self.done[one.code] for one in self.bonuses}
        if self.rounding.text("by", "line") == "payee":
            self._by_payee(list(found.values()))
        for settled in found.values():
            settled.due = self._later(settled)
        bonuses = [(one.bonus, one.unit, one.paid) for one in found.values()]
        return Result(self.case, found, cut(self.case, self.bases, bonuses), self.bases, self.people)

    def _needs(self, bonus: Bonus) -> set[str]:
        """The bonuses that must be done before."""
        if bonus.kind == "matching":
            return set(bonus.texts("matches")) - {bonus.code}
        if bonus.kind != "pool":
            return set()
        feeding = {one.code for one in self.case.bonuses if self._takes(bonus, one)} | set(bonus.texts("shares_from"))
        return feeding | {one.code for one in self.pools if bonus.code in one.texts("next_pool")}

    def _takes(self, pooled: Bonus, bonus: Bonus) -> bool:
        """Whether a pool takes what nobody gets of a bonus: the first pool that pays in the same unit."""
        unit = self.case.unit(bonus)
        first = next((one for one in self.pools if self.case.unit(one) == unit), None)
        return bonus.kind != "pool" and bonus.text("breakage_to") == "pool" and first == pooled

    def _found(self, bonus: Bonus) -> Found:
        case, orders, people = self.case, self._orders(bonus), self._people(bonus)
        paid = {code: one.paid for code, one in self.done.items()}
        units = {code: one.unit for code, one in self.done.items()}
        kinds: Mapping[str, Callable[[], Found]] = {
            "unilevel": lambda: unilevel(case, bonus, orders, self.wanted[bonus.code]),
            "differential": lambda: differential(case, bonus, orders, self.bases.everything),
            "breakaway": lambda: breakaway(case, bonus, orders),
            "generation": lambda: generation(case, bonus, orders),
            "infinity": lambda: infinity(case, bonus, orders),
            "binary": lambda: binary(case, bonus, orders),
            "matrix": lambda: matrix(case, bonus, orders),
            "matching": lambda: matching(case, bonus, paid, units),
            "fast_start": lambda: fast_start(case, bonus, orders),
            "first_order": lambda: first_order(case, bonus, orders),
            "pool": lambda: pool(case, bonus, self.bases, self._given(bonus), paid),
            "rank_award": lambda: rank_award(case, bonus, people),
            "goal_award": lambda: goal_award(case, bonus, people),
            "rule": lambda: conditional(case, bonus, self._of(bonus), people),
            "rest": lambda: Found([]),
        }
        return kinds[bonus.kind]()

    def _orders(self, bonus: Bonus) -> list[Order]:
        if bonus.kind == "matching":
            return []
        buyers_, orders = self.buyers(bonus), self._of(bonus)
        return orders if buyers_ is None else [one for one in orders if one.buyer in buyers_]

    def _of(self, bonus: Bonus) -> list[Order]:
        orders = self.bases.of(bonus)
        return orders if self.only is None else [one for one in orders if one.number in self.only]

    @cached_property
    def only(self) -> set[int] | None:
        """The orders that are looked at, by number; None is all of them."""
        inputs = self.case.inputs
        names = enumerate(inputs.bought["order_id"].to_list())
        return None if inputs.only is None else {number for number, name in names if name in inputs.only}

    def _people(self, bonus: Bonus) -> Sequence[int]:
        wanted = self.wanted[bonus.code]
        return range(self.case.count) if wanted is None else sorted(wanted)

    def _given(self, pooled: Bonus) -> Fraction:
        """What breakage and other pools put into a pool."""
        broken = (one.found.breakage for one in self.done.values() if self._takes(pooled, one.bonus))
        passed = (one.found.passed for one in self.done.values() if self._heir(one.bonus) == pooled)
        return sum(broken, Fraction(0)) + sum(passed, Fraction(0))

    def _heir(self, pooled: Bonus) -> Bonus | None:
        """To which pool a pool passes on: the first of those named that has holders."""
        paid = {code: one.paid for code, one in self.done.items()}
        for heir in (one for code in pooled.texts("next_pool") for one in self.pools if one.code == code):
            if any(part.weights for part in portions(self.case, heir, self.bases, paid)):
                return heir
        return None

    def _settled(self, bonus: Bonus) -> Settled:
        found = self._found(bonus)
        wanted = self.wanted[bonus.code]
        full = [line for line in found.lines if line.exact and (wanted is None or line.payee in wanted)]
        came = [one for one in parts.due(self.case, bonus) if one[1].exact and self.only is None]
        lines = parts.now(bonus, full)
        paid, step = self._rounded(lines, bonus, shared=found.shared), self.case.step(self.case.unit(bonus))
        paid += [Paid(bonus.code, line, rounded(line.exact, self.case.mode, step)) for _, line in came]
        settled = Settled(bonus, self.case.unit(bonus), found, full, came)
        settled.paid = [*paid, *self._beyond(bonus, paid)]
        return settled

    def _later(self, settled: Settled) -> list[Part]:
        """What is paid in later cycles, now that it is known what is paid in this one."""
        due = {id(line): part for part, line in settled.came}
        paid = [one for one in settled.paid if one.line.level != CAP_LEVEL]
        mine = [one for one in paid if id(one.line) not in due]
        came = [(due[id(one.line)], one) for one in paid if id(one.line) in due]
        return parts.later(self.case, settled.bonus, settled.full, mine, came)

    def _rounded(self, lines: Sequence[Line], bonus: Bonus, *, shared: bool) -> list[Paid]:
        """Lines by payee, order, source and level, in whole minor units."""
        mode, by, step = self.case.mode, self.rounding.text("by", "line"), self.case.step(self.case.unit(bonus))
        ordered = sorted(lines, key=lambda one: (one.payee, one.order, one.source, one.level, one.rate))
        if shared:
            amounts = together([line.exact for line in ordered], mode, step)
            return [Paid(bonus.code, line, amount) for line, amount in zip(ordered, amounts, strict=True)]
        found = []
        for _, lines_of_one in groupby(ordered, key=lambda one: one.payee):
            mine = list(lines_of_one)
            exact = [line.exact for line in mine]
            each = [rounded(one, mode, step) for one in exact]
            amounts = each if by == "line" else together(exact, mode, step)
            found += [Paid(bonus.code, line, amount) for line, amount in zip(mine, amounts, strict=True)]
        return self._with_residue(found, step) if found and self.rounding.text("residue_to") == "largest" else found

    @staticmethod
    def _with_residue(found: list[Paid], step: int) -> list[Paid]:
        """What rounding left, on the largest line."""
        left = sum((one.line.exact for one in found), Fraction(0)) - sum(one.amount for one in found)
        largest = max(range(len(found)), key=lambda at: (found[at].amount, -at))
        found[largest] = replace(found[largest], amount=found[largest].amount + rounded(left, "half_up", step))
        return found

    def _beyond(self, bonus: Bonus, found: Sequence[Paid]) -> list[Paid]:
        """What the bonus's own cap takes away."""
        sums, step = dict[int, int](), self.case.step(self.case.unit(bonus))
        for one in found:
            sums[one.line.payee] = sums.get(one.line.payee, 0) + one.amount
        cuts = []
        for payee, amount in sums.items():
            cap = self.case.listed(bonus, "cap", payee)
            cap = bonus.maybe("cap") if cap is None else cap
            beyond = 0 if cap is None else amount - floor(cap * self.case.minor(bonus) / step) * step
            if beyond > 0:
                line = Line(payee, NOBODY, NOBODY, CAP_LEVEL, Fraction(0), Fraction(-beyond))
                cuts.append(Paid(bonus.code, line, -beyond))
        return cuts

    def _by_payee(self, settled: Sequence[Settled]) -> None:
        """Everybody's lines of all bonuses in one unit rounded together."""
        places: dict[tuple[int, str], list[tuple[Settled, int]]] = {}
        for one in settled:
            alone = {id(line) for _, line in one.came}
            for at, paid in enumerate(one.paid):
                handed_out = one.found.shared and paid.line.level != CAP_LEVEL
                if handed_out or id(paid.line) in alone:
                    continue
                places.setdefault((paid.line.payee, one.unit), []).append((one, at))
        for (_, unit), where in places.items():
            exact = [one.paid[at].line.exact for one, at in where]
            amounts = together(exact, self.case.mode, self.case.step(unit))
            for (one, at), amount in zip(where, amounts, strict=True):
                one.paid[at] = replace(one.paid[at], amount=amount)
