"""Fast start and first order: what newcomers' first orders pay those above them.

| bonus       | plan                          | the newcomer orders | her sponsor | the next above |
| ----------- | ----------------------------- | ------------------- | ----------- | -------------- |
| fast start  | 20 %, 10 % within 60 days     | 100 on day 60       | 20.00       | 10.00          |
| fast start  | the same                      | 100 on day 61       | -           | -              |
| first order | 10 from 50 on                 | 50, her first       | 10.00       | -              |
| first order | the same                      | 50, her second      | -           | -              |

With `pays_newcomer` the newcomer herself is level 1 and her sponsor level 2: of the first row she has 20.00 and her
sponsor 10.00. With `once` only her first order ever pays. The percentages can go by the earner's rank or by a figure of
hers, as those of levels do.

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
from core.bonuses.rules.levels import Paid, Reached, climb
from core.bonuses.rules.lines import joined
from core.bonuses.rules.ranked import Levels
from core.bonuses.rules.unilevel import unearned
from core.forest.above import Marks, nearest_above
from core.forest.kernel import Indices
from core.plan.model.terms import FastStart, FirstOrder


def fast_start(ready: Ready) -> Found:
    """The lines of a fast start: one an order and level; with `pays_newcomer` she herself is level 1."""
    terms = ready.bonus.terms
    assert isinstance(terms, FastStart), "terms are those of the kind"
    if terms.once:
        ready = replace(ready, orders=ready.orders.where(ready.orders.first))
    table = Levels(ready.plan, ready.bonus, ready.network, terms, ready.figures)

    def paid(level: int) -> Marks:
        return np.asarray(ready.qualified & (table.depth >= level))

    reached, own = [], int(terms.pays_newcomer)
    if own and table.last:
        reached.append(_herself(ready, paid(1), rolls_up=terms.rolls_up))
    above = _climb(ready, table.last - own, lambda level: paid(level + own), rolls_up=terms.rolls_up)
    reached += [replace(found, level=found.level + own) for found in above]
    parts = []
    for found in reached:
        rate = table.rate(found, ready.orders.buyer)
        pays = np.flatnonzero(rate >= 0)
        paying = Reached(found.level, found.start[pays], found.payee[pays], found.below[pays])
        parts.append(_lines(ready, table.rates, rate[pays], paying))
    earned = {found.level: found.start for found in reached}
    return Found(table.told(joined(parts, ready.basis)), left=unearned(ready, terms.levels, earned))


def first_order(ready: Ready) -> Lines:
    """The lines of a first-order bonus: one a first order, or one a level of it."""
    terms = ready.bonus.terms
    assert isinstance(terms, FirstOrder), "terms are those of the kind"
    least = Fraction(terms.minimum_order) * 10**ready.basis.decimals
    enough = np.array([base >= least for base in ready.orders.base.tolist()], np.bool_)
    ready = replace(ready, orders=ready.orders.where(enough & ready.orders.first))
    parts = [
        _lines(ready, [Fraction(terms.levels[found.level - 1])], np.zeros(len(found.start), np.int32), found)
        for found in _climb(ready, len(terms.levels), lambda _level: ready.qualified, rolls_up=False)
    ]
    given = ready.bonus.pays in ("prize", "badge")
    amount = terms.amount or Decimal(int(given))
    if amount:
        sponsors = _climb(ready, 1, lambda _level: ready.qualified, rolls_up=False)
        parts += [_amount(ready, found, amount) for found in sponsors]
    return joined(parts, ready.basis)


def _herself(ready: Ready, paid: Marks, *, rolls_up: bool) -> Reached:
    """Level 1 of a bonus that pays the newcomer; where she does not earn it, it can go on to the next who does."""
    buyer = ready.orders.buyer
    payee = np.where(paid[buyer], buyer, NOBODY)
    if rolls_up or ready.bonus.breakage_to == "next_qualified":
        above = nearest_above(ready.network.parent, paid)[buyer]
        payee = np.where(payee >= 0, payee, above)
    start = np.flatnonzero(payee >= 0).astype(np.int32)
    payee = payee[start].astype(np.int32)
    below = np.where(payee == buyer[start], NOBODY, buyer[start])
    return Reached(1, start, payee, below.astype(np.int32))


def _climb(ready: Ready, last: int, paid: Paid, *, rolls_up: bool) -> Sequence[Reached]:
    found = climb(
        ready.network.parent,
        ready.orders.buyer,
        last,
        compression="none",
        placed=ready.placed,
        paid=paid,
        lost_goes_on=rolls_up or ready.bonus.breakage_to == "next_qualified",
    )
    return list(found)


def _lines(ready: Ready, rates: Sequence[Fraction], rate: Indices, found: Reached) -> Lines:
    orders, at = ready.orders, found.start
    return share_lines(
        payee=found.payee,
        source=orders.buyer[at],
        order=orders.number[at],
        level=np.full(len(at), found.level, np.int32),
        base=orders.base[at],
        rate=rate,
        rates=rates,
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
