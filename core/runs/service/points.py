"""Points that bonuses pay, given with the release as the programme gives them."""

from collections.abc import Sequence
from typing import NamedTuple

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.points import service as points


class PointsDue(NamedTuple):
    """What one bonus gives a payee, or takes back."""

    person: PersonId
    bonus: str
    points: int


async def give(uow: UnitOfWork, run: int, some: Sequence[PointsDue]) -> None:
    """Give them, each once under its key."""
    await points.award(uow, [points.Award(f"{run}:{one.bonus}", one.person, one.points, one.bonus) for one in some])
