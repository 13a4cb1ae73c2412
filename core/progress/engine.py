"""The live state, asked as the search for the cheapest way asks: "what if these people ordered so much?"."""

from collections.abc import Sequence
from functools import cached_property

from core.live.state import Change, State
from core.plan.model import RankSpec
from core.progress.rules.asked import asked_for
from core.progress.rules.steps import depends_on_legs, is_additive, moves_by_volume
from core.progress.rules.way import Orders


class Suppositions:
    """One person's way to one target; supposed orders bring as much CV as QV.

    Args:
        supposed: orders that are taken for granted (a what-if), before any of the way.
    """

    def __init__(self, state: State, top: int, target: RankSpec, supposed: Sequence[Change] = ()) -> None:
        self.state, self.top, self.supposed = state, top, tuple(supposed)
        self.place = state.plan.rank_index(target.code)
        self.asked = asked_for(state.plan, target)

    @cached_property
    def additive(self) -> list[bool]:
        """See `core.progress.rules.way.Engine`."""
        return [is_additive(self.state.plan, part) for part in self.asked]

    @cached_property
    def volume(self) -> list[bool]:
        """See `core.progress.rules.way.Engine`."""
        return [moves_by_volume(self.state.plan, part) for part in self.asked]

    def missing(self, orders: Orders) -> list[int]:
        """What each condition would still lack."""
        standing = self.state.suppose(self._changes(orders), self.top)
        return [max(0, part.condition.minimum - standing.counted(part.condition)) for part in self.asked]

    def reaches(self, orders: Orders) -> bool:
        """Whether she would be paid at the target or above."""
        return self.state.suppose(self._changes(orders), self.top).rank >= self.place

    def legs_matter(self) -> bool:
        """Whether something is missing that depends on where in the line an order is placed."""
        lacks = zip(self.asked, self.missing({}), strict=True)
        return any(lack and depends_on_legs(self.state.plan, part.condition) for part, lack in lacks)

    def leg_of(self, index: int) -> int:
        """The frontline person in whose leg somebody stands; -1 for the asker herself."""
        leg = -1
        while index != self.top:
            above = self.state.parent(index)
            assert above is not None, "only people of her line are asked about"
            leg, index = index, above
        return leg

    def _changes(self, orders: Orders) -> list[Change]:
        return [*self.supposed, *((index, volume, volume) for index, volume in orders.items() if volume)]
