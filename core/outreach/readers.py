"""Who is spoken to: address, language, and what she wants, many people at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import addresses
from core.messaging.model import Channel
from core.outreach.rules.judging import Reader
from core.people.addressees import addressees
from core.people.model import Addressee, Status
from core.preferences import service as preferences
from core.preferences.model import Defaults, Wishes
from core.preferences.rules import waking
from i18n.negotiation import choose

BLOCKED = "blocked"
"""Why a chat is silent whose owner blocked the bot; of any other reason the chat is gone."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where somebody is reached, in which language, and what she wants."""

    reader: Reader
    chat: int | None
    """None where she has none that takes messages."""
    email: str | None
    name: str | None
    language: str
    zone: str


async def of_people(
    uow: UnitOfWork, people: Sequence[PersonId], defaults: Defaults, channels: Collection[Channel]
) -> dict[PersonId, Recipient]:
    """Everybody of `people`; only channels that the company has count."""
    known = await addressees(uow, people)
    wanted = await preferences.wishes(uow, people, defaults)
    mails = {one.email for one in known.values() if one.email} if Channel.EMAIL in channels else set()
    reached = await addresses.reached(uow, people, mails)
    return {person: _recipient(uow, one, wanted[person], reached, person) for person, one in known.items()}


def _recipient(
    uow: UnitOfWork, one: Addressee, wishes: Wishes, reached: addresses.Reached, person: PersonId
) -> Recipient:
    chat = reached.chats.get(person)
    silent = None if chat is None else reached.silent.get(chat)
    spoken = None if chat is None else reached.spoken.get(chat)
    email = one.email if one.email in reached.mails else None
    has_chat = chat is not None and silent is None
    reader = Reader(
        awake_at=waking(wishes, uow.now),
        has_left=one.status is Status.TERMINATED,
        is_reached=has_chat or email is not None,
        is_blocked=silent == BLOCKED,
        has_chat=has_chat,
        is_on=wishes.on,
        levels=wishes.levels,
    )
    language = choose(one.language if one.language_chosen else None, spoken or one.language, one.country)
    return Recipient(reader, chat if has_chat else None, email, one.name, language, wishes.zone)


async def of_chats(uow: UnitOfWork, chats: Collection[int], defaults: Defaults) -> dict[int, Recipient]:
    """Chats by themselves, whoever reads there: for words that must reach a chat that is nobody's any more."""
    silent, spoken = await addresses.silent(uow, chats), await addresses.spoken_in(uow, chats)
    return {
        chat: Recipient(
            reader=Reader(awake_at=uow.now, is_reached=chat not in silent, has_chat=chat not in silent),
            chat=chat,
            email=None,
            name=None,
            language=choose(spoken.get(chat)),
            zone=defaults.zone,
        )
        for chat in chats
    }
