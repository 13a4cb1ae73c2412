"""What bot and worker ask of the message room. Chats are named here, people never."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

from core.access.model import Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http import idempotency
from core.http.routes import Routes
from core.messaging import outbox, service
from core.messaging.model import (
    KEY_LENGTH_MAX,
    ChatState,
    Claims,
    Exchange,
    FileId,
    Lease,
    LeaseWish,
    Number,
    Shown,
)
from core.offers import service as offers

routes = Routes()
NEEDS = Permission.PROCESS_MESSAGES
BODY_MAX = 16 * 1024 * 1024
"""A hundred updates of the longest kind."""

Key = Annotated[str, Field(max_length=KEY_LENGTH_MAX, pattern=r"^[^\x00]*$")]


@routes.post("/v1/inbox", needs=NEEDS, body_limit=BODY_MAX)
async def exchange(uow: UnitOfWork, wish: Exchange) -> Claims:
    """Store updates, record answers and ends, and take work: all that there is to say, in one request.

    Safe to repeat as a whole: what is known already changes nothing.
    """
    return await service.exchange(uow, wish, _real_time())


@routes.post("/v1/inbox/tidy", needs=NEEDS)
async def tidy(uow: UnitOfWork) -> None:
    """Forget updates done and answers given under an idempotency key more than a week ago, and messages long ended."""
    await service.tidy(uow, _real_time())
    await outbox.tidy(uow)
    await idempotency.forget_before(uow, uow.now - service.KEPT)
    await offers.forget_before(uow, uow.now - service.KEPT)


@routes.get("/v1/bots/{bot}/chats/{chat}/messages/{message}", needs=NEEDS)
async def shown(uow: Questions, bot: Number, chat: Number, message: Number) -> Shown:
    """What a message of ours shows now and what a reply to it belongs to, as far as it was recorded."""
    return await service.shown(uow, bot, chat, message)


@routes.get("/v1/files", needs=NEEDS)
async def file_id(uow: Questions, bot: Number, key: Key) -> FileId:
    """The messenger's name for a file that this bot uploaded before."""
    return await service.file_id(uow, bot, key)


@routes.get("/v1/chats/{chat}/state", needs=NEEDS)
async def chat_state(uow: Questions, chat: Number) -> ChatState:
    """What the bot keeps of a chat; empty when nothing."""
    return await service.chat_state(uow, chat)


@routes.put("/v1/chats/{chat}/state", needs=NEEDS)
async def keep_chat_state(uow: UnitOfWork, chat: Number, kept: ChatState) -> None:
    """Keep that of a chat from now on."""
    await service.keep_chat_state(uow, chat, kept)


@routes.post("/v1/leases/{name}", needs=NEEDS)
async def lease(uow: UnitOfWork, name: Key, wish: LeaseWish) -> Lease:
    """Take or prolong a lease; the answer says whether the asker has it."""
    return await service.lease(uow, name, wish, _real_time())


def _real_time() -> datetime:
    return datetime.now(UTC)
