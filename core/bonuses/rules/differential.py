"""Stairstep differential: one's own percentage of a group, less what those below have of it.

With 3 % from 200 and 12 % from 1,000 of group volume, x with 300 of her own, leg a with 800 and leg b with 100:

| line of x | base | rate        | amount |
| --------- | ---- | ----------- | ------ |
| her own   | 300  | 12 %        | 36.00  |
| leg a     | 800  | 12 % - 3 %  | 72.00  |
| leg b     | 100  | 12 % - 0 %  | 12.00  |

Where somebody below has more already, nothing is left, and nothing is taken away.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import NOBODY, Lines, Ready
from core.bonuses.rules.amounts import share_lines
from core.bonuses.rules.facts import percentage
from core.bonuses.rules.lines import joined
from core.bonuses.rules.marginal import marginal, rising
from core.bonuses.rules.moving import MODES, moving
from core.bonuses.rules.ranked import of_bonus, reaching
from core.forest.above import carried_up
from core.forest.kernel import Indices, Ints
from core.plan.model.terms import Differential, Step


def differential(ready: Ready) -> Lines:
    """The lines of a differential: one for one's own volume, and one a leg and rate that is left of it."""
    terms = ready.bonus.terms
    assert isinstance(terms, Differential), "terms are those of the kind"
    own = own_volume(ready)
    if terms.schedule_mode == "marginal" and terms.schedule:
        return marginal(ready, terms, own)
    if terms.schedule_mode in MODES and terms.schedule:
        return moving(ready, terms)
    if terms.schedule_mode == "rising" and terms.schedule:
        return rising(ready, terms, own)
    rates, step = steps_of(ready, terms)
    if terms.of == "own":
        return _own_lines(ready, own, step, rates)
    blocked = terms.unqualified_between == "block"
    seen = step if blocked else np.where(ready.qualified, step, 0).astype(np.int32)
    groups = carried_up(ready.network.parent, seen, ready.qualified, own, len(rates))
    parts = [] if terms.of == "below" else [_own_lines(ready, own, step, rates)]
    legs = _legs(ready, step)
    parts += [_leg_lines(ready, groups, seen, legs, rates, terms) for seen in range(len(rates))]
    return joined(parts, ready.basis)


def own_volume(ready: Ready) -> Ints:
    """Everybody's own base: what all her orders come to."""
    own = np.zeros(ready.network.size, np.int64)
    np.add.at(own, ready.orders.buyer, ready.orders.base)
    return own


def steps_of(ready: Ready, terms: Differential) -> tuple[tuple[Fraction, ...], Indices]:
    """All rates rising from 0, and everybody's place among them by her figure or by her rank; customers have none."""
    named = [step.rate for step in terms.schedule] or list(terms.rate_by_rank.values())
    rates = tuple(sorted({Fraction(0), *(Fraction(rate) for rate in named)}))
    places = {rate: place for place, rate in enumerate(rates)}
    if not terms.schedule:
        entries, rung = of_bonus(ready, "rate_by_rank", terms.rate_by_rank)
        table = [places[Fraction(rate or 0)] for rate in entries]
        return rates, _of_distributors(ready, np.array(table, np.int32)[rung])
    ordered = sorted(terms.schedule, key=lambda step: step.start)
    starts = np.array([threshold(step, ready, terms) for step in ordered], np.int64)
    table = [0, *(places[Fraction(step.rate)] for step in ordered)]
    reached = np.searchsorted(starts, figure_of(ready, terms), side="right")
    return rates, _of_distributors(ready, np.array(table, np.int32)[reached])


def _of_distributors(ready: Ready, step: Indices) -> Indices:
    """A customer's order is paid above her in full, however much she buys."""
    return np.where(ready.network.customer, 0, step).astype(np.int32)


def figure_of(ready: Ready, terms: Differential) -> Ints:
    """The KPI that the schedule goes by."""
    assert terms.schedule_kpi is not None, "a schedule goes by a KPI"
    return ready.figures[terms.schedule_kpi]


def threshold(step: Step, ready: Ready, terms: Differential) -> int:
    """Where a step begins, in the unit of the KPI that it goes by."""
    assert terms.schedule_kpi is not None, "a schedule goes by a KPI"
    return reaching(ready.plan, terms.schedule_kpi, step.start)


def _own_lines(ready: Ready, own: Ints, step: Indices, rates: Sequence[Fraction]) -> Lines:
    earner = np.flatnonzero(ready.qualified & (own != 0) & (step > 0)).astype(np.int32)
    none = np.full(len(earner), NOBODY, np.int32)
    return share_lines(
        payee=earner,
        source=earner,
        order=none,
        level=np.zeros(len(earner), np.int32),
        base=own[earner],
        rate=step[earner],
        rates=rates,
        basis=ready.basis,
        unit=ready.unit,
    )


def _legs(ready: Ready, step: Indices) -> tuple[Indices, Indices]:
    """Everybody whose leader earns, and her leader's step."""
    parent = ready.network.parent
    leg = np.flatnonzero(parent >= 0).astype(np.int32)
    leg = leg[ready.qualified[parent[leg]]]
    return leg, step[parent[leg]]


def _leg_lines(
    ready: Ready,
    groups: Ints,
    seen: int,
    legs: tuple[Indices, Indices],
    rates: Sequence[Fraction],
    terms: Differential,
) -> Lines:
    """What is left to each leader of the part of her legs that has met one rate on its way up."""
    leg, own = legs
    more = np.flatnonzero(own > seen)
    higher, to = leg[more], own[more]
    whole = groups[higher, 2 * seen] + groups[higher, 2 * seen + 1]
    left = [max(rate - rates[seen], Fraction(0)) for rate in rates]
    parts = [_of_legs(ready, higher, whole, to, left, rates[seen])]
    if terms.equal_rank and seen > 0:
        same = leg[own == seen]
        first = np.zeros(len(same), np.int32)
        parts.append(_of_legs(ready, same, groups[same, 2 * seen], first, [Fraction(terms.equal_rank)], rates[seen]))
    return joined(parts, ready.basis)


def _of_legs(
    ready: Ready,
    leg: Indices,
    base: Ints,
    rate: Indices,
    rates: Sequence[Fraction],
    less: Fraction,
) -> Lines:
    there = np.flatnonzero(base)
    leg, base, rate = leg[there], base[there], rate[there]
    none = np.full(len(leg), NOBODY, np.int32)
    return share_lines(
        payee=ready.network.parent[leg],
        source=leg,
        order=none,
        level=np.ones(len(leg), np.int32),
        base=base,
        rate=rate,
        rates=rates,
        basis=ready.basis,
        unit=ready.unit,
        facts={"less": percentage(less, len(leg))},
    )
