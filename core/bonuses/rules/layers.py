"""Pairs by level: each level below her pays once, in the first cycle in which both of its sides have enough.

10 % of the weaker side of each level, from 100 on; on the first level 300 come in on the left and 200 on the right, on
the second 400 on the left, and 150 on the right in the next cycle:

| cycle | level | left | right | paid  | then                         |
| ----- | ----- | ---- | ----- | ----- | ---------------------------- |
| 1     | 1     | 300  | 200   | 20.00 | the first level pays no more |
| 1     | 2     | 400  | -     | -     | 400 wait                     |
| 2     | 2     | 400  | 150   | 15.00 | nor does the second          |
"""

from fractions import Fraction

import numpy as np

from core.bonuses.arrays import NOBODY, After, Fact, Found, Lines, Lots, Ready
from core.bonuses.rules.amounts import amount_lines, share_lines
from core.bonuses.rules.lines import joined
from core.bonuses.rules.lots import LEFT, SIDES
from core.bonuses.rules.sides import Sides, rates_of, values_of
from core.bonuses.tree import Tree
from core.forest.above import Marks
from core.forest.kernel import Indices, Ints
from core.plan.model.terms import Binary

LEVEL = "level {level}"
"""What somebody has had whom a level has paid."""


def layers(ready: Ready, tree: Tree, terms: Binary, earns: Marks) -> Found:
    """The lines of pairs by level, one a person and level, and what waits on the levels that have not paid."""
    people, none = ready.network.size, np.zeros(ready.network.size, np.int64)
    own = np.zeros(len(tree.above), np.int64)
    np.add.at(own, ready.orders.buyer, ready.orders.base)
    own[~tree.stands] = 0
    level_of, pays = Paying(ready, terms), earns & _paid_anything(ready, terms)
    had, parts, left_over = dict(ready.before.had), [], []
    for level in range(1, terms.to_level + 1):
        if level >= terms.from_level:
            left, right = (
                tree.side(own, side - LEFT)[:people] + _waited(ready.before.lots, side, level, people) for side in SIDES
            )
            what = LEVEL.format(level=level)
            before = had.get(what, np.zeros(people, np.bool_))
            weaker = np.minimum(left, right)
            enough = pays & ~before & (weaker > 0) & (weaker >= level_of.sides.parts(terms.matched_min))
            parts.append(level_of.lines(np.flatnonzero(enough).astype(np.int32), level, left, right))
            had[what] = before | enough
            waits = _waits(terms, tree.stands[:people] & ~had[what], earns)
            left_over += [
                _lots(np.where(waits, volume, none), side, level)
                for side, volume in zip(SIDES, (left, right), strict=True)
            ]
        own = _moved_up(own, tree.above)
    lots = Lots(*(np.concatenate([getattr(one, name) for one in left_over]) for name in Lots.__slots__))
    return Found(joined(parts, ready.basis), after=After(had=had, lots=lots))


class Paying:
    """What a level pays."""

    def __init__(self, ready: Ready, terms: Binary) -> None:
        nothing = np.zeros(ready.network.size, np.int64)
        self.ready, self.terms = ready, terms
        self.sides = Sides(ready, terms, nothing, nothing, nothing > 0)

    def lines(self, payee: Indices, level: int, left: Ints, right: Ints) -> Lines:
        """Of a level, to those whom it pays."""
        ready, none = self.ready, np.full_like(payee, NOBODY)
        told = {
            word: Fact(volume[payee], "volume", ready.basis.decimals)
            for word, volume in (("level_left", left), ("level_right", right))
        }
        if by_value(self.terms):
            values, rung = values_of(self.sides)
            return amount_lines(
                payee=payee, source=none, order=none, level=np.full_like(payee, level), amounts=values,
                which=rung[payee].astype(np.int32), unit=ready.unit, decimals=ready.basis.decimals, facts=told,
            )  # fmt: skip
        rates, step = rates_of(self.sides)
        weaker = np.minimum(left, right)
        if self.terms.matched_max is not None:
            weaker = np.minimum(weaker, self.sides.parts(self.terms.matched_max))
        return share_lines(
            payee=payee, source=none, order=none, level=np.full_like(payee, level), base=weaker[payee],
            rate=step[payee].astype(np.int32), rates=rates, basis=ready.basis, unit=ready.unit, facts=told,
        )  # fmt: skip


def by_value(terms: Binary) -> bool:
    """Whether a level pays an amount, and not a percentage of its weaker side."""
    return bool(terms.value or terms.value_by_rank)


def _paid_anything(ready: Ready, terms: Binary) -> Marks:
    """Whose percentage, or whose amount, is not 0."""
    sides = Paying(ready, terms).sides
    if by_value(terms):
        values, rung = values_of(sides)
        return np.array([Fraction(one) > 0 for one in values], np.bool_)[rung]
    rates, step = rates_of(sides)
    return np.array([one > 0 for one in rates], np.bool_)[step]


def _waits(terms: Binary, rest: Marks, earns: Marks) -> Marks:
    """Whose volume of a level that has not paid is kept."""
    if terms.carry == "flush":
        return np.zeros_like(rest)
    return rest & earns if terms.carry_when_inactive == "flush" else rest


def _waited(lots: Lots | None, side: int, level: int, people: int) -> Ints:
    """Everybody's volume of earlier cycles on one side of a level."""
    found = np.zeros(people, np.int64)
    if lots is not None:
        here = (lots.side == side) & (lots.leg == level)
        np.add.at(found, lots.node[here], lots.volume[here])
    return found


def _lots(volume: Ints, side: int, level: int) -> Lots:
    """What waits on one side of a level; in which cycle it came in decides nothing."""
    node = np.flatnonzero(volume).astype(np.int32)
    return Lots(node, np.full_like(node, side), np.zeros_like(node), volume[node], np.full_like(node, level))


def _moved_up(volume: Ints, above: Indices) -> Ints:
    """Everybody's sum of those in the places right below her."""
    found, below = np.zeros_like(volume), np.flatnonzero(above >= 0)
    np.add.at(found, above[below], volume[below])
    return found
