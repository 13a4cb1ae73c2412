"""A placement tree as bonuses see it: who stands where, and sums over what stands below."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.forest.above import Marks
from core.forest.kernel import Indices, Ints, kernel
from core.forest.layout import breadth_first


@dataclass(frozen=True)
class Tree:
    """A placement tree: everybody in the network by node, and after them the holes that people left."""

    above: Indices
    """Who stands in the place above; -1 for the top of a tree, and for who has no place."""
    slot: Indices
    """Which of the places below, from 0; -1 where there is none above."""
    stands: Marks
    """Who has a place; holes have one."""
    line: Indices
    """Who is above in the counting of levels: `above`, and for who waits whoever the plan says, else -1."""
    active: Marks
    """Who is active, by node of the network alone."""
    own_side: Indices
    """Which side somebody's own volume joins by her own choice: 1 left, 2 right, 0 none; by node of the network."""
    width: int
    depth: int

    @cached_property
    def order(self) -> tuple[Indices, Indices]:
        """Numbers in an order in which whoever stands above comes first, and who stands above by that order."""
        order, _, ordered_above = breadth_first(self.above)
        return order, ordered_above

    def totals(self, own: Ints) -> Ints:
        """What everybody brings, with all below her."""
        order, above = self.order
        ordered = own[order]
        add_up(above, ordered)
        found = np.empty_like(ordered)
        found[order] = ordered
        return found

    def above_level(self, own: Ints, levels: int) -> Ints:
        """What everybody brings, with all below her, down to so many levels, her own being the first."""
        found, layer = np.zeros_like(own), own
        below = np.flatnonzero(self.above >= 0)
        for _ in range(levels):
            found, higher = found + layer, np.zeros_like(own)
            np.add.at(higher, self.above[below], layer[below])
            layer = higher
        return found

    def side(self, totals: Ints, slot: int) -> Ints:
        """Of everybody's totals those of the one in a place below her, by number; 0 where nobody stands there."""
        found = np.zeros(len(self.above), totals.dtype)
        there = np.flatnonzero((self.slot == slot) & (self.above >= 0))
        found[self.above[there]] = totals[there]
        return found

    @cached_property
    def spans(self) -> tuple[Ints, Ints]:
        """Numbers from the top down, one below the other: everybody's own, and how many stand at and below her."""
        order, above = self.order
        sizes = self.totals(np.ones(len(self.above), np.int64))
        first = np.empty(len(order), np.int64)
        _number(above, sizes[order], first, np.zeros(len(order), np.int64))
        found = np.empty_like(first)
        found[order] = first
        return found, sizes


@kernel
def add_up(parent: Indices, figure: Ints) -> None:
    """Add everybody's figure to that of whoever is above; whoever is above has a smaller number."""
    for node in range(parent.size - 1, -1, -1):
        if parent[node] >= 0:
            figure[parent[node]] += figure[node]


@kernel
def _number(parent: Indices, sizes: Ints, first: Ints, following: Ints) -> None:
    """Everybody's number, then those of all below her, one child after the other."""
    tops = 0
    for node in range(parent.size):
        above = parent[node]
        if above >= 0:
            first[node] = following[above]
            following[above] += sizes[node]
        else:
            first[node] = tops
            tops += sizes[node]
        following[node] = first[node] + 1
