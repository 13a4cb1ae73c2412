"""The staff's groups and the watch pass, for bot and worker; who registers a group is a member of staff."""

from typing import Annotated

from pydantic import Field

from core.access.model import Caller, Permission
from core.db.database import Database
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.routes import Routes
from core.kernel.logs import REQUEST_ID
from core.support import service, watching
from core.support.model import (
    CHAT_MAX,
    DeskTerms,
    Group,
    GroupWish,
    Moved,
    PreviewPlace,
    Queue,
    StaffGroup,
    TopicWish,
    Watched,
)

routes = Routes()
SERVICE = Permission.PROCESS_MESSAGES
Chat = Annotated[int, Field(ge=-CHAT_MAX, le=CHAT_MAX)]


@routes.get("/v1/support/groups", needs=Permission.MANAGE_DESK)
async def groups(uow: Questions) -> list[StaffGroup]:
    """The groups in which staff work."""
    return await service.groups(uow)


@routes.get("/v1/support/groups/{chat}", needs=SERVICE)
async def group(uow: Questions, chat: Chat) -> StaffGroup:
    """One of them.

    Raises:
        GroupUnknown: staff do not work there.
    """
    return await service.group(uow, chat)


@routes.put("/v1/support/groups/{chat}", needs=Permission.MANAGE_DESK)
async def register(uow: UnitOfWork, chat: Group, wish: GroupWish) -> StaffGroup:
    """Let staff work in a group from now on; again is fine."""
    return await service.register(uow, chat, wish)


@routes.delete("/v1/support/groups/{chat}", needs=Permission.MANAGE_DESK)
async def leave(uow: UnitOfWork, chat: Group) -> None:
    """Staff work there no more."""
    await service.leave(uow, chat)


@routes.put("/v1/support/groups/{chat}/topics/{queue}", needs=Permission.MANAGE_DESK)
async def set_topic(uow: UnitOfWork, chat: Group, queue: Queue, wish: TopicWish) -> StaffGroup:
    """Tell of a queue in this topic from now on.

    Raises:
        GroupUnknown, QueueUnknown: staff do not work there, or the plan in force has no such queue.
    """
    return await service.set_topic(uow, chat, queue, wish.thread)


@routes.post("/v1/support/groups/{chat}/moved", needs=SERVICE)
async def moved(uow: UnitOfWork, chat: Group, wish: Moved) -> None:
    """The messenger says that a group goes on under another number."""
    await service.follow(uow, chat, wish.to)


@routes.get("/v1/support/terms", needs=Permission.SEE_TICKETS)
async def terms(uow: Questions) -> DeskTerms:
    """The company's words for types, states and queues of tickets."""
    return await service.terms(uow)


@routes.post("/v1/support/previews", needs=Permission.ANSWER_TICKETS)
async def previewed(uow: UnitOfWork, caller: Caller, place: PreviewPlace) -> None:
    """Remember which message shows an answer, so that it says later what became of it.

    Raises:
        GroupUnknown: it is neither in a group in which staff work nor in the caller's private chat.
    """
    await service.previewed(uow, place, caller.chat)


@routes.post("/v1/support/watch", needs=SERVICE)
async def watch(database: Database) -> Watched:
    """Tell the staff's groups what is new. Safe to repeat, and cheap where nothing is."""
    async with database.read(request_id=REQUEST_ID.get()) as questions:
        if not await watching.is_anything_due(questions):
            return Watched()
    async with database.begin(request_id=REQUEST_ID.get(), actor="watch") as uow:
        watched = await watching.watch(uow)
        await uow.commit()
    return watched
