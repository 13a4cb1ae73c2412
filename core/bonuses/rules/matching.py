"""Matching: a share of what other bonuses pay people below, by level or by generation.

B earns 1,000 and C below her 1,200; with 10 % and 7 %, A above both is paid 100.00 and 84.00 (Global MLM Solution).
Paid on top: nobody matched has less by it. `gross` matches what was earned before caps.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import CAP_LEVEL, NOBODY, Basis, Found, Lines, Orders, Ready, Settled
from core.bonuses.rules.amounts import share_lines
from core.bonuses.rules.generation import by_generation
from core.bonuses.rules.lines import joined
from core.bonuses.rules.ranked import bringing
from core.bonuses.rules.unilevel import by_level
from core.forest.kernel import Ints
from core.plan.model.terms import Matching


def matching(ready: Ready) -> Found:
    """The lines of a matching bonus: one a person matched and level or generation."""
    terms = ready.bonus.terms
    assert isinstance(terms, Matching), "terms are those of the kind"
    parts, left = [], Fraction(0)
    theirs = bringing(ready.plan, ready.bonus, ready.network)
    for unit in dict.fromkeys(one.unit for one in ready.matched):
        same = [one for one in ready.matched if one.unit == unit]
        earned = earnings(same, ready.network.size, capped=terms.match_on == "capped")
        source = np.flatnonzero((earned != 0) & theirs).astype(np.int32)
        none = np.full_like(source, NOBODY)
        orders = Orders(source, none, earned[source], np.zeros(len(source), np.bool_), np.ones(len(source), np.int64))
        of_unit = replace(ready, orders=orders, basis=Basis(unit.digits, ready.worth[unit.code]))
        if terms.generations or terms.generations_by_rank:
            parts.append(_by_generation(of_unit, terms))
        else:
            found = by_level(of_unit, terms)
            parts.append(found.lines)
            left += found.left
    return Found(joined(parts, ready.basis), left=left)


def earnings(settled: Sequence[Settled], size: int, *, capped: bool) -> Ints:
    """What these bonuses pay everybody, in minor units."""
    earned = np.zeros(size, np.int64)
    for one in settled:
        counted = one.amount if capped else np.where(one.lines.level == CAP_LEVEL, 0, one.amount)
        np.add.at(earned, one.lines.payee, counted)
    return earned


def _by_generation(ready: Ready, terms: Matching) -> Lines:
    found = by_generation(ready, terms, ready.orders.buyer)
    matched = ready.orders.where(found.start)
    return share_lines(
        payee=found.payee,
        source=matched.buyer,
        order=matched.number,
        level=found.number,
        base=matched.base,
        rate=found.rate,
        rates=found.rates,
        basis=ready.basis,
        unit=ready.unit,
        facts=found.facts(ready),
    )
