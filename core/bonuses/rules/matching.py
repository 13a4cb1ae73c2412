"""Matching: a share of what other bonuses pay people below, by level or by generation.

B earns 1,000 and C below her 1,200; with 10 % and 7 %, A above both is paid 100.00 and 84.00 (Global MLM Solution).
Paid on top: nobody matched has less by it. `gross` matches what was earned before caps.
"""

from fractions import Fraction

import numpy as np

from core.bonuses.arrays import NOBODY, Basis, Lines, Ready, Settled
from core.bonuses.rules.amounts import share_lines
from core.bonuses.rules.levels import climb
from core.bonuses.rules.lines import joined
from core.bonuses.rules.ranked import Levels, by_ladder
from core.forest.above import Marks, generations
from core.forest.kernel import Indices, Ints
from core.plan.model.terms import Matching

SAME = "same_as_earner"


def matching(ready: Ready, worth: dict[str, Fraction]) -> Lines:
    """The lines of a matching bonus: one a person matched and level or generation.

    Args:
        worth: what one unit of each currency that is matched is worth in what this bonus pays.
    """
    terms = ready.bonus.terms
    assert isinstance(terms, Matching), "terms are those of the kind"
    parts = []
    for unit in dict.fromkeys(one.unit for one in ready.matched):
        same = [one for one in ready.matched if one.unit == unit]
        earned = earnings(same, ready.network.size, capped=terms.match_on == "capped")
        basis = Basis(unit.digits, worth[unit.code])
        by_generation = terms.generations or terms.generations_by_rank
        parts.append((_by_generation if by_generation else _by_level)(ready, terms, earned, basis))
    return joined(parts, ready.basis)


def earnings(settled: list[Settled], size: int, *, capped: bool) -> Ints:
    """What these bonuses pay everybody, in minor units."""
    earned = np.zeros(size, np.int64)
    for one in settled:
        counted = one.amount if capped else np.where(one.lines.level == CAP_LEVEL, 0, one.amount)
        np.add.at(earned, one.lines.payee, counted)
    return earned


CAP_LEVEL = -1
"""The level of the line that takes off what is beyond a cap."""


def _by_level(ready: Ready, terms: Matching, earned: Ints, basis: Basis) -> Lines:
    table = Levels(ready.plan, ready.bonus, ready.network, terms)
    source = np.flatnonzero(earned).astype(np.int32)

    def paid(level: int) -> Marks:
        return np.asarray(ready.qualified & (table.depth >= level))

    places = ready.placed & ready.qualified if terms.compression == "run" else ready.placed
    parts = []
    for found in climb(
        ready.network.parent,
        source,
        table.last,
        compression=terms.compression,
        placed=places,
        paid=paid,
        lost_goes_on=ready.bonus.breakage_to == "next_qualified",
    ):
        rate = table.rate(table.ranks[found.payee], found.level)
        known = rate >= 0
        start, payee = source[found.start[known]], found.payee[known]
        level = np.full(len(start), found.level, np.int32)
        parts.append(_matched(ready, payee, start, level, rate[known], table.rates, earned, basis, found.below[known]))
    return joined(parts, basis)


def _by_generation(ready: Ready, terms: Matching, earned: Ints, basis: Basis) -> Lines:
    ranks = ready.network.ranks(ready.bonus.rank_basis)
    tables = [terms.generations if one is None else one for one in by_ladder(ready.plan, terms.generations_by_rank)]
    rates = tuple(sorted({Fraction(rate) for table in tables for rate in table}))
    places = {rate: place for place, rate in enumerate(rates)}
    last = max(len(table) for table in tables)
    rate_of = np.full((len(tables), last + 1), -1, np.int32)
    for rank, table in enumerate(tables):
        rate_of[rank, 1 : len(table) + 1] = [places[Fraction(rate)] for rate in table]
    source = np.flatnonzero(earned).astype(np.int32)
    found = generations(
        ready.network.parent,
        ranks,
        ready.qualified,
        source,
        leader=0 if terms.leader_rank in (None, SAME) else ready.plan.rank_index(terms.leader_rank),
        last=last,
        opener=terms.boundary == "opener",
        grades=len(ready.plan.ranks),
    )
    rate = rate_of[ranks[found[1]], found[2]]
    start, payee, number = source[found[0]][rate >= 0], found[1][rate >= 0], found[2][rate >= 0]
    return _matched(ready, payee, start, number, rate[rate >= 0], rates, earned, basis, np.full_like(start, NOBODY))


def _matched(
    ready: Ready,
    payee: Indices,
    source: Indices,
    level: Indices,
    rate: Indices,
    rates: tuple[Fraction, ...],
    earned: Ints,
    basis: Basis,
    below: Indices,
) -> Lines:
    return share_lines(
        payee=payee,
        source=source,
        order=np.full(len(payee), NOBODY, np.int32),
        level=level,
        base=earned[source],
        rate=rate,
        rates=rates,
        basis=basis,
        unit=ready.unit,
        below=below,
    )
