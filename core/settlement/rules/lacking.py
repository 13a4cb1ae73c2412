"""What each kind of bonus asks of somebody herself: a rate, a step, a share, a rule that holds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from core.bonuses.rules.ranked import by_ladder
from core.plan.model import Bonus, PackageSpec, Plan, RankSpec
from core.plan.model import terms as t
from core.settlement.rules.lack import Lack, Missing, Standing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class At:
    """What one bonus asks of one person by its kind."""

    plan: Plan
    bonus: Bonus
    standing: Standing

    @property
    def place(self) -> int:
        """Her rank by the bonus's basis."""
        return self.standing.ranks[self.bonus.rank_basis]

    def by_rank(
        self, word: str, table: Mapping[str, T], *, otherwise: bool, pays: Callable[[T], bool]
    ) -> Iterator[Missing]:
        """A table that gives her rank, or her package, nothing: the lowest above hers that it gives something."""
        packages = word in self.bonus.by_package
        mine = self.standing.package if packages else self.place
        ladder: Sequence[RankSpec | PackageSpec] = self.plan.packages if packages else self.plan.ranks
        given = [pays(one) if one is not None else otherwise for one in by_ladder(ladder, table)]
        if given[mine]:
            return
        for place in range(mine + 1, len(given)):
            if given[place]:
                lack = Lack.PACKAGE if packages else Lack.RANK
                yield Missing(lack, rank=ladder[place - 1].code, basis=self.bonus.rank_basis)
                return

    def step(self, kpi: str, least: Decimal) -> Iterator[Missing]:
        """A figure that must reach so much."""
        have = self.standing.kpi(kpi)
        if have < Fraction(least):
            yield Missing(Lack.STEP, kpi=kpi, needed=Fraction(least), have=have)

    def differential(self, terms: t.Differential) -> Iterator[Missing]:
        """A percentage of her own, and something that is left of it."""
        if terms.schedule_kpi is not None:
            yield from self.step(terms.schedule_kpi, min(step.start for step in terms.schedule))
        elif not terms.schedule:
            yield from self.by_rank("rate_by_rank", terms.rate_by_rank, otherwise=False, pays=lambda rate: rate > 0)
        yield Missing(Lack.NO_OWN if terms.of == "own" else Lack.NO_DIFFERENCE)

    def pool(self, terms: t.Pool) -> Iterator[Missing]:
        """A share in it."""
        if terms.division in ("shares", "schedule"):
            yield from self.by_rank(
                "shares_by_rank", terms.shares_by_rank, otherwise=False, pays=lambda shares: shares > 0
            )
        elif terms.division != "growth" and terms.shares_kpi is not None and self.standing.kpi(terms.shares_kpi) <= 0:
            yield Missing(Lack.STEP, kpi=terms.shares_kpi, needed=None, have=self.standing.kpi(terms.shares_kpi))

    def award(self, terms: t.RankAward) -> Iterator[Missing]:
        """A rank that is awarded, `once` one above the title so far; or of somebody else's rank that somebody."""
        if terms.to != "person":
            yield Missing(Lack.NOBODY_REACHED)
        awarded = [self.plan.rank_index(code) for code in (*terms.amount_by_rank, *terms.prize_by_rank)]
        reached = [place for place in awarded if place <= self.place]
        if terms.hold_cycles > 1 and reached:
            rank = self.plan.ranks[max(reached) - 1].code
            yield Missing(Lack.HELD, rank=rank, count=terms.hold_cycles, once=terms.once)
        least = self.standing.ranks["before"] if terms.once and terms.hold_cycles == 1 else 0
        above = [place for place in sorted(awarded) if place > max(self.place, least)]
        if above and (terms.once or not any(place <= self.place for place in awarded)):
            yield Missing(Lack.RANK, rank=self.plan.ranks[above[0] - 1].code, basis=self.bonus.rank_basis)

    def rule(self, terms: t.Conditional) -> Iterator[Missing]:
        """Its condition, and what it is a share of."""
        if not self.standing.holds(self.bonus):
            first, *others = self.standing.unmet(self.bonus) or (Missing(Lack.RULE, rule=terms.when.text),)
            yield replace(first, also=tuple(others))
        if not isinstance(terms.amount, Decimal):
            yield Missing(Lack.AMOUNT, rule=terms.amount.text)
        yield Missing(Lack.NO_REFERRAL if terms.per == "referral" else Lack.NO_OWN)

    def levels(self, terms: t.Leveled) -> Iterator[Missing]:
        """Rates at her rank, and a depth; or generations in their place."""
        if isinstance(terms, t.Matching) and (terms.generations or terms.generations_by_rank):
            yield from self.by_rank(
                "generations_by_rank", terms.generations_by_rank, otherwise=bool(terms.generations), pays=bool
            )
            return
        if terms.levels_kpi is not None and not terms.levels:
            yield from self.step(terms.levels_kpi, min(step.start for step in terms.levels_steps))
        elif terms.levels_kpi is None:
            yield from self.by_rank("levels_by_rank", terms.levels_by_rank, otherwise=bool(terms.levels), pays=bool)
        yield from self.by_rank("depth_by_rank", terms.depth_by_rank, otherwise=not terms.depth_by_rank, pays=bool)

    def generation(self, terms: t.Generation) -> Iterator[Missing]:
        """Generations at her rank."""
        yield from self.by_rank(
            "generations_by_rank", terms.generations_by_rank, otherwise=bool(terms.generations), pays=bool
        )

    def infinity(self, terms: t.Infinity) -> Iterator[Missing]:
        """A rate at her rank."""
        yield from self.by_rank(
            "rate_by_rank", terms.rate_by_rank, otherwise=terms.rate > 0, pays=lambda rate: rate > 0
        )

    def breakaway(self, terms: t.Breakaway) -> Iterator[Missing]:
        """Generations at her rank, where something is guaranteed a leader's rank, and a group of her own."""
        yield from self.by_rank(
            "generations_by_rank", terms.generations_by_rank, otherwise=bool(terms.generations), pays=bool
        )
        if terms.guarantee and self.place < self.plan.rank_index(terms.leader_rank):
            yield Missing(Lack.RANK, rank=terms.leader_rank, basis=self.bonus.rank_basis)
        if terms.own_group_kpi is not None:
            yield from self.step(terms.own_group_kpi, terms.own_group_minimum)

    def binary(self, terms: t.Binary) -> Iterator[Missing]:
        """A percentage, by a figure or a table, or what a cycle or pair pays; and her own people on both sides."""
        if terms.pay in ("percent", "levels") and terms.rate_kpi is not None and terms.rate_steps:
            yield from self.step(terms.rate_kpi, min(one.start for one in terms.rate_steps))
        elif terms.pay == "percent" or (terms.pay == "levels" and not (terms.value or terms.value_by_rank)):
            yield from self.by_rank("rate_by_rank", terms.rate_by_rank, otherwise=terms.rate > 0, pays=bool)
        elif terms.pay != "tiers":
            yield from self.by_rank("value_by_rank", terms.value_by_rank, otherwise=terms.value > 0, pays=bool)
        if not self.standing.sided(self.bonus):
            yield Missing(Lack.SIDES, count=terms.personal_actives_each_side)
        if self.bonus.tree == "sponsor":
            yield Missing(Lack.NO_LEGS)
        if terms.pay == "levels":
            yield Missing(Lack.NO_LEVEL)

    def goal(self, terms: t.GoalAward) -> Iterator[Missing]:
        """The goal, or somebody who reached it."""
        if terms.to != "person":
            yield Missing(Lack.NOBODY_REACHED)
        if terms.kpi is not None:
            yield from self.step(terms.kpi, terms.minimum)

    def nothing(self, _terms: t.Terms) -> Iterator[Missing]:
        """Kinds that ask nothing of her by themselves."""
        return iter(())


ASKED: Mapping[str, Callable[[At, Any], Iterator[Missing]]] = {
    "unilevel": At.levels,
    "matrix": At.levels,
    "matching": At.levels,
    "fast_start": At.levels,
    "differential": At.differential,
    "generation": At.generation,
    "infinity": At.infinity,
    "breakaway": At.breakaway,
    "binary": At.binary,
    "pool": At.pool,
    "rank_award": At.award,
    "goal_award": At.goal,
    "rule": At.rule,
}
"""Each is called with the terms of its own kind."""


def of_kind(plan: Plan, bonus: Bonus, standing: Standing) -> Iterator[Missing]:
    """What the bonus's kind asks of her and she lacks."""
    return ASKED.get(bonus.kind, At.nothing)(At(plan, bonus, standing), bonus.terms)
