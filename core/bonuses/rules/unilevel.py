"""Unilevel: so much of every order to each level above its buyer."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import Found, Lines, Ready
from core.bonuses.rules.amounts import exact_share, share_lines
from core.bonuses.rules.levels import Reached, climb
from core.bonuses.rules.lines import joined
from core.bonuses.rules.ranked import Levels
from core.forest.above import Marks
from core.forest.kernel import Indices
from core.forest.ordering import taken
from core.plan.model.terms import Compressed, Unilevel


def unilevel(ready: Ready) -> Found:
    """The lines of a unilevel bonus: one an order and level that somebody earns.

    With 5 %, 5 % and 3 %, an order of 100 pays as the table of `levels.climb` says, 5.00, 5.00 and 3.00. Where
    `pair_rule` is `lower_of_both`, the rate is that of the lower of the buyer's and the earner's rank.
    """
    terms = ready.bonus.terms
    assert isinstance(terms, Unilevel), "terms are those of the kind"
    return by_level(ready, terms, first=terms.start_level, lower_of_both=terms.pair_rule == "lower_of_both")


def by_level(ready: Ready, terms: Compressed, *, first: int = 1, lower_of_both: bool = False) -> Found:
    """What each order pays to each level above its buyer, and what nobody at a level gets where it goes to a pool.

    Args:
        first: levels before it pay nothing.
    """
    table = Levels(ready.plan, ready.bonus, ready.network, terms, ready.figures)

    def paid(level: int) -> Marks:
        return np.asarray(ready.qualified & (table.depth >= level))

    places = ready.placed & ready.qualified if terms.compression == "run" else ready.placed
    parts: list[Lines] = []
    earned: dict[int, Indices] = {}
    for found in climb(
        ready.network.parent,
        ready.orders.buyer,
        table.last,
        compression=terms.compression,
        placed=places,
        paid=paid,
        lost_goes_on=ready.bonus.breakage_to == "next_qualified",
    ):
        if found.level >= first:
            parts.append(_lines(ready, table, found, lower_of_both=lower_of_both))
            earned[found.level] = found.start
    return Found(joined(parts, ready.basis), left=unearned(ready, terms.levels, earned, first))


def unearned(ready: Ready, levels: Sequence[Decimal], earned: Mapping[int, Indices], first: int = 1) -> Fraction:
    """What the levels would have paid to people whom they did not find, where a pool gets it.

    An order of 100 with 5 % and 3 %, whose buyer has one person above her: 3 % of it, 3.00.

    Args:
        earned: the orders that each level found somebody for, by their places.
    """
    if ready.bonus.breakage_to != "pool":
        return Fraction(0)
    base, missed = ready.orders.base, Fraction(0)
    for level, rate in enumerate(levels, start=1):
        if level >= first:
            found = earned.get(level, np.zeros(0, np.int32))
            missed += Fraction(rate) * (sum(base.tolist()) - sum(base[found].tolist()))
    return exact_share(missed, ready.basis, ready.unit)


def _lines(ready: Ready, table: Levels, found: Reached, *, lower_of_both: bool) -> Lines:
    place = table.places[found.payee]
    if lower_of_both:
        place = np.minimum(place, table.places[ready.orders.buyer[found.start]])
    rate = table.rate(place, found.level)
    known = np.flatnonzero(rate >= 0)
    orders = ready.orders.where(taken(found.start, known))
    return share_lines(
        payee=taken(found.payee, known),
        source=orders.buyer,
        order=orders.number,
        level=np.full(len(orders.buyer), found.level, np.int32),
        base=orders.base,
        rate=taken(rate, known),
        rates=table.rates,
        basis=ready.basis,
        unit=ready.unit,
        below=taken(found.below, known),
    )
