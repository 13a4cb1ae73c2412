"""Rank awards: an amount or a prize for a rank.

A ladder of bronze, silver and gold that awards 100 for silver and 1,000 for gold:

| title before | paid as | once | lines           |
| ------------ | ------- | ---- | --------------- |
| bronze       | gold    | yes  | 100, 1,000      |
| silver       | gold    | yes  | 1,000           |
| gold         | gold    | yes  | -               |
| gold         | silver  | no   | 100             |

With `hold_cycles = 2` the rank, or a higher one, must have been paid in the cycle before too; `once` then looks at
whether the award was had, not at the title:

| paid before | paid as | had    | once | lines |
| ----------- | ------- | ------ | ---- | ----- |
| silver      | gold    | -      | yes  | 100   |
| gold        | gold    | silver | yes  | 1,000 |
| gold        | silver  | -      | no   | 100   |
| bronze      | gold    | -      | no   | -     |
"""

from decimal import Decimal

import numpy as np

from core.bonuses.arrays import After, Fact, Found, Lines, Ready
from core.bonuses.rules.amounts import given_lines
from core.bonuses.rules.facts import always
from core.bonuses.rules.lines import joined
from core.forest.above import Marks
from core.forest.kernel import Grades
from core.kernel.words import text_in
from core.plan.model import RankSpec
from core.plan.model.terms import RankAward


def rank_award(ready: Ready) -> Found:
    """The lines of a rank award: one a rank that is newly reached, or with every cycle one for the rank held."""
    terms = ready.bonus.terms
    assert isinstance(terms, RankAward), "terms are those of the kind"
    held, had = held_ranks(ready, terms), dict(ready.before.had)
    parts = []
    for place, rank in enumerate(ready.plan.ranks, start=1):
        amount = _amount(ready, terms, rank)
        if not amount:
            continue
        there = np.asarray(ready.qualified & (held >= place) & _new(ready, terms, rank.code, place, held))
        if terms.once and terms.hold_cycles > 1:
            had[rank.code] = there | had.get(rank.code, np.zeros_like(there))
        parts.append(_lines(ready, terms, rank, amount, there))
    return Found(joined(parts, ready.basis), After(had=had))


def held_ranks(ready: Ready, terms: RankAward) -> Grades:
    """The rank of everybody, or the lowest that she was paid in as many cycles as it must be held."""
    held = ready.network.ranks(ready.bonus.rank_basis)
    paid = ready.before.paid[: terms.hold_cycles - 1]
    if len(paid) < terms.hold_cycles - 1:
        return np.zeros_like(held)
    return np.asarray(np.minimum.reduce([held, *paid]), np.int8)


def _new(ready: Ready, terms: RankAward, rank: str, place: int, held: Grades) -> Marks:
    """Whether this is the rank that counts now: the one held, or one that was not had before."""
    if not terms.once:
        return np.asarray(held == place)
    if terms.hold_cycles == 1:
        return np.asarray(ready.network.before < place)
    return ~ready.before.had.get(rank, np.zeros(ready.network.size, np.bool_))


def _amount(ready: Ready, terms: RankAward, rank: RankSpec) -> Decimal:
    """What the rank awards: so much, or one piece; 0 for a rank that is not listed."""
    if ready.bonus.pays not in ("prize", "badge"):
        return terms.amount_by_rank.get(rank.code, Decimal(0))
    return Decimal(int(rank.code in terms.amount_by_rank or rank.code in terms.prize_by_rank))


def _lines(ready: Ready, terms: RankAward, rank: RankSpec, amount: Decimal, there: Marks) -> Lines:
    payee = np.flatnonzero(there).astype(np.int32)
    facts = {"rank": always(rank.code, len(payee))}
    prize = terms.prize_by_rank.get(rank.code) or ready.bonus.prize
    if prize and ready.bonus.pays in ("prize", "badge"):
        facts["prize"] = always(text_in(prize, ready.plan.language), len(payee))
    if terms.hold_cycles > 1:
        facts["held_cycles"] = Fact(np.full(len(payee), terms.hold_cycles, np.int64))
    return given_lines(payee, amount, ready.unit, facts)
