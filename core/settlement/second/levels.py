"""Unilevel and matching by level: who is the n-th above, one start at a time."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from core.plan.model import Bonus, Plan
from core.plan.model.terms import Compressed
from core.settlement.second.model import Figures
from core.settlement.second.shared import listed, meets, qualifies, rank_of


class Ladder:
    """The levels of one bonus."""

    def __init__(self, plan: Plan, figures: Figures, bonus: Bonus) -> None:
        assert isinstance(bonus.terms, Compressed), "only these have levels that compress"
        self.plan, self.figures, self.bonus, self.terms = plan, figures, bonus, bonus.terms
        tables = [self.terms.levels, *self.terms.levels_by_rank.values()]
        self.last = max(len(table) for table in tables)

    def rates(self, rank: int) -> tuple[Decimal, ...]:
        """Of a rank, level 1 first."""
        found = listed(self.plan, self.terms.levels_by_rank, rank)
        return self.terms.levels if found is None else found

    def paid(self, person: str, level: int) -> bool:
        """Whether she is paid at the level."""
        rank = rank_of(self.figures, self.bonus, person)
        if not qualifies(self.plan, self.figures, self.bonus, person) or level > len(self.rates(rank)):
            return False
        depth = listed(self.plan, self.terms.depth_by_rank, rank)
        return not self.terms.depth_by_rank or level <= (depth or 0)

    def placed(self, person: str) -> bool:
        """Whether she holds a place in the counting."""
        held = meets(self.figures, person, self.bonus.place)
        if self.terms.compression == "run":
            return held and qualifies(self.plan, self.figures, self.bonus, person)
        return held

    def payees(self, start: str) -> Iterator[tuple[int, str]]:
        """Levels and who is paid at each for what `start` brings."""
        above = self.figures.above(start)
        if self.terms.compression == "dynamic":
            yield from self._dynamic(above)
            return
        for level, person in enumerate(self._line(above)[: self.last], start=1):
            if person is None:
                continue
            if self.paid(person, level):
                yield level, person
            elif self.terms.compression == "roll_up" or self.bonus.breakage_to == "next_qualified":
                rest = above[above.index(person) + 1 :]
                yield from ((level, one) for one in [one for one in rest if self.paid(one, level)][:1])

    def _line(self, above: list[str]) -> list[str | None]:
        if self.terms.compression == "static":
            return [person for person in above if self.placed(person)]
        if self.terms.compression != "run":
            return list(above)
        line: list[str | None] = []
        for place, person in enumerate(above):
            if self.placed(person):
                line.append(person)
            elif any(map(self.placed, above[place:])) and (place == 0 or self.placed(above[place - 1])):
                line.append(None)
        return line

    def _dynamic(self, above: list[str]) -> Iterator[tuple[int, str]]:
        level = 1
        for person in above:
            if level <= self.last and self.placed(person) and self.paid(person, level):
                yield level, person
                level += 1


def rate_at(ladder: Ladder, payee: str, level: int, buyer: str | None = None) -> Fraction | None:
    """Her rate at the level, or that of the lower of both ranks; None where that has none."""
    rank = rank_of(ladder.figures, ladder.bonus, payee)
    if buyer is not None:
        rank = min(rank, rank_of(ladder.figures, ladder.bonus, buyer))
    rates = ladder.rates(rank)
    return Fraction(rates[level - 1]) if level <= len(rates) else None
