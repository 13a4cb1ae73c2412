"""Chats and e-mail addresses: whose they are, and which take nothing."""

from collections.abc import Collection

from sqlalchemy import BigInteger, Integer, column, delete, select, table, update

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.store.statements import insert_into, table_of
from core.messaging.tables import ChatPaceRow, ChatStateRow, SilentChatRow, SilentMailRow

CHATS = table_of(SilentChatRow)
MAILS = table_of(SilentMailRow)
STATES = table_of(ChatStateRow)
KEPT_BY_CHAT = (CHATS, STATES, table_of(ChatPaceRow))
CHAT_LINK = table("chat_link", column("chat_id", BigInteger), column("person_id", Integer))
"""Whose chat is whose, read only: the access room, which itself sends messages, owns it."""


async def chats_of(uow: UnitOfWork, people: Collection[PersonId]) -> dict[PersonId, int]:
    """The chats that people have."""
    found = await uow.connection.execute(
        select(CHAT_LINK.c.person_id, CHAT_LINK.c.chat_id).where(CHAT_LINK.c.person_id.in_(people))
    )
    return {PersonId(row.person_id): row.chat_id for row in found}


async def spoken_in(uow: UnitOfWork, chats: Collection[int]) -> dict[int, str]:
    """The language that the bot last spoke in each chat, where it kept one."""
    found = await uow.connection.execute(select(STATES).where(STATES.c.chat_id.in_(chats)))
    kept = {row.chat_id: row.state.get("language") for row in found}
    return {chat: language for chat, language in kept.items() if isinstance(language, str)}


async def silent_chats(uow: UnitOfWork, chats: Collection[int]) -> dict[int, str]:
    """Those of the chats that take no messages, and why."""
    found = await uow.connection.execute(select(CHATS.c.chat_id, CHATS.c.reason).where(CHATS.c.chat_id.in_(chats)))
    return {row.chat_id: row.reason for row in found}


async def silent_mails(uow: UnitOfWork, mails: Collection[str]) -> set[str]:
    """Those of the e-mail addresses that take no messages."""
    found = await uow.connection.execute(select(MAILS.c.email).where(MAILS.c.email.in_(mails)))
    return set(found.scalars())


async def silence_chat(uow: UnitOfWork, chat: int, reason: str) -> None:
    """Remember that `chat` takes no messages."""
    insert = insert_into(uow, CHATS).values(chat_id=chat, since=uow.now, reason=reason)
    await uow.connection.execute(insert.on_conflict_do_nothing())


async def silence_mail(uow: UnitOfWork, email: str, reason: str) -> None:
    """Remember that an address takes no messages."""
    insert = insert_into(uow, MAILS).values(email=email, since=uow.now, reason=reason)
    await uow.connection.execute(insert.on_conflict_do_nothing())


async def unsilence(uow: UnitOfWork, chats: Collection[int]) -> None:
    """Forget that: somebody wrote from there."""
    if chats:
        await uow.connection.execute(delete(CHATS).where(CHATS.c.chat_id.in_(chats)))


async def follow(uow: UnitOfWork, old: int, new: int) -> None:
    """What is kept of chat `old` is kept of `new`, unless something is kept there already."""
    for kept in KEPT_BY_CHAT:
        known = select(kept.c.chat_id).where(kept.c.chat_id == new)
        if (await uow.connection.execute(known)).first() is None:
            await uow.connection.execute(update(kept).where(kept.c.chat_id == old).values(chat_id=new))
        await uow.connection.execute(delete(kept).where(kept.c.chat_id == old))
