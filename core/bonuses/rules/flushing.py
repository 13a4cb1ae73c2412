"""Which sides of a binary bonus are emptied once what matched is used.

Where one cycle or pair always uses more of one side, the weaker side is the one that holds fewer of them:

| left  | right | one cycle uses | cycles on each side | weaker |
| ----- | ----- | -------------- | ------------------- | ------ |
| 1,000 | 1,100 | 300 + 600      | 3.3 and 1.8         | right  |
| 1,000 | 2,100 | 300 + 600      | 3.3 and 3.5         | left   |
| 1,000 | 1,100 | 300 + 300      | 3.3 and 3.7         | left   |
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

import numpy as np

from core.bonuses.arrays import Lots, Ready
from core.bonuses.rules import lots as waiting
from core.bonuses.rules.climbing import climbed
from core.bonuses.rules.lots import LEFT, RIGHT, SIDES
from core.bonuses.rules.ranked import of_bonus
from core.bonuses.rules.rounding import rounded
from core.bonuses.rules.sides import Match, Sides, matched
from core.forest.above import Marks
from core.forest.kernel import Ints

AT_CAP = "flush_at_cap"


def match_of(sides: Sides) -> Match:
    """What everybody's sides come to, by how the bonus pays."""
    return climbed(sides) if sides.terms.tiers_in_turn else matched(sides)


def flushed(sides: Sides, lots: Lots, match: Match, earns: Marks) -> Mapping[int, Marks]:
    """By side, whose is emptied.

    Args:
        lots: what was there before the match.
    """
    terms, emptied = sides.terms, np.zeros(len(earns), np.bool_)
    if terms.carry == AT_CAP:
        emptied = _at_cap(sides)
    elif terms.carry.startswith("flush"):
        emptied = _paid(match, sides.ready) if terms.carry.endswith("after_payout") else ~emptied
    found = {side: emptied.copy() for side in SIDES}
    if "weak" in terms.carry:
        weak = _holding_less(sides, *(waiting.sums(lots, side, len(earns)) for side in SIDES))
        found = {side: emptied & (weak == side) for side in SIDES}
    if terms.carry_when_inactive == "flush":
        found = {side: those | ~earns for side, those in found.items()}
    return found


def weaker(left: Ints, right: Ints) -> Ints:
    """Everybody's side of less volume; the left of equal ones."""
    return np.where(left <= right, LEFT, RIGHT)


def _holding_less(sides: Sides, left: Ints, right: Ints) -> Ints:
    """Everybody's side that fewer cycles or pairs are on, where one always uses more of the other."""
    terms = sides.terms
    if terms.pay not in ("cycles", "pairs") or terms.either_side:
        return weaker(left, right)
    one, two = (sides.parts(each or Decimal(1)) for each in (terms.cycle_left, terms.cycle_right))
    return weaker(left, right) if one == two else weaker(left.astype(object) * two, right.astype(object) * one)


def _paid(match: Match, ready: Ready) -> Marks:
    """Who is paid anything, as it is rounded."""
    lines, rounding, found = match.lines, ready.plan.rounding, np.zeros(ready.network.size, np.bool_)
    amounts = rounded(lines.units, lines.denominator, rounding.mode, rounding.step(ready.unit.code))
    found[lines.payee[amounts != 0]] = True
    return found


def _at_cap(sides: Sides) -> Marks:
    """Whose sides come to the bonus's cap or beyond it, as if it did not cut."""
    ready, bonus = sides.ready, sides.ready.bonus
    lines = match_of(replace(sides, terms=replace(sides.terms, cap_uses_volume=True))).lines
    entries, rung = of_bonus(ready, "cap_by_rank", bonus.cap_by_rank)
    caps = [bonus.cap if one is None else one for one in entries]
    worth = ready.unit.worth * 10**ready.unit.digits * lines.denominator
    never = max((abs(one) for one in lines.units.tolist()), default=0) + 1
    least = np.array([never if cap is None else ceil(Fraction(cap) * worth) for cap in caps], object)
    found = np.zeros(ready.network.size, np.bool_)
    found[lines.payee[np.asarray(lines.units >= least[rung[lines.payee]], np.bool_)]] = True
    return found
