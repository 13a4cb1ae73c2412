"""Which rule calculates which kind, and all bonuses of a plan one after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

import numpy as np

from core.bonuses.arrays import NOBODY, Basis, Lines, Network, Orders, Ready, Settled, Unit
from core.bonuses.rules.conditional import conditional
from core.bonuses.rules.differential import differential
from core.bonuses.rules.lines import in_order, joined
from core.bonuses.rules.matching import CAP_LEVEL, matching
from core.bonuses.rules.rank_award import rank_award
from core.bonuses.rules.ranked import by_ladder, holding, qualified
from core.bonuses.rules.rounding import rounded, rounded_together, with_residue
from core.bonuses.rules.starting import fast_start, first_order
from core.bonuses.rules.unilevel import unilevel
from core.forest.above import Marks
from core.forest.kernel import Ints
from core.plan.model import Bonus, Condition, Plan
from core.plan.model.terms import Differential, Matching

RULES: Mapping[str, Callable[[Ready], Lines]] = {
    "unilevel": unilevel,
    "differential": differential,
    "fast_start": fast_start,
    "first_order": first_order,
    "rank_award": rank_award,
    "rule": conditional,
}
"""The kinds but for matching, which looks at what all these pay."""


class Source(Protocol):
    """Where a cycle's figures come from."""

    def counted(self, condition: Condition) -> Ints:
        """What everybody has towards a condition."""

    def kpi(self, code: str) -> Ints:
        """A KPI of everybody."""

    def orders(self, bonus: Bonus) -> Orders:
        """The orders that a bonus looks at."""

    def basis(self, bonus: Bonus) -> Basis:
        """What its base is counted in."""

    def unit(self, bonus: Bonus) -> Unit:
        """In what it pays."""

    def holds(self, bonus: Bonus) -> Marks | None:
        """Where its expression holds; None where it has none."""

    def worth(self, unit: Unit, paid: Unit) -> Fraction:
        """What one whole unit of `unit` is worth in `paid`."""


def settle(plan: Plan, bonuses: Sequence[Bonus], network: Network, source: Source) -> list[Settled]:
    """What these bonuses pay, each rounded as the plan says, in the order given.

    A bonus on bonuses is calculated after those that it matches, whatever their order.
    """
    done: dict[str, Settled] = {}
    for bonus in in_turn(bonuses):
        ready = _ready(plan, bonus, network, source, done)
        if isinstance(bonus.terms, Matching):
            worth = {one.unit.code: source.worth(one.unit, ready.unit) for one in ready.matched}
            lines = matching(ready, worth)
        else:
            lines = RULES[bonus.kind](ready)
        done[bonus.code] = _settled(plan, ready, lines)
    settled = [done[bonus.code] for bonus in bonuses]
    return _by_payee(settled, plan.rounding.mode) if plan.rounding.by == "payee" else settled


def in_turn(bonuses: Sequence[Bonus]) -> list[Bonus]:
    """The bonuses, each after those that it matches; `plan check` has made sure that there is no circle."""
    known = {bonus.code: bonus for bonus in bonuses}
    found: dict[str, Bonus] = {}

    def put(bonus: Bonus) -> None:
        if isinstance(bonus.terms, Matching):
            for code in bonus.terms.matches:
                if code in known and code not in found:
                    put(known[code])
        found.setdefault(bonus.code, bonus)

    for bonus in bonuses:
        put(bonus)
    return list(found.values())


def _ready(plan: Plan, bonus: Bonus, network: Network, source: Source, done: Mapping[str, Settled]) -> Ready:
    terms = bonus.terms
    figure = terms.schedule_kpi if isinstance(terms, Differential) else None
    matched = terms.matches if isinstance(terms, Matching) else ()
    kpis = {kpi.code for kpi in plan.kpis}
    return Ready(
        plan=plan,
        bonus=bonus,
        network=network,
        orders=source.orders(bonus),
        basis=source.basis(bonus),
        unit=source.unit(bonus),
        qualified=qualified(plan, bonus, network, source.counted),
        placed=holding(bonus.place, source.counted, network.size),
        figure=None if figure is None else source.kpi(figure),
        base=source.kpi(bonus.base) if bonus.base in kpis else None,
        holds=source.holds(bonus),
        matched=tuple(done[code] for code in matched if code in done),
    )


def _settled(plan: Plan, ready: Ready, lines: Lines) -> Settled:
    rounding, lines = plan.rounding, in_order(lines, ready.network.place)
    if rounding.by == "line" or not lines.size:
        amount = rounded(lines.units, lines.denominator, rounding.mode)
    else:
        [amount] = rounded_together([(lines.payee, lines.units, lines.denominator)], rounding.mode)
    if rounding.residue_to == "largest":
        amount = with_residue(amount, lines.units, lines.denominator)
    return _capped(plan, ready, lines, amount)


def _capped(plan: Plan, ready: Ready, lines: Lines, amount: Ints) -> Settled:
    """With a line that takes off whatever somebody earns beyond the bonus's cap."""
    limit = _limits(plan, ready)
    sums = np.zeros(ready.network.size, np.int64)
    np.add.at(sums, lines.payee, amount)
    over = np.flatnonzero((limit >= 0) & (sums > limit)).astype(np.int32)
    if len(over):
        beyond = limit[over] - sums[over]
        none = np.full(len(over), NOBODY, np.int32)
        cut = Lines(
            payee=over,
            source=none,
            order=none,
            level=np.full(len(over), CAP_LEVEL, np.int32),
            base=np.zeros(len(over), np.int64),
            rate=none,
            rates=(),
            units=beyond.astype(object) * lines.denominator,
            denominator=lines.denominator,
            decimals=lines.decimals,
            below=none,
            facts={"cap": limit[over].tolist()},
        )
        lines, amount = joined([lines, cut], ready.basis), np.concatenate([amount, beyond])
    base = "money" if ready.bonus.base in ("price", "earnings") else "count"
    return Settled(ready.bonus, ready.unit, lines, amount, base)


def _limits(plan: Plan, ready: Ready) -> Ints:
    """The most that everybody can earn by the bonus, in minor units; -1 for no limit."""
    bonus, unit = ready.bonus, ready.unit
    caps = [bonus.cap if one is None else one for one in by_ladder(plan, bonus.cap_by_rank)]
    table = np.array([_minor(one, unit) for one in caps], np.int64)
    return table[ready.network.ranks(bonus.rank_basis)]


def _minor(amount: Decimal | None, unit: Unit) -> int:
    if amount is None:
        return -1
    exact = Fraction(amount) * unit.worth * 10**unit.digits
    return int(exact.numerator // exact.denominator)


def _by_payee(settled: list[Settled], mode: str) -> list[Settled]:
    """All bonuses of one unit rounded together, so that each payee's sum is rounded once."""
    for unit in dict.fromkeys(one.unit for one in settled):
        places = [place for place, one in enumerate(settled) if one.unit == unit and one.lines.size]
        if not places:
            continue
        lines = [settled[place].lines for place in places]
        amounts = rounded_together([(one.payee, one.units, one.denominator) for one in lines], mode)
        for place, amount in zip(places, amounts, strict=True):
            settled[place] = replace(settled[place], amount=amount)
    return settled
