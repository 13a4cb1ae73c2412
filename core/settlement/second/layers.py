"""Pairs by level: every level of the binary tree below somebody pays once, when both of its sides have enough."""

from collections.abc import Sequence
from fractions import Fraction

from core.settlement.second.case import Case
from core.settlement.second.model import AMOUNT, Found, Line, Lot, Order
from core.settlement.second.people import NOBODY
from core.settlement.second.plan import Bonus
from core.settlement.second.sides import LEFT, RIGHT, Sides

HAD = "level {level}"


class Layers(Sides):
    """One bonus that pays by levels."""

    def volumes(self, person: int, level: int) -> dict[int, int]:
        """What is on both sides of a level, with what waited there."""
        found = {}
        for side in (LEFT, RIGHT):
            head = self.head(person, side)
            row = [] if head is None else [head]
            for _ in range(level - 1):
                row = [child for one in row for child in self.tree.children[one]]
            waited = (lot.volume for lot in self.lots.get((person, side), ()) if lot.leg == level)
            found[side] = sum(self.own.get(one, 0) for one in row) + sum(waited)
        return found

    def line(self, person: int, level: int, volumes: dict[int, int]) -> Line | None:
        """What a level pays her, if it does."""
        weaker = Fraction(min(volumes.values()), self.units)
        if weaker <= 0 or weaker < self.counted(self.bonus.number("matched_min")):
            return None
        if any(self.bonus.has(word) for word in ("value", "value_by_rank", "value_by_package")):
            listed = self.case.listed(self.bonus, "value", person)
            value = Fraction(self.bonus.number("value") if listed is None else listed)
            return Line(person, -1, NOBODY, level, AMOUNT, value * self.case.minor(self.bonus)) if value else None
        rate, most = self._rate(person), self.bonus.maybe("matched_max")
        matched = weaker if most is None else min(weaker, self.counted(most))
        each = rate / 100 * self.case.base_worth(self.bonus)
        return Line(person, -1, NOBODY, level, rate, matched * each) if rate else None


def layers(case: Case, bonus: Bonus, orders: Sequence[Order]) -> Found:
    """Level by level, one person at a time."""
    sides, found = Layers(case, bonus, orders), Found([])
    found.had = {what: set(people) for what, people in case.before(bonus).had.items()}
    keeps = bonus.text("carry", "keep") == "keep"
    keeps_of_others = bonus.text("carry_when_inactive", "keep") == "keep"
    for person in range(case.count):
        if not (sides.tree.there[person] and case.there[person]):
            continue
        earns = sides.earns(person)
        for level in range(bonus.whole("from_level", 1), bonus.whole("to_level") + 1):
            had = found.had.setdefault(HAD.format(level=level), set())
            if person in had:
                continue
            volumes = sides.volumes(person, level)
            line = sides.line(person, level, volumes) if earns else None
            if line is not None:
                found.lines.append(line)
                had.add(person)
            elif keeps and (earns or keeps_of_others):
                found.lots += [Lot(person, side, 0, volume, level) for side, volume in volumes.items() if volume]
    return found
