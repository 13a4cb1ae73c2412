"""Fast start and first order: what newcomers' first orders pay those above them.

| bonus       | plan                          | the newcomer orders | her sponsor | the next above |
| ----------- | ----------------------------- | ------------------- | ----------- | -------------- |
| fast start  | 20 %, 10 % within 60 days     | 100 on day 60       | 20.00       | 10.00          |
| fast start  | the same                      | 100 on day 61       | -           | -              |
| first order | 10 from 50 on                 | 50, her first       | 10.00       | -              |
| first order | the same                      | 50, her second      | -           | -              |

Which orders fall into the window is decided before; who does not qualify loses her level unless it rolls up.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import Lines, Ready
from core.bonuses.rules.amounts import amount_lines, share_lines
from core.bonuses.rules.levels import Reached, climb
from core.bonuses.rules.lines import joined
from core.plan.model.terms import FastStart, FirstOrder


def fast_start(ready: Ready) -> Lines:
    """The lines of a fast start: one an order and level."""
    terms = ready.bonus.terms
    assert isinstance(terms, FastStart), "terms are those of the kind"
    return _by_level(ready, terms.levels, rolls_up=terms.rolls_up)


def first_order(ready: Ready) -> Lines:
    """The lines of a first-order bonus: one a first order, or one a level of it."""
    terms = ready.bonus.terms
    assert isinstance(terms, FirstOrder), "terms are those of the kind"
    least = Fraction(terms.minimum_order) * 10**ready.basis.decimals
    enough = np.array([base >= least for base in ready.orders.base.tolist()], np.bool_)
    ready = replace(ready, orders=ready.orders.where(enough & ready.orders.first))
    parts = [_by_level(ready, terms.levels, rolls_up=False)]
    if terms.amount:
        parts += [_amount(ready, found, terms.amount) for found in _climb(ready, 1, rolls_up=False)]
    return joined(parts, ready.basis)


def _climb(ready: Ready, last: int, *, rolls_up: bool) -> Sequence[Reached]:
    goes_on = rolls_up or ready.bonus.breakage_to == "next_qualified"
    found = climb(
        ready.network.parent,
        ready.orders.buyer,
        last,
        compression="none",
        placed=ready.placed,
        paid=lambda _level: ready.qualified,
        lost_goes_on=goes_on,
    )
    return list(found)


def _by_level(ready: Ready, levels: Sequence[Decimal], *, rolls_up: bool) -> Lines:
    parts = []
    for found in _climb(ready, len(levels), rolls_up=rolls_up):
        orders = ready.orders
        at = found.start
        lines = share_lines(
            payee=found.payee,
            source=orders.buyer[at],
            order=orders.number[at],
            level=np.full(len(at), found.level, np.int32),
            base=orders.base[at],
            rate=np.zeros(len(at), np.int32),
            rates=[Fraction(levels[found.level - 1])],
            basis=ready.basis,
            unit=ready.unit,
            below=found.below,
        )
        parts.append(lines)
    return joined(parts, ready.basis)


def _amount(ready: Ready, found: Reached, amount: Decimal) -> Lines:
    orders, at = ready.orders, found.start
    return amount_lines(
        payee=found.payee,
        source=orders.buyer[at],
        order=orders.number[at],
        level=np.full(len(at), found.level, np.int32),
        amounts=[amount],
        which=np.zeros(len(at), np.int32),
        unit=ready.unit,
        base=orders.base[at],
        decimals=ready.basis.decimals,
    )
