"""Where people stand in placement trees at a cycle's end, and the sides that they chose, as a run reads them."""

from collections.abc import Sequence

import numpy as np

from core.calendar.model import Cycle
from core.db.types import MICROSECOND
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Ints
from core.placement import service as placement
from core.placement.model import TreeKind
from core.plan.model import Plan
from core.runs.rules import orders as rules
from core.settlement.model import NOBODY, SIDES


async def places(uow: UnitOfWork, plan: Plan, cycle: Cycle, ids: Ints) -> dict[str, Ints]:
    """The columns of `Company.people` that tell of placement; none where the plan has no placement tree.

    Args:
        ids: everybody's row number, in the order of the frame.
    """
    if plan.trees.binary is None and plan.trees.matrix is None:
        return {}
    at = cycle.period.end - MICROSECOND
    found = await placement.places_at(uow, at)
    sides = await placement.sides_at(uow, at)
    own = [(person, SIDES.index(side)) for person, side in sides.items()]
    columns = {"own_side": _column(ids, own, 0)}
    for tree, above, slot in (
        (TreeKind.BINARY, "binary_parent", "binary_side"),
        (TreeKind.MATRIX, "matrix_parent", "matrix_slot"),
    ):
        mine = [one for one in found if one[0] == tree.value]
        columns[slot] = _column(ids, [(person, place) for _, person, _, place in mine], 0)
        parents = _column(ids, [(person, parent) for _, person, parent, _ in mine], NOBODY)
        columns[above] = rules.places(ids, parents)
    return columns


def _column(ids: Ints, known: Sequence[tuple[int, int]], absent: int) -> Ints:
    """A value for everybody."""
    values = np.full(len(ids), absent, np.int64)
    at = rules.places(ids, np.array([person for person, _ in known], np.int64))
    there = at != NOBODY
    values[at[there]] = np.array([value for _, value in known], np.int64)[there]
    return values
