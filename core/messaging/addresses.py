"""Ways to people: the chats they have, and which chats and e-mail addresses take nothing any more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.store import addresses as store


@dataclass(frozen=True, slots=True)
class Reached:
    """What is known of some people's addresses."""

    chats: Mapping[PersonId, int]
    silent: Mapping[int, str]
    """Chats that take no messages, and why."""
    spoken: Mapping[int, str]
    """The language that the bot last spoke in a chat."""
    mails: Collection[str]
    """Those of the e-mail addresses that take messages."""


async def reached(uow: UnitOfWork, people: Collection[PersonId], mails: Collection[str]) -> Reached:
    """Chats of `people`, and which of them and of `mails` take messages."""
    chats = await store.chats_of(uow, people)
    numbers = set(chats.values())
    silent, spoken = await store.silent_chats(uow, numbers), await store.spoken_in(uow, numbers)
    gone = await store.silent_mails(uow, mails) if mails else set()
    return Reached(chats, silent, spoken, set(mails) - gone)


async def chats(uow: UnitOfWork, people: Collection[PersonId]) -> dict[PersonId, int]:
    """The chats that `people` have now."""
    return await store.chats_of(uow, people)


async def silent(uow: UnitOfWork, chats: Collection[int]) -> dict[int, str]:
    """Those of the chats that take no messages, and why."""
    return await store.silent_chats(uow, chats)


async def spoken_in(uow: UnitOfWork, chats: Collection[int]) -> dict[int, str]:
    """The language that the bot last spoke in each chat, where it kept one."""
    return await store.spoken_in(uow, chats)


async def silence_mail(uow: UnitOfWork, email: str, reason: str) -> None:
    """An e-mail address takes no messages any more."""
    await store.silence_mail(uow, email, reason)
