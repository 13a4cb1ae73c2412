"""Fast start and first order: what newcomers' first orders pay those above them.

| bonus       | plan                          | the newcomer orders | her sponsor | the next above |
| ----------- | ----------------------------- | ------------------- | ----------- | -------------- |
| fast start  | 20 %, 10 % within 60 days     | 100 on day 60       | 20.00       | 10.00          |
| fast start  | the same                      | 100 on day 61       | -           | -              |
| first order | 10 from 50 on                 | 50, her first       | 10.00       | -              |
| first order | the same                      | 50, her second      | -           | -              |

With `pays_newcomer` the newcomer herself is level 1 and her sponsor level 2: of the first row she has 20.00 and her
sponsor 10.00. With `once` only her first order ever pays.

Which orders fall into the window is decided before; who does not qualify loses her level unless it rolls up.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import NOBODY, Found, Lines, Ready
from core.bonuses.rules.amounts import amount_lines, share_lines
from core.bonuses.rules.facts import prize_fact
from core.bonuses.rules.levels import Reached, climb
from core.bonuses.rules.lines import joined
from core.bonuses.rules.unilevel import unearned
from core.forest.above import nearest_above
from core.plan.model.terms import FastStart, FirstOrder


def fast_start(ready: Ready) -> Found:
    """The lines of a fast start: one an order and level; with `pays_newcomer` she herself is level 1."""
    terms = ready.bonus.terms
    assert isinstance(terms, FastStart), "terms are those of the kind"
    if terms.once:
        ready = replace(ready, orders=ready.orders.where(ready.orders.first))
    levels, reached = terms.levels, []
    if terms.pays_newcomer and levels:
        reached.append(_herself(ready, rolls_up=terms.rolls_up))
    above = _climb(ready, len(levels) - len(reached), rolls_up=terms.rolls_up)
    reached += [replace(found, level=found.level + terms.pays_newcomer) for found in above]
    earned = {found.level: found.start for found in reached}
    return Found(
        joined([_lines(ready, levels, found) for found in reached], ready.basis), left=unearned(ready, levels, earned)
    )


def first_order(ready: Ready) -> Lines:
    """The lines of a first-order bonus: one a first order, or one a level of it."""
    terms = ready.bonus.terms
    assert isinstance(terms, FirstOrder), "terms are those of the kind"
    least = Fraction(terms.minimum_order) * 10**ready.basis.decimals
    enough = np.array([base >= least for base in ready.orders.base.tolist()], np.bool_)
    ready = replace(ready, orders=ready.orders.where(enough & ready.orders.first))
    parts = [_lines(ready, terms.levels, found) for found in _climb(ready, len(terms.levels), rolls_up=False)]
    given = ready.bonus.pays in ("prize", "badge")
    amount = terms.amount or Decimal(int(given))
    if amount:
        parts += [_amount(ready, found, amount) for found in _climb(ready, 1, rolls_up=False)]
    return joined(parts, ready.basis)


def _herself(ready: Ready, *, rolls_up: bool) -> Reached:
    """Level 1 of a bonus that pays the newcomer; where she does not earn it, it can go on to the next who does."""
    buyer = ready.orders.buyer
    payee = np.where(ready.qualified[buyer], buyer, NOBODY)
    if rolls_up or ready.bonus.breakage_to == "next_qualified":
        above = nearest_above(ready.network.parent, ready.qualified)[buyer]
        payee = np.where(payee >= 0, payee, above)
    start = np.flatnonzero(payee >= 0).astype(np.int32)
    payee = payee[start].astype(np.int32)
    below = np.where(payee == buyer[start], NOBODY, buyer[start])
    return Reached(1, start, payee, below.astype(np.int32))


def _climb(ready: Ready, last: int, *, rolls_up: bool) -> Sequence[Reached]:
    found = climb(
        ready.network.parent,
        ready.orders.buyer,
        last,
        compression="none",
        placed=ready.placed,
        paid=lambda _level: ready.qualified,
        lost_goes_on=rolls_up or ready.bonus.breakage_to == "next_qualified",
    )
    return list(found)


def _lines(ready: Ready, levels: Sequence[Decimal], found: Reached) -> Lines:
    orders, at = ready.orders, found.start
    return share_lines(
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
        facts=prize_fact(ready, len(at)),
    )
