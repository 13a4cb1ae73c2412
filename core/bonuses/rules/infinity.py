"""Infinity: a share of everything below a level, without limit of depth, until somebody of the rank stands between.

In the line x > g > a > b > c > d, d orders 100; x and g are Gold, which stops, and everybody earns 2 % after level 1:

| stop_offset_levels | paid                          |
| ------------------ | ----------------------------- |
| none stops         | b, a, g, x: 2.00 each         |
| 0                  | b, a, g                       |
| 4                  | b, a, g, x: g is at level 4   |

`differential` pays each only what her rate is above the highest that was paid below: of 1 % for b, 2 % for a and 2 %
for g it leaves b 1.00 and a 1.00. Where c has 1 % too, `counts_from_level = 1` lets it count, though she stands too
near to be paid: a has 1.00 then, and b nothing.

With `order_max` everybody has her whole rate, the nearest first, until the order has paid so much. Of 1 %, 3 %, 6 % and
6 % for b, a, g and x and at most 8 % of the order, b has 1.00, a 3.00, g the 4.00 that are left, and x nothing.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

import numpy as np

from core.bonuses.arrays import NO_FACT, NOBODY, Fact, Lines, Ready
from core.bonuses.rules.amounts import share_lines
from core.bonuses.rules.lines import joined
from core.bonuses.rules.ranked import of_bonus
from core.forest.above import Marks, nearest_above
from core.forest.generations import endless, higher_above, risen
from core.forest.kernel import Indices
from core.forest.ordering import depths
from core.plan.model.terms import Infinity

SAME = "same_as_earner"


def infinity(ready: Ready) -> Lines:
    """The lines of an infinity bonus: one an order and earner whom nobody between stops."""
    terms = ready.bonus.terms
    assert isinstance(terms, Infinity), "terms are those of the kind"
    parent, depth = ready.network.parent, depths(ready.network.parent)
    rates, rate = rates_of(ready, terms)
    earner = np.asarray(ready.qualified & (rate > 0))
    if terms.order_max is not None:
        return _until_used(ready, terms, Fraction(terms.order_max), rates, rate, earner)
    counts_from = terms.counts_from_level or terms.start_after_level + 1
    first = risen(parent, counts_from)[ready.orders.buyer]
    stopping = risen(parent, terms.stop_offset_levels + 1)[ready.orders.buyer]
    parts = []
    for wanted, stopper in _groups(ready, terms, earner):
        limit = np.zeros(len(first), np.int32)
        if stopper is not None:
            stops = _self_or_above(parent, stopper)
            at = np.where(stopping >= 0, stops[stopping], NOBODY)
            limit = np.where(at >= 0, depth[at], 0).astype(np.int32)
        way = earner if terms.differential else wanted
        up = higher_above(parent, earner, rate) if terms.differential else nearest_above(parent, wanted)
        start = np.where(first >= 0, _self_or(way, up)[first], NOBODY).astype(np.int32)
        found = endless(start, up, wanted, depth, limit)
        far = depth[ready.orders.buyer[found[0]]] - depth[found[1]] > terms.start_after_level
        found = np.compress(far, found, axis=1)
        parts.append(_lines(ready, found, depth, rate, rates, differential=terms.differential))
    return joined(parts, ready.basis)


def _until_used(
    ready: Ready, terms: Infinity, most: Fraction, rates: tuple[Fraction, ...], rate: Indices, earner: Marks
) -> Lines:
    """One earner after the other, each with her rate, or with what those nearer to the order left of the most."""
    parent, orders, depth = ready.network.parent, ready.orders, depths(ready.network.parent)
    whole = lcm(most.denominator, *(one.denominator for one in rates))
    wanted = np.array([int(one * whole) for one in rates], np.int64)[rate]
    up = nearest_above(parent, earner)
    first = risen(parent, 1 + terms.start_after_level)[orders.buyer]
    at = np.where(first >= 0, _self_or(earner, up)[first], NOBODY)
    left, found = np.full(len(at), int(most * whole), np.int64), [np.zeros((4, 0), np.int64)]
    while (on := np.flatnonzero((at >= 0) & (left > 0))).size:
        takes = np.minimum(wanted[at[on]], left[on])
        nearer = np.where(takes < wanted[at[on]], int(most * whole) - left[on], NO_FACT)
        found.append(np.stack([on, at[on], takes, nearer]))
        left[on] -= takes
        at[on] = up[at[on]]
    which, payee, takes, nearer = np.concatenate(found, axis=1)
    paying, buyer = orders.where(which), orders.buyer[which]
    known, place = np.unique(np.concatenate([takes, nearer[nearer != NO_FACT]]), return_inverse=True)
    told = np.full(len(takes), NO_FACT, np.int64)
    told[nearer != NO_FACT] = place[len(takes) :]
    table = tuple(Fraction(one, whole) for one in known.tolist())
    return share_lines(
        payee=payee.astype(np.int32),
        source=paying.buyer,
        order=paying.number,
        level=depth[buyer] - depth[payee],
        base=paying.base,
        rate=place[: len(takes)].astype(np.int32),
        rates=table,
        basis=ready.basis,
        unit=ready.unit,
        facts={"nearer": Fact(told, "rate", table=table)},
    )


def rates_of(ready: Ready, terms: Infinity) -> tuple[tuple[Fraction, ...], Indices]:
    """All rates rising from 0, and everybody's place among them."""
    entries, rung = of_bonus(ready, "rate_by_rank", terms.rate_by_rank)
    named = [Fraction(terms.rate if one is None else one) for one in entries]
    rates = tuple(sorted({Fraction(0), *named}))
    places = np.array([rates.index(one) for one in named], np.int32)
    return rates, places[rung]


def _groups(ready: Ready, terms: Infinity, earner: Marks) -> Iterator[tuple[Marks, Marks | None]]:
    """Those who earn, apart by who stops them."""
    ranks = ready.network.ranks(ready.bonus.rank_basis)
    if terms.stop_rank is None:
        yield earner, None
    elif terms.stop_rank != SAME:
        yield earner, np.asarray(ranks >= ready.plan.rank_index(terms.stop_rank))
    else:
        for rank in range(len(ready.plan.ranks) + 1):
            wanted = np.asarray(earner & (ranks == rank))
            if wanted.any():
                yield wanted, np.asarray(ranks >= rank)


def _self_or(marked: Marks, above: Indices) -> Indices:
    """The node itself where it is marked, else what stands above it."""
    return np.where(marked, np.arange(len(above), dtype=np.int32), above)


def _self_or_above(parent: Indices, marked: Marks) -> Indices:
    return _self_or(marked, nearest_above(parent, marked))


def _lines(
    ready: Ready, found: Indices, depth: Indices, rate: Indices, rates: tuple[Fraction, ...], *, differential: bool
) -> Lines:
    at, payee, below = found
    orders = ready.orders.where(at)
    less = np.where(below >= 0, rate[below], 0) if differential else np.zeros(len(at), np.int32)
    pairs = less.astype(np.int64) * len(rates) + rate[payee]
    known, which = np.unique(pairs, return_inverse=True)
    left = [rates[one % len(rates)] - rates[one // len(rates)] for one in known.tolist()]
    facts = {"less": Fact(less.astype(np.int64), "rate", table=rates)} if differential else {}
    return share_lines(
        payee=payee,
        source=orders.buyer,
        order=orders.number,
        level=depth[orders.buyer] - depth[payee],
        base=orders.base,
        rate=which.astype(np.int32),
        rates=left,
        basis=ready.basis,
        unit=ready.unit,
        facts=facts,
    )
