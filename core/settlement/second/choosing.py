# ruff: noqa: D102  (what `leg` and `close` do is said once, in `Kpi` and `ByLegs`)
"""Which of the kinds of KPI the plan's words mean, those of people enrolled by herself among them."""

from collections.abc import Mapping, Sequence

from core.settlement.second.kpis import Generation, Ground, Kpi, Legs, Levels, Own, Side
from core.settlement.second.plan import Words

SIDES = ("left", "right")


class Enrolled(Levels):
    """Below her only those whom she enrolled herself, whoever stands between."""

    def close(self, person: int) -> None:
        """Nobody above asks for it."""

    def leg(self, head: int) -> int:
        enrolled = self.ground.enrolled[self.ground.tree.parent[head]]
        return sum(self.term(one) for one in enrolled if self._stands(one, head))

    def _stands(self, person: int, head: int) -> bool:
        """Whether she is the head or below, on a level that counts."""
        if not self.ground.tree.there[person]:
            return False
        for level, one in enumerate([person, *self.ground.tree.above(person)], start=1):
            if one == head:
                return self.first <= level <= (self.last or level)
        return False


class EnrolledSide(Enrolled, Side):
    """The same on one side of the binary tree."""


def kpi_of(code: str, words: Words, ground: Ground, own: Sequence[int]) -> Kpi:
    """The KPI by what it counts and over whom."""
    over = words.text("over", "own")
    if words.text("measure") == "legs":
        return Legs(code, words, ground, own)
    if words.flag("enrolled_only"):
        return (EnrolledSide if over in SIDES else Enrolled)(code, words, ground, own)
    return OTHERS.get(over, Levels)(code, words, ground, own)


OTHERS: Mapping[str, type[Own | Levels | Generation]] = {
    "own": Own,
    "generation": Generation,
    "left": Side,
    "right": Side,
}
"""KPIs over something else than levels, the line, or legs of it."""
