"""Unilevel: so much of every order to each level above its buyer."""

import numpy as np

from core.bonuses.arrays import Lines, Ready
from core.bonuses.rules.amounts import share_lines
from core.bonuses.rules.levels import climb
from core.bonuses.rules.lines import joined
from core.bonuses.rules.ranked import Levels
from core.forest.above import Marks
from core.forest.kernel import Indices
from core.plan.model.terms import Unilevel


def unilevel(ready: Ready) -> Lines:
    """The lines of a unilevel bonus: one an order and level that somebody earns.

    With 5 %, 5 % and 3 %, an order of 100 pays as the table of `levels.climb` says, 5.00, 5.00 and 3.00. Where
    `pair_rule` is `lower_of_both`, the rate is that of the lower of the buyer's and the earner's rank.
    """
    terms = ready.bonus.terms
    assert isinstance(terms, Unilevel), "terms are those of the kind"
    table = Levels(ready.plan, ready.bonus, ready.network, terms)

    def paid(level: int) -> Marks:
        return np.asarray(ready.qualified & (table.depth >= level))

    places = ready.placed & ready.qualified if terms.compression == "run" else ready.placed
    goes_on = ready.bonus.breakage_to == "next_qualified"
    orders, parts = ready.orders, []
    for found in climb(
        ready.network.parent,
        orders.buyer,
        table.last,
        compression=terms.compression,
        placed=places,
        paid=paid,
        lost_goes_on=goes_on,
    ):
        if found.level < terms.start_level:
            continue
        rank = table.ranks[found.payee]
        if terms.pair_rule == "lower_of_both":
            rank = np.minimum(rank, table.ranks[orders.buyer[found.start]])
        rate = table.rate(rank, found.level)
        known = rate >= 0
        parts.append(_lines(ready, table, found.level, found.start, found.payee, found.below, rate, known))
    return joined(parts, ready.basis)


def _lines(
    ready: Ready,
    table: Levels,
    level: int,
    start: Indices,
    payee: Indices,
    below: Indices,
    rate: Indices,
    known: Marks,
) -> Lines:
    orders = ready.orders.where(start[known])
    return share_lines(
        payee=payee[known],
        source=orders.buyer,
        order=orders.number,
        level=np.full(len(orders.buyer), level, np.int32),
        base=orders.base,
        rate=rate[known],
        rates=table.rates,
        basis=ready.basis,
        unit=ready.unit,
        below=below[known],
    )
