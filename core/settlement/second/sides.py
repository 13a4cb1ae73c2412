"""Binary: what the volume of both sides matches, what of it is used, and what waits for the next cycle."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from core.settlement.second.case import Case
from core.settlement.second.model import AMOUNT, Line, Lot, Order
from core.settlement.second.people import NOBODY
from core.settlement.second.placing import tree_of
from core.settlement.second.plan import Bonus

LEFT, RIGHT = 1, 2
FIRST_PAIR, TIER = "first_pair", "tier {number}"


@dataclass(frozen=True, slots=True)
class Match:
    """What a person's sides come to: whole units of volume used on each, and the line that they pay."""

    left: Fraction
    right: Fraction
    line: Line | None
    pairs: int = 0


NOTHING = Match(Fraction(0), Fraction(0), None)


class Sides:
    """One binary bonus."""

    def __init__(self, case: Case, bonus: Bonus, orders: Sequence[Order]) -> None:
        self.case, self.bonus = case, bonus
        along_sponsors = bonus.tree == "sponsor"
        self.tree = case.sponsors if along_sponsors else tree_of(case.placed["binary"])
        self.units = 10 ** case.base_digits(bonus)
        self.own: dict[int, int] = {}
        for order in orders:
            self.own[order.buyer] = self.own.get(order.buyer, 0) + int(order.base * self.units)
        self.sums = dict(self.own)
        for person in reversed(self.tree.down):
            above = self.tree.parent[person]
            if above != NOBODY:
                self.sums[above] = self.sums.get(above, 0) + self.sums.get(person, 0)
        self.side = [] if along_sponsors else case.placed["binary"].slot
        self.chosen = case.inputs.people["own_side"].to_list()
        self.free = False
        self.lots: dict[tuple[int, int], list[Lot]] = {}
        for lot in sorted(case.before(bonus).lots, key=lambda one: -one.age):
            self.lots.setdefault((lot.person, lot.side), []).append(lot)
        before = case.before(bonus).had
        self.had = set(before.get(FIRST_PAIR, ()))
        tiers = bonus.tables("tiers") if bonus.flag("tiers_in_turn") else []
        self.tiers = sorted(tiers, key=lambda one: one.number("from"))
        self.climbed = {
            one: number for number in range(1, len(self.tiers)) for one in before.get(TIER.format(number=number), ())
        }

    def head(self, person: int, side: int) -> int | None:
        """Who stands below her on a side."""
        return next((one for one in self.tree.children[person] if self.side[one] == side), None)

    def new(self, person: int) -> dict[int, int]:
        """What came into each side in this cycle."""
        heads = {side: self.head(person, side) for side in (LEFT, RIGHT)}
        new = {side: 0 if head is None else self.brought(head) for side, head in heads.items()}
        where = self.bonus.text("own_volume_to", "none")
        chosen = self.chosen[person]
        if where == "weak":
            waiting = {side: new[side] + self.waiting(person, side) for side in new}
            chosen = LEFT if waiting[LEFT] <= waiting[RIGHT] else RIGHT
        if where != "none" and chosen:
            new[chosen] += self.joining(person)
        return new

    def brought(self, head: int) -> int:
        """What came in at and below somebody right below her, from the level on that counts."""
        row, found = [head], self.sums.get(head, 0)
        for _ in range(1, self.bonus.whole("from_level", 1)):
            found -= sum(self.own.get(one, 0) for one in row)
            row = [child for one in row for child in self.tree.children[one]]
        return found

    def joining(self, person: int) -> int:
        """What of her own volume joins a side."""
        own, above = self.own.get(person, 0), self.bonus.number("own_volume_above")
        return max(0, own - ceil(above * self.units)) if above else own

    def waiting(self, person: int, side: int) -> int:
        """What was carried."""
        return sum(lot.volume for lot in self.lots.get((person, side), ()))

    def left_on(self, person: int, side: int, new: int, used: int) -> list[Lot]:
        """What is left on a side."""
        lots = [*self.lots.get((person, side), ()), Lot(person, side, 0, new)]
        return carried(self, lots, used)

    def earns(self, person: int) -> bool:
        """Whether she earns, and has active people of her own on both sides."""
        wanted = self.bonus.whole("personal_actives_each_side")
        return self.case.earns(self.bonus, person) and all(
            self._actives(person, side) >= wanted for side in (LEFT, RIGHT) if wanted
        )

    def _actives(self, person: int, side: int) -> int:
        head = self.head(person, side)
        below = [] if head is None else self.tree.below(head)
        return sum(self.case.sponsors.parent[one] == person and self.case.figures.active[one]
                   and self.case.there[one] for one in below)  # fmt: skip

    def counted(self, amount: Fraction) -> Fraction:
        """An amount of volume; what is finer than the base is counted up."""
        return Fraction(ceil(amount * self.units), self.units)

    def match(self, person: int, left: Fraction, right: Fraction) -> Match:
        """By how the bonus pays."""
        ways = {"percent": self._percent, "tiers": self._tiers}
        left, right = max(left, Fraction(0)), max(right, Fraction(0))
        return ways.get(self.bonus.text("pay", "percent"), self._cycles)(person, left, right)

    def comes_to_cap(self, person: int, left: Fraction, right: Fraction) -> bool:
        """Whether the sides are worth as much as her cap, or more."""
        cap, climbed = self._cap(person), dict(self.climbed)
        self.free = True
        line = self.match(person, left, right).line
        self.free, self.climbed = False, climbed
        return cap is not None and line is not None and line.exact > 0 and line.exact >= cap

    def _limit(self, person: int) -> Fraction | None:
        """Her cap in minor units, where it cuts before volume is used."""
        return None if self.free or self.bonus.flag("cap_uses_volume") else self._cap(person)

    def _cap(self, person: int) -> Fraction | None:
        cap = self.case.listed(self.bonus, "cap", person)
        cap = self.bonus.maybe("cap") if cap is None else cap
        return None if cap is None else Fraction(cap) * self.case.minor(self.bonus)

    def _percent(self, person: int, left: Fraction, right: Fraction) -> Match:
        rate, most = self._rate(person), self.bonus.maybe("matched_max")
        matched = min(left, right) if most is None else min(left, right, self.counted(most))
        if matched < self.counted(self.bonus.number("matched_min")) or rate == 0:
            return NOTHING
        each, limit = rate / 100 * self.case.base_worth(self.bonus), self._limit(person)
        if limit is not None and matched * each > limit:
            matched = Fraction(floor(limit / each * self.units), self.units)
        line = Line(person, -1, NOBODY, 0, rate, matched * each)
        return Match(matched, matched, line)

    def _rate(self, person: int) -> Fraction:
        steps = self.bonus.tables("rate_steps")
        if not steps:
            listed = self.case.listed(self.bonus, "rate", person)
            return self.bonus.number("rate") if listed is None else Fraction(listed)
        figure = self.case.kpi(person, self.bonus.text("rate_kpi"))
        reached = [one for one in steps if figure >= one.number("from")]
        return max(reached, key=lambda one: one.number("from")).number("rate") if reached else Fraction(0)

    def _tiers(self, person: int, left: Fraction, right: Fraction) -> Match:
        limit, minor = self._limit(person), self.case.minor(self.bonus)
        if self.bonus.flag("tiers_in_turn"):
            return self._tiers_in_turn(person, min(left, right), limit)
        known = [(self.counted(one.number("from")), one.number("pay") * minor) for one in self.bonus.tables("tiers")]
        reached = [(start, pay) for start, pay in known if start <= min(left, right)]
        reached = [(start, pay) for start, pay in reached if limit is None or pay <= limit]
        if not reached:
            return NOTHING
        start, pay = max(reached)
        return Match(start, start, Line(person, -1, NOBODY, 0, AMOUNT, pay))

    def _tiers_in_turn(self, person: int, volume: Fraction, limit: Fraction | None) -> Match:
        """Tier after tier as long as there is volume for the next; the last one uses what it asks for."""
        at, paid, used, steps = self.climbed.get(person, 0), Fraction(0), Fraction(0), 0
        while True:
            start = self.counted(self.tiers[at].number("from"))
            pay = self.tiers[at].number("pay") * self.case.minor(self.bonus)
            if volume - used < start or (limit is not None and paid + pay > limit):
                break
            paid, steps, at = paid + pay, steps + 1, at + 1
            if at == len(self.tiers):
                used, at = used + start, 0
        self.climbed[person] = at
        return Match(used, used, Line(person, -1, NOBODY, 0, AMOUNT, paid) if steps else None)

    def _cycles(self, person: int, left: Fraction, right: Fraction) -> Match:
        one, two = (self.counted(self.bonus.number(word, 1)) for word in ("cycle_left", "cycle_right"))
        value = self.case.listed(self.bonus, "value", person)
        value = Fraction(self.bonus.number("value") if value is None else value) * self.case.minor(self.bonus)
        limit = self._limit(person)
        if not value:
            return NOTHING
        most = None if limit is None else floor(limit / value)
        if self.bonus.text("pay") == "pairs" and person not in self.had:
            return self._first_pair(person, left, right, one, two, value, most)
        if self.bonus.flag("either_side") and one != two:
            count, used = in_turn(left, right, min(one, two), max(one, two), most)
        else:
            count = int(min(left // one, right // two))
            count = count if most is None else min(count, most)
            used = (one * count, two * count)
        return Match(*used, Line(person, -1, NOBODY, 0, AMOUNT, count * value), count)

    def _first_pair(
        self,
        person: int,
        left: Fraction,
        right: Fraction,
        one: Fraction,
        two: Fraction,
        value: Fraction,
        most: int | None,
    ) -> Match:
        """The first pair may need two on one side; the others that fit are one to one."""
        asked = self.bonus.text("first_pair", "1:1")
        larger_left = left >= right
        ways = {"2:1": (2, 1), "1:2": (1, 2), "1:1": (1, 1)}
        first, second = ways.get(asked, (2, 1) if larger_left else (1, 2))
        if left < first * one or right < second * two or most == 0:
            return NOTHING
        further = int(min((left - first * one) // one, (right - second * two) // two))
        count = 1 + further if most is None else min(1 + further, most)
        used = (first * one + (count - 1) * one, second * two + (count - 1) * two)
        return Match(*used, Line(person, -1, NOBODY, 0, AMOUNT, count * value), count)


def in_turn(
    left: Fraction, right: Fraction, small: Fraction, large: Fraction, most: int | None
) -> tuple[int, tuple[Fraction, Fraction]]:
    """Cycles one by one, each with the larger volume from the side that then has more: how many, and what they use."""
    have, count = [left, right], 0
    while most is None or count < most:
        more = 0 if have[0] >= have[1] else 1
        if have[more] < large or have[1 - more] < small:
            break
        turns = int(min(have) // (small + large)) - 1
        if most is None and turns > 0 and have[more] - have[1 - more] < large - small:
            have = [one - turns * (small + large) for one in have]  # two cycles in turn take the same of both
            count += 2 * turns
            continue
        have[more] -= large
        have[1 - more] -= small
        count += 1
    return count, (left - have[0], right - have[1])


def carried(sides: Sides, lots: Sequence[Lot], used: int) -> list[Lot]:
    """What is left on a side: the oldest volume is used first, and is the first that is dropped.

    Args:
        lots: of one side of one person, and at least one, the oldest first.
    """
    volumes = [lot.volume for lot in lots]
    owed = used + sum(-one for one in volumes if one < 0)
    volumes = [max(one, 0) for one in volumes]
    for at, volume in enumerate(volumes):
        taken = min(volume, owed)
        volumes[at] -= taken
        owed -= taken
    left = [replace(lot, volume=volume) for lot, volume in zip(lots, volumes, strict=True) if volume]
    left = left if not owed else [replace(lots[-1], age=0, volume=-owed)]
    return kept(sides, left)


def kept(sides: Sides, left: Sequence[Lot]) -> list[Lot]:
    """What the next cycle gets of what is left on a side, the oldest first."""
    limit = sides.bonus.whole("carry_cycles")
    left = [lot for lot in left if not limit or lot.age < limit]
    most = sides.bonus.maybe("carry_max")
    beyond = 0 if most is None else max(0, sum(lot.volume for lot in left) - ceil(most * sides.units))
    found = []
    for lot in left:
        dropped = min(max(lot.volume, 0), beyond)
        beyond -= dropped
        if lot.volume - dropped:
            found.append(replace(lot, volume=lot.volume - dropped))
    return found
