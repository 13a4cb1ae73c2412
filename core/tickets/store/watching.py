"""Questions of the watch pass: whether anything is to be told or ended, and messages by their numbers."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, or_, select

from core.db.unit_of_work import UnitOfWork
from core.tickets.store.rows import DRAFTS, MESSAGES, NEWS, TICKETS
from core.tickets.tables import SOLVED


async def is_anything_due(uow: UnitOfWork, *, solved_before: datetime, touched_before: datetime) -> bool:
    """Whether a change is to be told of, a rule's moment has come, or something ends; one read of four indexes."""
    due = (
        exists().where(NEWS.c.change_id.is_not(None)),
        exists().where(TICKETS.c.escalates_at <= uow.now),
        exists().where(SOLVED, TICKETS.c.solved_at < solved_before),
        exists().where(DRAFTS.c.ended_at.is_(None), DRAFTS.c.touched_at < touched_before),
    )
    return bool((await uow.connection.execute(select(or_(*due)))).scalar_one())


async def answers(uow: UnitOfWork, messages: Collection[int]) -> dict[int, tuple[list[int], bool]]:
    """Of each message the numbers of its files, and whether it was taken back."""
    found = await uow.connection.execute(
        select(MESSAGES.c.id, MESSAGES.c.files, MESSAGES.c.withdrawn_at).where(MESSAGES.c.id.in_(messages))
    )
    return {row.id: ([int(file["id"]) for file in row.files], row.withdrawn_at is not None) for row in found}
