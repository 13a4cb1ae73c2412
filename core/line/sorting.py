"""In which order a line is listed."""

from collections.abc import Sequence

from core.db.unit_of_work import UnitOfWork
from core.line.model import Sort
from core.line.rules import shown_at
from core.live.state import State
from core.orders import service as orders
from core.people import service as people

SORTED_MAX = 2000
"""So many people are put in an order of their own; a larger crowd is listed as it was found."""


async def in_order(
    uow: UnitOfWork, state: State, top: int, found: list[int], sort: Sort, *, as_found: Sort
) -> tuple[list[int], Sort]:
    """People of a line in the order asked for, and the order that they are in then.

    Args:
        top: whose line it is.
        found: indices in it.
        as_found: the order that they are in already; it stands where they are asked for by level, or are too many.
    """
    if sort in (Sort.LEVEL, as_found) or len(found) > SORTED_MAX:
        return found, as_found
    named = {state.person_of(index): index for index in found}
    by_name = [named[who] for who in await people.by_name(uow, list(named))]
    return (by_name if sort is Sort.NAME else await _by_usual_order(uow, state, top, by_name)), sort


async def _by_usual_order(uow: UnitOfWork, state: State, top: int, found: Sequence[int]) -> list[int]:
    """Those whose orders are not shown come last, or the order would tell."""
    down_to = state.plan.visibility.orders_to_level
    told = [one for one in found if shown_at(state.level_between(top, one) or 0, down_to)]
    usual = await orders.usual_order(uow, [state.person_of(one) for one in told])
    return sorted(found, key=lambda one: -usual.get(state.person_of(one), 0))
