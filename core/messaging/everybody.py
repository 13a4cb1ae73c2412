"""All ways to people at once: which chats they have, and which chats and e-mail addresses take nothing any more."""

from typing import NamedTuple

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.store import everybody as store


class ChatWay(NamedTuple):
    """A chat that is linked to somebody."""

    person: PersonId
    silent: str | None
    """Why it takes no messages; None where it does."""
    language: str | None
    """What the bot last spoke there."""


async def chat_ways(uow: UnitOfWork) -> list[ChatWay]:
    """Every linked chat."""
    return [ChatWay(*row) for row in await store.chat_ways(uow)]


async def gone_mails(uow: UnitOfWork) -> set[str]:
    """E-mail addresses that take no messages."""
    return await store.gone_mails(uow)
