"""Rank awards: an amount or a prize for a rank.

A ladder of bronze, silver and gold that awards 100 for silver and 1,000 for gold:

| title before | paid as | once | lines           |
| ------------ | ------- | ---- | --------------- |
| bronze       | gold    | yes  | 100, 1,000      |
| silver       | gold    | yes  | 1,000           |
| gold         | gold    | yes  | -               |
| gold         | silver  | no   | 100             |

A rank that is not listed is awarded what the nearest lower listed one is, but for `once`, which asks for listed ranks.

With `hold_cycles = 2` the rank, or a higher one, must have been paid in the cycle before too; `once` then looks at
whether the award was had, not at the title:

| paid before | paid as | had    | once | lines |
| ----------- | ------- | ------ | ---- | ----- |
| silver      | gold    | -      | yes  | 100   |
| gold        | gold    | silver | yes  | 1,000 |
| gold        | silver  | -      | no   | 100   |
| bronze      | gold    | -      | no   | -     |

Titles rise by the main calendar alone. `once` by another one, such as by weeks, therefore looks at both: at the title
and at whether the award was had since.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

import numpy as np

from core.bonuses.arrays import After, Fact, Found, Lines, Ready
from core.bonuses.rules.amounts import given_lines
from core.bonuses.rules.facts import always
from core.bonuses.rules.lines import joined
from core.bonuses.rules.ranked import by_ladder
from core.bonuses.rules.receiving import Received, received
from core.forest.above import Marks
from core.forest.kernel import Grades
from core.kernel.words import CompanyText, text_in
from core.plan.model import RankSpec
from core.plan.model.terms import RankAward

T = TypeVar("T")


def rank_award(ready: Ready) -> Found:
    """The lines of a rank award: one a rank that is newly reached, or with every cycle one for the rank held."""
    terms = ready.bonus.terms
    assert isinstance(terms, RankAward), "terms are those of the kind"
    held, had = held_ranks(ready, terms), dict(ready.before.had)
    parts = []
    amounts, prizes = _by_rank(ready, terms, _amounts(ready, terms)), _by_rank(ready, terms, terms.prize_by_rank)
    for place, rank in enumerate(ready.plan.ranks, start=1):
        amount = amounts[place]
        if not amount:
            continue
        there = np.asarray((held >= place) & _new(ready, terms, rank.code, place, held))
        paid = received(ready, terms.to, there)
        if terms.once and (terms.hold_cycles > 1 or ready.plan.takes_titles):
            had[rank.code] = had.get(rank.code, np.zeros_like(there)).copy()
            had[rank.code][paid.by] = True
        parts.append(_lines(ready, terms, rank, amount, prizes[place], paid))
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
    new = ~ready.before.had.get(rank, np.zeros(ready.network.size, np.bool_))
    if terms.hold_cycles > 1:
        return new
    above = np.asarray(ready.network.before < place)
    return above & new if ready.plan.takes_titles else above


def _amounts(ready: Ready, terms: RankAward) -> Mapping[str, Decimal]:
    """What each listed rank awards: so much, or one piece."""
    if ready.bonus.pays not in ("prize", "badge"):
        return terms.amount_by_rank
    return dict.fromkeys((*terms.amount_by_rank, *terms.prize_by_rank), Decimal(1))


def _by_rank(ready: Ready, terms: RankAward, table: Mapping[str, T]) -> list[T | None]:
    """A table's entries by place on the ladder; what is had once is had for the ranks that are listed alone."""
    if terms.once:
        return [None, *(table.get(rank.code) for rank in ready.plan.ranks)]
    return by_ladder(ready.plan.ranks, table)


def _lines(
    ready: Ready, terms: RankAward, rank: RankSpec, amount: Decimal, prize: CompanyText | None, paid: Received
) -> Lines:
    size = len(paid.payee)
    facts = {"rank": always(rank.code, size)}
    prize = prize or ready.bonus.prize
    if prize and ready.bonus.pays in ("prize", "badge"):
        facts["prize"] = always(text_in(prize, ready.plan.language), size)
    if terms.hold_cycles > 1:
        facts["held_cycles"] = Fact(np.full(size, terms.hold_cycles, np.int64))
    return given_lines(paid, amount, ready.unit, facts)
