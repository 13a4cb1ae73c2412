"""Which rule calculates which kind, and all bonuses of a plan one after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeGuard

import numpy as np

from core.bonuses.arrays import Found, Lines, Network, Orders, Ready, Settled
from core.bonuses.finishing import by_payee, finished
from core.bonuses.rules.binary import binary
from core.bonuses.rules.breakaway import breakaway
from core.bonuses.rules.conditional import conditional
from core.bonuses.rules.differential import differential
from core.bonuses.rules.generation import generation
from core.bonuses.rules.goal_award import goal_award
from core.bonuses.rules.infinity import infinity
from core.bonuses.rules.instalments import put_off
from core.bonuses.rules.lines import no_lines
from core.bonuses.rules.matching import matching
from core.bonuses.rules.matrix import matrix
from core.bonuses.rules.moving import MODES
from core.bonuses.rules.pool import has_holders, pool
from core.bonuses.rules.rank_award import rank_award
from core.bonuses.rules.ranked import bringing, holding, qualified
from core.bonuses.rules.starting import fast_start, first_order
from core.bonuses.rules.unilevel import unilevel
from core.bonuses.source import Source
from core.bonuses.views import along
from core.forest.kernel import Ints
from core.plan.model import Bonus, Plan
from core.plan.model.terms import Differential, Matching, Pool, Terms
from core.plan.model.turn import needed, pool_for

RULES: Mapping[str, Callable[[Ready], Lines | Found]] = {
    "unilevel": unilevel,
    "differential": differential,
    "breakaway": breakaway,
    "binary": binary,
    "matrix": matrix,
    "generation": generation,
    "infinity": infinity,
    "matching": matching,
    "fast_start": fast_start,
    "first_order": first_order,
    "pool": pool,
    "rank_award": rank_award,
    "goal_award": goal_award,
    "rule": conditional,
}
IN_PLACES = ("binary", "matrix")
"""Kinds that look at the places of their tree themselves; all others go along a tree as along that of the sponsors."""
KPI_WORDS = ("levels_kpi", "schedule_kpi", "own_group_kpi", "rate_kpi", "shares_kpi", "growth_kpi", "kpi")
"""The words by which terms name KPIs."""


@dataclass(slots=True)
class Course:
    """What is known while bonuses are calculated one after the other."""

    plan: Plan
    bonuses: Sequence[Bonus]
    network: Network
    source: Source
    done: dict[str, Settled] = field(default_factory=dict)
    given: dict[str, Fraction] = field(default_factory=dict)
    """Exact minor units that bonuses left to a pool, by its code."""

    def calculate(self, bonus: Bonus) -> None:
        """The bonus's lines; what it leaves goes to its pool."""
        ready = self.ready(bonus)
        rule = RULES[bonus.kind]
        if ready.tree is not None and bonus.kind not in IN_PLACES:
            result: Lines | Found = along(rule, ready, ready.tree)
        else:
            result = rule(ready)
        found = Found(result) if isinstance(result, Lines) else result
        self.done[bonus.code] = finished(ready, found)
        taker = self._taker(bonus) if found.left else None
        if taker is not None:
            self.given[taker.code] = self.given.get(taker.code, Fraction(0)) + found.left

    def _taker(self, bonus: Bonus) -> Bonus | None:
        """The pool that gets what the bonus leaves: of a pool's next ones the first that somebody holds."""
        if not isinstance(bonus.terms, Pool):
            return pool_for(bonus, self.bonuses)
        known = {one.code: one for one in self.bonuses}
        following = [known[code] for code in bonus.terms.next_pool if code in known]
        return next((one for one in following if has_holders(self.ready(one))), None)

    def ready(self, bonus: Bonus) -> Ready:
        """All that the bonus's rule is given."""
        plan, source, terms = self.plan, self.source, bonus.terms
        unit, tree = source.unit(bonus), source.tree(bonus)
        earns = qualified(plan, bonus, self.network, source.counted)
        matched = terms.matches if isinstance(terms, Matching) else getattr(terms, "shares_from", ())
        others = tuple(self.done[code] for code in matched if code in self.done)
        position = isinstance(terms, Pool)
        return Ready(
            plan=plan,
            bonus=bonus,
            network=self.network,
            orders=self._orders(bonus),
            basis=source.basis(bonus),
            unit=unit,
            qualified=earns if tree is None else earns & tree.stands[: self.network.size],
            placed=holding(bonus.place, source.counted, self.network.size),
            figures={code: source.kpi(code) for word in KPI_WORDS if (code := getattr(terms, word, None))},
            before=source.before(bonus),
            holds=source.holds(bonus),
            comes_to=source.comes_to(bonus),
            matched=others,
            worth={one.unit.code: source.worth(one.unit, unit) for one in others},
            tree=tree,
            given=self.given.get(bonus.code, Fraction(0)),
            bought=source.bought(plan.kpi(str(terms.schedule_kpi)).measure) if _moves(terms) else None,
            last_sale=source.last_sales() if position else None,
        )

    def _orders(self, bonus: Bonus) -> Orders:
        """A KPI, or who joined, comes as one order of everybody who has any and is looked at."""
        if bonus.base != "heads" and all(kpi.code != bonus.base for kpi in self.plan.kpis):
            return self.source.orders(bonus)
        figure = self.source.joined().astype(np.int64) if bonus.base == "heads" else self.source.kpi(bonus.base)
        return own_figures(np.where(bringing(self.plan, bonus, self.network), figure, 0))


def _moves(terms: Terms) -> TypeGuard[Differential]:
    """Whether percentages move with each order of the cycle."""
    return isinstance(terms, Differential) and terms.schedule_mode in MODES


def own_figures(figure: Ints) -> Orders:
    """One order without a number for everybody whose figure is not 0."""
    buyer = np.flatnonzero(figure).astype(np.int32)
    base, ones = figure[buyer].astype(np.int64), np.ones(len(buyer), np.int64)
    return Orders(buyer, np.full_like(buyer, -1), base, np.zeros(len(buyer), np.bool_), ones)


def settle(plan: Plan, bonuses: Sequence[Bonus], network: Network, source: Source) -> list[Settled]:
    """What these bonuses pay, each rounded as the plan says, in the order given.

    A bonus on bonuses is calculated after those that it matches, a pool after those that give to it, whatever their
    order.
    """
    course = Course(plan, bonuses, network, source)
    for bonus in in_turn(bonuses):
        course.calculate(bonus)
    settled = [course.done[bonus.code] for bonus in bonuses]
    settled += [finished(course.ready(rest), Found(no_lines(source.basis(rest)))) for rest in source.rests()]
    if plan.rounding.by == "payee":
        settled = by_payee(settled, plan.rounding)
    return [put_off(one, source.before(one.bonus).due, source.cycle) for one in settled]


def in_turn(bonuses: Sequence[Bonus]) -> list[Bonus]:
    """The bonuses, each after those that it needs; `plan check` has made sure that there is no circle."""
    known = {bonus.code: bonus for bonus in bonuses}
    found: dict[str, Bonus] = {}

    def put(bonus: Bonus) -> None:
        for code in needed(bonus, bonuses):
            if code in known and code not in found:
                put(known[code])
        found.setdefault(bonus.code, bonus)

    for bonus in bonuses:
        put(bonus)
    return list(found.values())
