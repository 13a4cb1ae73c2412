"""Stairstep differential whose percentages move within the cycle: each order counts at those that were reached by then.

Somebody is at 25 % from 0 of her group's volume and at 35 % from 500, her sponsor at 50 %; she orders 300 three times:

| her volume by then | "from_order"          | "after_order"         |
| ------------------ | --------------------- | --------------------- |
| 300                | 25 %, to her sponsor 25 % | 25 %, to her sponsor 25 % |
| 600                | 35 %, to her sponsor 15 % | 25 %, to her sponsor 25 % |
| 900                | 35 %, to her sponsor 15 % | 35 %, to her sponsor 15 % |

Orders are gone through once in the order in which they were placed; each walks up until the highest percentage is met.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import NO_FACT, NOBODY, Fact, Lines, Orders, Ready
from core.bonuses.rules.amounts import share_lines
from core.bonuses.rules.ranked import reaching
from core.forest.above import Marks
from core.forest.kernel import Indices, Ints, kernel
from core.plan.model.terms import Differential

AFTER = "after_order"
MODES = ("from_order", AFTER)
"""The order that reaches a step counts at its percentage already, or only those after it."""
ENDLESS = 2**31 - 1


def moving(ready: Ready, terms: Differential) -> Lines:
    """One line for one's own orders at one percentage, and one a leg and difference."""
    assert terms.schedule_kpi is not None and ready.bought is not None, "a schedule goes by a KPI of orders"
    kpi = ready.plan.kpi(terms.schedule_kpi)
    ordered = sorted(terms.schedule, key=lambda step: step.start)
    rates = tuple(sorted({Fraction(0), *(Fraction(step.rate) for step in ordered)}))
    bought, turn, first = ready.bought, *_by_order(ready.orders, ready.bought)
    entries = ready.orders.where(turn)
    found = np.empty((5, len(turn) * len(rates)), np.int32)
    count = _walk(
        ready.network.parent,
        ready.figures[terms.schedule_kpi].copy(),
        (kpi.level_from, ENDLESS if kpi.level_to is None else kpi.level_to, kpi.include_self),
        (bought.buyer, bought.base, first),
        entries.buyer,
        np.array([reaching(ready.plan, terms.schedule_kpi, step.start) for step in ordered], np.int64),
        np.array([0, *(rates.index(Fraction(step.rate)) for step in ordered)], np.int32),
        (ready.qualified, ready.network.customer),
        (terms.schedule_mode == AFTER, terms.unqualified_between == "block", terms.of != "below", terms.of != "own"),
        len(rates) - 1,
        found,
    )
    return _lines(ready, entries.base, found[:, :count], rates)


def _by_order(orders: Orders, bought: Orders) -> tuple[Indices, Ints]:
    """Entries by the turn of their orders, and where those of each order begin."""
    turn = np.argsort(orders.number, kind="stable").astype(np.int32)
    first = np.searchsorted(orders.number[turn], bought.number, side="left")
    return turn, np.append(first, len(turn)).astype(np.int64)


@kernel
def _add(parent: Indices, figure: Ints, reach: tuple[int, int, bool], buyer: int, volume: int) -> None:
    """So much more for the buyer and whoever is above, as far as the KPI looks."""
    nearest, furthest, own = reach
    node, level = buyer, 0
    while node >= 0 and level <= furthest:
        if level >= nearest or (level == 0 and own):
            figure[node] += volume
        node, level = parent[node], level + 1


@kernel
def _step(figure: Ints, starts: Ints, rate_of: Indices, customer: Marks, node: int) -> int:
    """The place of the percentage that a node has reached; customers have none."""
    if customer[node]:
        return 0
    reached = 0
    while reached < starts.size and figure[node] >= starts[reached]:
        reached += 1
    return int(rate_of[reached])


@kernel
def _walk(
    parent: Indices,
    figure: Ints,
    reach: tuple[int, int, bool],
    bought: tuple[Indices, Ints, Ints],
    buyers: Indices,
    starts: Ints,
    rate_of: Indices,
    who: tuple[Marks, Marks],
    mode: tuple[bool, bool, bool, bool],
    top: int,
    found: Indices,
) -> int:
    """Every order with what it pays: entry, payee, leg, place of the percentage met below and of the payee's own.

    Args:
        figure: at the end of the cycle; used up.
        reach: the first and last level that the KPI looks at, and whether herself.
        bought: of each order in turn buyer and volume; and where its entries begin.
        who: who earns, and who is a customer.
        mode: whether the order itself counts after it only, whether everybody blocks, whether own volume is paid, and
            legs.
        top: the place of the highest percentage.

    Returns:
        How many columns of `found` are filled.
    """
    qualified, customer = who
    after, blocked, own, legs = mode
    orders, volumes, first = bought
    count = 0
    for order in range(orders.size):
        _add(parent, figure, reach, orders[order], -volumes[order])
    for order in range(orders.size):
        if not after:
            _add(parent, figure, reach, orders[order], volumes[order])
        for entry in range(first[order], first[order + 1]):
            node = buyers[entry]
            mine = _step(figure, starts, rate_of, customer, node)
            if own and qualified[node] and mine > 0:
                found[0, count], found[1, count], found[2, count] = entry, node, node
                found[3, count], found[4, count] = 0, mine
                count += 1
            seen = mine if blocked or qualified[node] else 0
            leg, node = node, parent[node]
            while legs and node >= 0 and seen < top:
                mine = _step(figure, starts, rate_of, customer, node)
                if mine > seen and qualified[node]:
                    found[0, count], found[1, count], found[2, count] = entry, node, leg
                    found[3, count], found[4, count] = seen, mine
                    count += 1
                if mine > seen and (blocked or qualified[node]):
                    seen = mine
                leg, node = node, parent[node]
        if after:
            _add(parent, figure, reach, orders[order], volumes[order])
    return count


def _lines(ready: Ready, base: Ints, found: Indices, rates: Sequence[Fraction]) -> Lines:
    """A line for all that one payee is paid of one leg by one difference."""
    alike, which = np.unique(found[1:], axis=1, return_inverse=True)
    sums = np.zeros(alike.shape[1], np.int64)
    np.add.at(sums, which.ravel(), base[found[0]])
    payee, leg, seen, mine = alike[:, sums != 0]
    pairs, rate = np.unique(seen.astype(np.int64) * len(rates) + mine, return_inverse=True)
    left = [rates[one % len(rates)] - rates[one // len(rates)] for one in pairs.tolist()]
    less = np.where(payee == leg, NO_FACT, seen.astype(np.int64))
    return share_lines(
        payee=payee,
        source=leg,
        order=np.full(len(payee), NOBODY, np.int32),
        level=(payee != leg).astype(np.int32),
        base=sums[sums != 0],
        rate=rate.astype(np.int32),
        rates=left,
        basis=ready.basis,
        unit=ready.unit,
        facts={"less": Fact(less, "rate", table=tuple(rates))},
    )
