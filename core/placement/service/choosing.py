"""Which side somebody wants."""

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.placement import store
from core.placement.model import Side


async def choose_side(uow: UnitOfWork, person: PersonId, side: Side) -> None:
    """From now on her own volume joins this side, and the flush places her people there, where the plan lets her."""
    await store.choose_side(uow, person, side)
