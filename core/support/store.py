"""Reading and writing groups, topics and previews."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.support.model import PreviewPlace
from core.support.tables import StaffGroupRow, StaffPreviewRow, StaffTopicRow

GROUPS = StaffGroupRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
TOPICS = StaffTopicRow.__table__  # type: ignore[attr-defined]  # as above
PREVIEWS = StaffPreviewRow.__table__  # type: ignore[attr-defined]  # as above


@dataclass(frozen=True, slots=True)
class Room:
    """A group as it is stored, with its topics by queue."""

    chat: int
    forum: bool
    language: str
    threads: dict[str, int]


async def group(uow: UnitOfWork, chat: int) -> Room | None:
    """One group; None where staff do not work there."""
    return next(iter(await _groups(uow, chat)), None)


async def groups(uow: UnitOfWork) -> list[Room]:
    """All of them, by number."""
    return await _groups(uow, None)


async def _groups(uow: UnitOfWork, chat: int | None) -> list[Room]:
    question = select(GROUPS, TOPICS.c.queue, TOPICS.c.thread_id).outerjoin(
        TOPICS, TOPICS.c.chat_id == GROUPS.c.chat_id
    )
    if chat is not None:
        question = question.where(GROUPS.c.chat_id == chat)
    found: dict[int, Room] = {}
    for row in await uow.connection.execute(question.order_by(GROUPS.c.chat_id)):
        room = found.setdefault(row.chat_id, Room(row.chat_id, row.forum, row.language, {}))
        if row.queue is not None:
            room.threads[row.queue] = row.thread_id
    return list(found.values())


async def add_group(uow: UnitOfWork, chat: int, forum: bool, language: str) -> bool:
    """Add or renew a group; True when it is new. One that is no forum any more loses its topics."""
    row = {"chat_id": chat, "forum": forum, "language": language, "registered_by": uow.actor, "registered_at": uow.now}
    added = await uow.connection.execute(insert_new(uow, GROUPS).values(**row))
    if added.rowcount == 1:
        return True
    changed = update(GROUPS).where(GROUPS.c.chat_id == chat).values(forum=forum, language=language)
    await uow.connection.execute(changed)
    if not forum:
        await uow.connection.execute(delete(TOPICS).where(TOPICS.c.chat_id == chat))
    return False


async def remove_group(uow: UnitOfWork, chat: int) -> bool:
    """False where it was none."""
    await uow.connection.execute(delete(TOPICS).where(TOPICS.c.chat_id == chat))
    return (await uow.connection.execute(delete(GROUPS).where(GROUPS.c.chat_id == chat))).rowcount == 1


async def move_group(uow: UnitOfWork, old: int, new: int) -> None:
    """The group goes on as `new`; a group that is `new` already stays, and `old` vanishes in it."""
    if await group(uow, new) is not None:
        await remove_group(uow, old)
        return
    await uow.connection.execute(update(GROUPS).where(GROUPS.c.chat_id == old).values(chat_id=new))
    await uow.connection.execute(update(TOPICS).where(TOPICS.c.chat_id == old).values(chat_id=new))
    gone = update(PREVIEWS).where(PREVIEWS.c.chat_id == old, PREVIEWS.c.done_at.is_(None)).values(done_at=uow.now)
    await uow.connection.execute(gone)  # messages have other numbers there


async def set_topic(uow: UnitOfWork, chat: int, queue: str, thread: int) -> None:
    """The queue is told of there from now on."""
    await uow.connection.execute(delete(TOPICS).where(TOPICS.c.chat_id == chat, TOPICS.c.queue == queue))
    await uow.connection.execute(insert(TOPICS).values(chat_id=chat, queue=queue, thread_id=thread))


async def add_preview(uow: UnitOfWork, place: PreviewPlace) -> None:
    """Remember where an answer is shown; a second word about it changes nothing."""
    row = {"answer_id": place.answer, "ticket": place.ticket, "chat_id": place.chat, "message_id": place.message}
    await uow.connection.execute(insert_new(uow, PREVIEWS).values(**row, at=uow.now))


async def pending_previews(uow: UnitOfWork, after: int, limit: int) -> list[PreviewPlace]:
    """Those past an answer's number that do not show yet what became of their answer, in its order."""
    pending = select(PREVIEWS).where(PREVIEWS.c.done_at.is_(None), PREVIEWS.c.answer_id > after)
    found = await uow.connection.execute(pending.order_by(PREVIEWS.c.answer_id).limit(limit))
    return [
        PreviewPlace(ticket=row.ticket, answer=row.answer_id, chat=row.chat_id, message=row.message_id) for row in found
    ]


async def end_previews(uow: UnitOfWork, answers: Collection[int]) -> None:
    """They show it, or nobody will."""
    done = update(PREVIEWS).where(PREVIEWS.c.answer_id.in_(answers)).values(done_at=uow.now)
    await uow.connection.execute(done)
