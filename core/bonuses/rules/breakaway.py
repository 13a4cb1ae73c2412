"""Breakaway: overrides on the groups of leaders that have broken away.

A leader's group is she herself and everybody below her down to, and without, the next leaders. In the line x > a > b
of leaders with groups of 0, 1,000 and 2,000, 4 % and 2 % pay

| payee | for a (1,000) | for b (2,000) |
| ----- | ------------- | ------------- |
| a     |               | 80.00 (1)     |
| x     | 40.00 (1)     | 40.00 (2)     |

Where a has not the minimum of a group of her own, her line is lost, or with `pass_up_unqualified` goes to x besides.
"""

import numpy as np

from core.bonuses.arrays import NO_FACT, NOBODY, Fact, Lines, Ready
from core.bonuses.rules.amounts import share_lines
from core.bonuses.rules.generation import rate_places
from core.bonuses.rules.guarantee import guaranteed_lines
from core.bonuses.rules.ranked import of_bonus, reaching
from core.forest.above import Marks, nearest_above
from core.forest.generations import generations, legs_with
from core.forest.kernel import Ints
from core.plan.model.terms import Breakaway


def breakaway(ready: Ready) -> Lines:
    """The lines of a breakaway bonus: one a leader and generation of somebody above her."""
    terms = ready.bonus.terms
    assert isinstance(terms, Breakaway) and terms.leader_rank is not None, "there are no leaders without a rank"
    leader = np.asarray(ready.network.ranks(ready.bonus.rank_basis) >= ready.plan.rank_index(terms.leader_rank))
    earner = _earners(ready, terms, leader)
    groups = group_sums(ready, leader)
    if terms.guarantee:
        return guaranteed_lines(ready, terms, leader, earner, groups)
    return _overrides(ready, terms, leader, earner, groups)


def group_sums(ready: Ready, leader: Marks) -> Ints:
    """What each leader's group brings; what stands under no leader counts nowhere."""
    parent, orders = ready.network.parent, ready.orders
    head = np.where(leader, np.arange(len(parent), dtype=np.int32), nearest_above(parent, leader))[orders.buyer]
    groups = np.zeros(len(parent), np.int64)
    np.add.at(groups, head[head >= 0], orders.base[head >= 0])
    return groups


def _earners(ready: Ready, terms: Breakaway, leader: Marks) -> Marks:
    """Who earns the bonus and keeps the minimum of a group of her own, or needs none."""
    if terms.own_group_kpi is None:
        return ready.qualified
    least = reaching(ready.plan, terms.own_group_kpi, terms.own_group_minimum)
    enough = ready.figures[terms.own_group_kpi] >= least
    if terms.minimum_waived_from_legs is not None:
        enough |= legs_with(ready.network.parent, leader) >= terms.minimum_waived_from_legs
    return np.asarray(ready.qualified & enough)


def _overrides(ready: Ready, terms: Breakaway, leader: Marks, earner: Marks, groups: Ints) -> Lines:
    parent = ready.network.parent
    entries, rung = of_bonus(ready, "generations_by_rank", terms.generations_by_rank)
    tables = [terms.generations if one is None else one for one in entries]
    rates, places = rate_places(tables)
    sources = np.flatnonzero(leader & (groups != 0)).astype(np.int32)
    reached = earner | leader if terms.pass_up_unqualified else earner
    at, met, number, _ = generations(
        parent,
        leader,
        reached,
        sources,
        last=places.shape[1] - 1,
        opener=False,
        apart=np.full(len(sources), NOBODY, np.int32),
    )
    payee = np.where(earner[met], met, nearest_above(parent, earner)[met])
    rate = places[rung[payee], number]
    found = (payee >= 0) & (rate >= 0)
    at, met, number, payee, rate = at[found], met[found], number[found], payee[found], rate[found]
    source = sources[at]
    facts = {"leaders": Fact(number.astype(np.int64) - 1)}
    if terms.pass_up_unqualified:
        facts["passed_by"] = Fact(np.where(payee == met, NO_FACT, met.astype(np.int64)), "person")
    return share_lines(
        payee=payee,
        source=source,
        order=np.full(len(source), NOBODY, np.int32),
        level=number,
        base=groups[source],
        rate=rate,
        rates=rates,
        basis=ready.basis,
        unit=ready.unit,
        facts=facts,
    )
