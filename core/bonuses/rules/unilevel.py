"""Unilevel: so much of every order to each level above its buyer."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from core.bonuses.arrays import Found, Lines, Ready
from core.bonuses.rules.amounts import exact_share, share_lines
from core.bonuses.rules.levels import Reached, climb
from core.bonuses.rules.lines import no_lines
from core.bonuses.rules.ranked import Levels
from core.forest.above import Marks
from core.forest.kernel import Indices
from core.forest.ordering import in_turn, taken
from core.plan.model.percents import Percent
from core.plan.model.terms import Compressed, Unilevel


def unilevel(ready: Ready) -> Found:
    """The lines of a unilevel bonus: one an order and level that somebody earns.

    With 5 %, 5 % and 3 %, an order of 100 pays as the table of `levels.climb` says, 5.00, 5.00 and 3.00. Where
    `pair_rule` is `lower_of_both`, the rate is that of the lower of the buyer's and the earner's rank.
    """
    terms = ready.bonus.terms
    assert isinstance(terms, Unilevel), "terms are those of the kind"
    return by_level(ready, terms, first=terms.start_level)


def by_level(ready: Ready, terms: Compressed, *, first: int = 1) -> Found:
    """What each order pays to each level above its buyer, and what nobody at a level gets where it goes to a pool.

    Args:
        first: levels before it pay nothing.
    """
    table = Levels(ready.plan, ready.bonus, ready.network, terms, ready.figures)

    def paid(level: int) -> Marks:
        return np.asarray(ready.qualified & (table.depth >= level))

    places = ready.placed & ready.qualified if terms.compression == "run" else ready.placed
    pairs, earned = _Pairs(), {}
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
            earned[found.level] = found.start
            pairs.add(found, table.rate(found, ready.orders.buyer))
    left = unearned(ready, terms.levels, earned, first)
    earned.clear()
    return Found(table.told(pairs.lines(ready, table)), left=left)


def unearned(ready: Ready, levels: Sequence[Percent], earned: Mapping[int, Indices], first: int = 1) -> Fraction:
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


class _Pairs:
    """Who is paid for which order, level after level.

    There can be millions: a column is freed as soon as it is used, and lines are written a single time, in their turn.
    """

    def __init__(self) -> None:
        self._columns: dict[str, list[Any]] = {}

    def add(self, found: Reached, rate: Indices) -> None:
        """What one level pays; a rate of -1 pays nothing."""
        level: Any = np.full(len(rate), found.level, np.int16)
        columns: dict[str, Indices] = {
            "start": found.start,
            "payee": found.payee,
            "below": found.below,
            "rate": rate,
            "level": level,
        }
        pays = rate >= 0
        for name, column in columns.items():
            self._columns.setdefault(name, []).append(column if pays.all() else column[pays])

    def lines(self, ready: Ready, table: Levels) -> Lines:
        """The lines by payee and order."""
        if not self._columns:
            return no_lines(ready.basis)
        payee, start = self._whole("payee"), self._whole("start")
        turn = in_turn([taken(ready.network.place.astype(np.int32), payee), start])
        start, payee = taken(start, turn), taken(payee, turn)
        orders = ready.orders
        return share_lines(
            payee=payee,
            source=taken(orders.buyer, start),
            order=taken(orders.number, start),
            level=taken(self._whole("level"), turn),
            base=taken(orders.base, start),
            rate=taken(self._whole("rate"), turn),
            rates=table.rates,
            basis=ready.basis,
            unit=ready.unit,
            below=taken(self._whole("below"), turn),
        )

    def _whole(self, name: str) -> Any:
        return np.concatenate(self._columns.pop(name))
