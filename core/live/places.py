"""Where people stand in a placement tree, as KPIs and bonuses along it count."""

from dataclasses import dataclass

import numpy as np

from core.forest.above import Marks, nearest_above
from core.forest.kernel import Indices
from core.forest.layout import breadth_first
from core.forest.placing import MANUAL, WAITS, placed
from core.forest.promoting import promoted
from core.placement.rules import passing_of
from core.plan.model import BinaryTree, MatrixTree, Plan


@dataclass(frozen=True, slots=True)
class Places:
    """Everybody's place, by the order in which people were given."""

    above: Indices
    """Who stands above; ROOT for a top, WAITS for who has no place."""
    slot: Indices
    """Which of the places below her, from 0."""
    line: Indices
    """Who is above in the counting of levels; -1 for nobody."""
    enroller: Indices
    """Who enrolled her, or the nearest above who has not left; -1 for nobody."""

    @property
    def stands(self) -> Marks:
        """Who has a place."""
        return np.asarray(self.above != WAITS)


def standing(
    plan: Plan,
    name: str,
    *,
    sponsor: Indices,
    up: Indices,
    slot: Indices,
    living: Marks,
    whole: bool,
    customers: Marks | None = None,
) -> Places:
    """Everybody's place in the plan's tree of that name.

    Args:
        sponsor: in the order in which people are placed; -1 for nobody.
        up: given places: who stands above; -1 where none is given.
        slot: which place below her, from 0; -1 where none is given.
        living: who has not left.
        whole: all places there are were given; else the tree's spill places the others.
        customers: who is one, where some people have places by spill.
    """
    spec = plan.trees.of(name)
    assert spec is not None, "plan check sees to it that the tree is declared"
    spill = MANUAL if whole else spec.spill
    if spec.who == "distributors" and customers is not None and spill != MANUAL:
        above, slots = _without(_alone(customers, up), sponsor, up, slot, spec, spill)
    else:
        found = placed(sponsor, up, slot, width=spec.width, spill=spill, passing=passing_of(spec))
        above, slots = found.up, found.slot
    if isinstance(spec, MatrixTree) and spec.on_leave == "promote":
        above, slots = promoted(above, slots, living)
    line = np.maximum(above, -1).astype(np.int32)
    if plan.placement.volume_while_waiting == "enroller":
        waits = (above == WAITS) & living  # who has left waits for nothing
        line = np.where(waits, _nearest(sponsor, above != WAITS), line).astype(np.int32)
    return Places(above, slots, line, sponsor if living.all() else _nearest(sponsor, living))


def _alone(customers: Marks, up: Indices) -> Marks:
    """Customers who were given no place, and below whom nobody was given one."""
    above = np.zeros(len(up), np.bool_)
    above[up[up >= 0]] = True
    return np.asarray(customers & (up < 0) & ~above)


def _without(
    aside: Marks, sponsor: Indices, up: Indices, slot: Indices, spec: BinaryTree | MatrixTree, spill: str
) -> tuple[Indices, Indices]:
    """Everybody's place where those who stand aside are given none; who is theirs comes below their sponsors."""
    kept = np.flatnonzero(~aside).astype(np.int32)
    number = np.full(len(up) + 1, -1, np.int32)
    number[kept] = np.arange(len(kept))
    brought_by, above = number[_nearest(sponsor, ~aside)[kept]], number[up[kept]]
    found = placed(brought_by, above, slot[kept], width=spec.width, spill=spill, passing=passing_of(spec))
    above, slots = np.full(len(up), WAITS, np.int32), np.full(len(up), -1, np.int32)
    above[kept] = np.where(found.up >= 0, kept[np.maximum(found.up, 0)], found.up)
    slots[kept] = found.slot
    return above, slots


def _nearest(sponsor: Indices, marked: Marks) -> Indices:
    """The nearest sponsor above everybody who is marked."""
    order, place, ordered = breadth_first(sponsor)
    found = nearest_above(ordered, marked[order])[place]
    return np.where(found >= 0, order[found], -1).astype(np.int32)
