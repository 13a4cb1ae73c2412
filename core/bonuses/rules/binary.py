"""Binary: pay for volume that both sides match; what matched is used on both, the rest waits.

Left 3,500 and right 2,500 came in, and nothing was carried:

| pay     | words                             | earns       | used          | left for later |
| ------- | --------------------------------- | ----------- | ------------- | -------------- |
| percent | 10 %                              | 250.00      | 2,500 + 2,500 | 1,000 + 0      |
| percent | 10 %, matched_max 2,000           | 200.00      | 2,000 + 2,000 | 1,500 + 500    |
| percent | 10 %, matched_min 2,600           | -           | -             | 3,500 + 2,500  |
| tiers   | 40 from 250, 400 from 2,000       | 400.00      | 2,000 + 2,000 | 1,500 + 500    |
| cycles  | 300 left, 600 right: 20           | 4 x 20.00   | 1,200 + 2,400 | 2,300 + 100    |
| cycles  | the same, either_side             | 6 x 20.00   | 3,300 + 2,100 | 200 + 400      |
| cycles  | 200 + 200: 20, cap 100            | 5 x 20.00   | 1,000 + 1,000 | 2,500 + 1,500  |
| cycles  | the same, cap_uses_volume         | 12 x 20.00  | 2,400 + 2,400 | 1,100 + 100    |

With `either_side` each cycle takes the larger volume of the side that then has more: four take 600 of the left and 300
of the right, which leaves 1,100 and 1,300; one 300 and 600, and one 600 and 300 again, and 200 and 400 are left. Where
a cap cuts before volume is used, no line takes anything off again; with `cap_uses_volume` all cycles are paid, and a
line takes off what is beyond.
"""

from decimal import Decimal
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import After, Found, Lots, Network, Ready
from core.bonuses.rules import lots as waiting
from core.bonuses.rules.against import against, along_sponsors
from core.bonuses.rules.flushing import flushed, match_of, weaker
from core.bonuses.rules.layers import layers
from core.bonuses.rules.lots import LEFT, RIGHT, SIDES
from core.bonuses.rules.sides import Match, Sides, sides_of
from core.bonuses.tree import Tree
from core.forest.above import Marks
from core.forest.kernel import Ints
from core.plan.model.terms import Binary

FIRST_PAIR = "first_pair"


def binary(ready: Ready) -> Found:
    """The lines of a binary bonus, one a person, and what waits on her sides for the next cycle."""
    terms, people = ready.bonus.terms, ready.network.size
    assert isinstance(terms, Binary), "terms are those of the kind"
    tree = along_sponsors(ready.network) if ready.tree is None else ready.tree
    stands, strongest = tree.stands[:people], None
    earns = ready.qualified & stands & both_sides_active(ready.network, tree, terms.personal_actives_each_side)
    if terms.pay == "levels":
        return layers(ready, tree, terms, earns)
    if ready.tree is None:
        totals, joining = _brought(ready, tree, terms)
        lots, strongest = against(ready, totals, joining)
    else:
        lots = _of(stands, waiting.with_new(_of(stands, ready.before.lots), _fresh(ready, tree, terms)))
    left, right = (waiting.sums(lots, side, people) for side in SIDES)
    paired = ready.before.had.get(FIRST_PAIR, np.zeros(people, np.bool_))
    sides = sides_of(ready, terms, left, right, earns, paired, strongest)
    match = match_of(sides)
    had = {FIRST_PAIR: match.paired, **match.climbed}
    after = After(lots=_left_over(sides, lots, match, earns), had=had)
    return Found(match.lines, after=after)


def _of(people: Marks, lots: Lots | None) -> Lots:
    """Lots of these people; somebody who has lost her place has lost what waited."""
    if lots is None:
        none = np.zeros(0, np.int32)
        return Lots(none, none, none, np.zeros(0, np.int64), none)
    return waiting.where(lots, people[lots.node])


def _brought(ready: Ready, tree: Tree, terms: Binary) -> tuple[Ints, Ints]:
    """What everybody brings with all below her in this cycle; and what of her own joins a side of hers."""
    own = np.zeros(len(tree.above), np.int64)
    np.add.at(own, ready.orders.buyer, ready.orders.base)
    own[~tree.stands] = 0
    hers = own[: ready.network.size]
    if terms.own_volume_to == "none":
        hers = np.zeros_like(hers)
    elif terms.own_volume_above:
        hers = np.maximum(hers - whole_parts(terms.own_volume_above, ready), 0)
    return tree.totals(own) - tree.above_level(own, terms.from_level - 1), hers


def _fresh(ready: Ready, tree: Tree, terms: Binary) -> dict[int, Ints]:
    """What comes in on each side of everybody in this cycle."""
    totals, hers = _brought(ready, tree, terms)
    fresh = {side: tree.side(totals, side - LEFT)[: ready.network.size] for side in SIDES}
    if terms.own_volume_to == "none":
        return fresh
    joins = tree.own_side if terms.own_volume_to == "chosen" else _joined(ready, fresh)
    for side in SIDES:
        fresh[side] += np.where(joins == side, hers, 0)
    return fresh


def _joined(ready: Ready, fresh: dict[int, Ints]) -> Ints:
    """Everybody's weaker side, what was carried counted."""
    before = ready.before.lots
    carried = {side: 0 if before is None else waiting.sums(before, side, ready.network.size) for side in SIDES}
    left, right = (fresh[side] + carried[side] for side in SIDES)
    return weaker(left, right)


def both_sides_active(network: Network, tree: Tree, least: int) -> Marks:
    """Who has on each side so many active people whom she sponsors herself."""
    people, sponsor = network.size, network.parent
    if least == 0:
        return np.ones(people, np.bool_)
    first, sizes = tree.spans
    theirs = np.flatnonzero(tree.active & (sponsor >= 0) & tree.stands[:people])
    above = sponsor[theirs]
    enough = np.ones(people, np.bool_)
    for slot in range(len(SIDES)):
        head = np.full(len(tree.above), -1, np.int64)
        there = np.flatnonzero((tree.slot == slot) & (tree.above >= 0))
        head[tree.above[there]] = there
        heads = head[above]
        inside = (heads >= 0) & (first[theirs] >= first[heads]) & (first[theirs] < first[heads] + sizes[heads])
        enough &= np.bincount(above[inside], minlength=people) >= least
    return enough


def _left_over(sides: Sides, lots: Lots, match: Match, earns: Marks) -> Lots:
    """What the next cycle gets of what was not used."""
    left, terms = waiting.used(lots, match.used), sides.terms
    gone_of = flushed(sides, lots, match, earns)
    gone = np.where(left.side == LEFT, gone_of[LEFT][left.node], gone_of[RIGHT][left.node])
    left = waiting.where(left, ~gone)
    most = None if terms.carry_max is None else whole_parts(terms.carry_max, sides.ready)
    return waiting.kept(left, cycles=terms.carry_cycles, most=most)


def whole_parts(amount: Decimal, ready: Ready) -> int:
    """An amount of the base at its decimals; `plan check` sees to it that it is no finer."""
    exact = Fraction(amount) * 10**ready.basis.decimals
    return int(-(-exact.numerator // exact.denominator))
