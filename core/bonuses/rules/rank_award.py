"""Rank awards: an amount or a prize for a rank.

A ladder of bronze, silver and gold that awards 100 for silver and 1,000 for gold:

| title before | paid as | once | lines           |
| ------------ | ------- | ---- | --------------- |
| bronze       | gold    | yes  | 100, 1,000      |
| silver       | gold    | yes  | 1,000           |
| gold         | gold    | yes  | -               |
| gold         | silver  | no   | 100             |
"""

from decimal import Decimal

import numpy as np

from core.bonuses.arrays import NOBODY, Lines, Ready
from core.bonuses.rules.amounts import amount_lines
from core.bonuses.rules.lines import joined
from core.kernel.words import text_in
from core.plan.model.terms import RankAward


def rank_award(ready: Ready) -> Lines:
    """The lines of a rank award: one a rank that is newly reached, or with every cycle one for the rank held."""
    terms = ready.bonus.terms
    assert isinstance(terms, RankAward), "terms are those of the kind"
    held = ready.network.ranks(ready.bonus.rank_basis)
    had = np.maximum(ready.network.before, 0)
    parts = []
    for place, rank in enumerate(ready.plan.ranks, start=1):
        reached = (held >= place) & (had < place) if terms.once else held == place
        prize = terms.prize_by_rank.get(rank.code) or ready.bonus.prize
        given = ready.bonus.pays in ("prize", "badge")
        amount = int(bool(prize) or ready.bonus.pays == "badge") if given else terms.amount_by_rank.get(rank.code, 0)
        payee = np.flatnonzero(ready.qualified & reached).astype(np.int32)
        if not amount or (given and rank.code not in {**terms.amount_by_rank, **terms.prize_by_rank}):
            continue
        facts = {"rank": [rank.code] * len(payee)}
        if given and prize:
            facts["prize"] = [text_in(prize, ready.plan.language)] * len(payee)
        none = np.full(len(payee), NOBODY, np.int32)
        parts.append(
            amount_lines(
                payee=payee,
                source=none,
                order=none,
                level=np.zeros(len(payee), np.int32),
                amounts=[Decimal(amount)],
                which=np.zeros(len(payee), np.int32),
                unit=ready.unit,
                facts=facts,
            )
        )
    return joined(parts, ready.basis)
