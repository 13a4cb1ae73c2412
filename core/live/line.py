"""Who stands where: questions about the tree of a state, by index."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.forest import program as p
from core.forest import walk
from core.forest.kernel import Flags, Indices
from core.forest.program import Nodes

DISTRIBUTOR = p.FIRST_KIND
CUSTOMER = p.SECOND_KIND
ACTIVE = p.AWAKE
PERSON = p.COUNTED


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many people stand on one level below somebody."""

    level: int
    people: int
    distributors: int
    customers: int
    active: int


class Line:
    """The tree part of a state. A level below somebody is one stretch of the arrays, so a page of it costs a page."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes

    @property
    def count(self) -> int:
        """How many stand in the tree, a company node included."""
        return int(self.nodes.size[1])

    @property
    def flags(self) -> Flags:
        """Everybody's flags by index: `PERSON`, `DISTRIBUTOR`, `CUSTOMER`, `ACTIVE`; for masks over all people."""
        return self.nodes.flags[: self.count]

    def rank(self, index: int) -> int:
        """The rank she would be paid by: its place on the ladder from 1; 0 for none."""
        return int(self.nodes.grade[index])

    def active(self, index: int) -> bool:
        """Whether she is active in the cycle."""
        return bool(self.nodes.flags[index] & ACTIVE)

    def is_customer(self, index: int) -> bool:
        """Whether she only buys."""
        return bool(self.nodes.flags[index] & CUSTOMER)

    def is_company(self, index: int) -> bool:
        """Whether it is the node that several roots hang under, which nobody is shown."""
        return not self.nodes.flags[index] & PERSON

    def parent(self, index: int) -> int | None:
        """Her sponsor's index; None for a root."""
        above = int(self.nodes.parent[index])
        return None if above < 0 else above

    def upline(self, index: int) -> Iterator[int]:
        """Everybody above her, the nearest first."""
        above = self.parent(index)
        while above is not None:
            yield above
            above = self.parent(above)

    def children(self, index: int) -> Indices:
        """Her frontline, in the order of enrolment."""
        return walk.children(self.nodes, index)

    def level_between(self, top: int, index: int) -> int | None:
        """How many levels `index` stands below `top`: 0 for herself, None when she is not below."""
        level = int(walk.level_between(self.nodes, top, index))
        return None if level < 0 else level

    def is_below(self, top: int, index: int) -> bool:
        """Whether `index` stands in the line of `top`, who is not in it herself."""
        return (self.level_between(top, index) or 0) > 0

    def descendants(self, index: int, max_level: int | None = None) -> Iterator[tuple[int, int]]:
        """Her line level by level as (level, index), made while it is read: a page of ten costs ten."""
        for level in walk.levels(self.nodes, index, max_level):
            for one in level:
                yield level.depth, one

    def levels(self, index: int, max_level: int | None = None) -> Iterator[walk.Level]:
        """Her line as whole levels: `.depth`, `len()`, and `.nodes()` as an array to mask."""
        return walk.levels(self.nodes, index, max_level)

    def heads(self, index: int, *, wanted: int = PERSON, unwanted: int = 0, max_level: int | None = None) -> Indices:
        """Who in her line carries all `wanted` flags and none of the `unwanted`, level by level.

        For example her inactive customers: `heads(i, wanted=CUSTOMER, unwanted=ACTIVE, max_level=1)`.
        """
        found = [level.nodes() for level in self.levels(index, max_level)]
        everybody = np.concatenate(found) if found else np.zeros(0, np.int32)
        flags = self.nodes.flags[everybody]
        found_here: Indices = everybody[(flags & wanted == wanted) & (flags & unwanted == 0)]
        return found_here

    def level_counts(self, index: int) -> list[LevelCount]:
        """People by level below her, from the first level on."""
        masks = np.array([PERSON, DISTRIBUTOR, CUSTOMER, ACTIVE], np.int64)
        counts = walk.census(self.nodes, index, masks).tolist()
        return [LevelCount(level, *row) for level, row in enumerate(counts, start=1)]
