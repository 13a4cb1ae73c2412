"""Binary bonuses: what matches on two sides, or of the strongest leg against all others, and what waits."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from core.settlement.second.case import Case
from core.settlement.second.layers import layers
from core.settlement.second.model import Found, Lot, Order
from core.settlement.second.plan import Bonus
from core.settlement.second.rounding import rounded
from core.settlement.second.sides import FIRST_PAIR, LEFT, NOTHING, RIGHT, TIER, Sides, kept

AT_CAP = "flush_at_cap"


class Legs(Sides):
    """Along sponsors: the left side is the strongest leg of each person, the right one are all her others."""

    def __init__(self, case: Case, bonus: Bonus, orders: Sequence[Order]) -> None:
        super().__init__(case, bonus, orders)
        self.waited: dict[int, list[Lot]] = {}
        for lots in self.lots.values():
            for lot in lots:
                self.waited.setdefault(lot.person, []).append(lot)
        self.on: dict[int, list[Lot]] = {}

    def new(self, person: int) -> dict[int, int]:
        """All that is there, also what waited, for which side it is on is known only now."""
        legs: dict[int, list[Lot]] = {}
        for lot in sorted(self.waited.get(person, ()), key=lambda one: -one.age):
            legs.setdefault(lot.leg, []).append(lot)
        for head in self.tree.children[person]:
            legs.setdefault(head, []).append(Lot(person, 0, 0, self.brought(head), head))
        if self.bonus.text("own_volume_to", "none") == "others":
            legs.setdefault(person, []).append(Lot(person, 0, 0, self.joining(person), person))
        volumes = {leg: sum(lot.volume for lot in lots) for leg, lots in legs.items()}
        leading = [leg for leg, volume in volumes.items() if volume and leg != person]
        strongest = min(leading, key=lambda leg: (-volumes[leg], leg), default=None)
        sided: dict[int, list[Lot]] = {LEFT: [], RIGHT: []}
        for leg, lots in legs.items():
            sided[LEFT if leg == strongest else RIGHT] += balanced(lots)
        self.on = {side: sorted(lots, key=lambda one: (-one.age, one.leg)) for side, lots in sided.items()}
        return {side: sum(lot.volume for lot in lots) for side, lots in self.on.items()}

    def waiting(self, person: int, side: int) -> int:
        """Nothing besides."""
        return 0

    def left_on(self, person: int, side: int, new: int, used: int) -> list[Lot]:
        """The oldest are used first, of one cycle those of the leg whose head joined first."""
        left = []
        for lot in self.on[side]:
            taken = min(max(lot.volume, 0), used)
            used -= taken
            left.append(Lot(person, side, lot.age, lot.volume - taken, lot.leg))
        return kept(self, left)


def balanced(lots: Sequence[Lot]) -> list[Lot]:
    """One leg, the oldest first: returns take from the oldest, and what is short is volume of this cycle below 0."""
    owed = sum(-lot.volume for lot in lots if lot.volume < 0)
    found = []
    for lot in lots:
        taken = min(max(lot.volume, 0), owed)
        owed -= taken
        if lot.volume > taken:
            found.append(Lot(lot.person, lot.side, lot.age, lot.volume - taken, lot.leg))
    return found if not owed else [Lot(lots[0].person, 0, 0, -owed, lots[0].leg)]


def binary(case: Case, bonus: Bonus, orders: Sequence[Order]) -> Found:
    """Everybody's sides, one person at a time."""
    if bonus.text("pay") == "levels":
        return layers(case, bonus, orders)
    sides = (Legs if bonus.tree == "sponsor" else Sides)(case, bonus, orders)
    found = Found([])
    for person in range(case.count):
        if not (sides.tree.there[person] and case.there[person]):
            continue
        new = sides.new(person)
        have = {side: new[side] + sides.waiting(person, side) for side in new}
        earns = sides.earns(person)
        match, reached = NOTHING, False
        if earns:
            volumes = [Fraction(have[side], sides.units) for side in (LEFT, RIGHT)]
            reached = bonus.text("carry") == AT_CAP and sides.comes_to_cap(person, *volumes)
            match = sides.match(person, *volumes)
        found.lines += [match.line] if match.line is not None else []
        if match.pairs and bonus.text("pay") == "pairs":
            sides.had.add(person)
        amount = 0 if match.line is None else rounded(match.line.exact, case.mode, case.step(case.unit(bonus)))
        weak = _weaker(sides, have)
        paid = reached if bonus.text("carry") == AT_CAP else amount != 0
        flushed = _flushed(bonus, weak, earns=earns, paid=paid)
        used = {LEFT: int(match.left * sides.units), RIGHT: int(match.right * sides.units)}
        for side in (one for one in (LEFT, RIGHT) if one not in flushed):
            found.lots += sides.left_on(person, side, new[side], used[side])
    found.had = {FIRST_PAIR: sides.had} if sides.had else {}
    for number in range(1, max(sides.climbed.values(), default=0) + 1):
        found.had[TIER.format(number=number)] = {one for one, at in sides.climbed.items() if at >= number}
    return found


def _weaker(sides: Sides, have: Mapping[int, int]) -> int:
    """The side with less, in cycles where one takes more of one side than of the other."""
    bonus, needs = sides.bonus, {LEFT: Fraction(1), RIGHT: Fraction(1)}
    if bonus.text("pay") in ("cycles", "pairs") and not bonus.flag("either_side"):
        needs = {
            LEFT: sides.counted(bonus.number("cycle_left", 1)),
            RIGHT: sides.counted(bonus.number("cycle_right", 1)),
        }
    return LEFT if have[LEFT] / needs[LEFT] <= have[RIGHT] / needs[RIGHT] else RIGHT


def _flushed(bonus: Bonus, weak: int, *, earns: bool, paid: bool) -> tuple[int, ...]:
    """Which sides are emptied.

    Args:
        paid: whether something was paid; where sides are emptied at the cap, whether she came to it.
    """
    if not earns and bonus.text("carry_when_inactive", "keep") == "flush":
        return LEFT, RIGHT
    carries = {
        "flush": (LEFT, RIGHT),
        "flush_weak": (weak,),
        "flush_after_payout": (LEFT, RIGHT) if paid else (),
        "flush_weak_after_payout": (weak,) if paid else (),
        AT_CAP: (LEFT, RIGHT) if paid else (),
    }
    return carries.get(bonus.text("carry", "keep"), ())
