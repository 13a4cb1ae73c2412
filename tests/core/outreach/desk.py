"""What the tests of this room share: people, messages, and a worker at a desk whose real time is the company's."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from core.access.model import Link
from core.access.store import add_link
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox, reports
from core.messaging.model import Channel, Delivered, MessageCard, Outgoing, OutgoingClaim
from core.outreach import claiming
from core.outreach.rules.judging import Budget
from core.outreach.settings import Settings
from core.outreach.truth import Truth, Truths
from core.people.tables import PersonRow
from core.preferences.model import Defaults

AFTER_LEASE = reports.LEASE + timedelta(seconds=1)
SECOND = timedelta(seconds=1)
ALL_CHANNELS = (Channel.TELEGRAM, Channel.EMAIL)


@dataclass
class Desk:
    """One transaction in which people are spoken to."""

    uow: UnitOfWork
    settings: Settings = field(default_factory=lambda: Settings(Budget(2, 6), Defaults("UTC", None)))
    truths: Mapping[str, Truth] = field(default_factory=dict)
    state: Any = None
    meanwhile: Callable[[], Awaitable[None]] | None = None
    """What happens while messages are looked at outside of any transaction."""
    real: datetime = field(init=False)
    """Real time; the company's is the unit of work's."""

    def __post_init__(self) -> None:
        self.real = self.uow.now

    def pass_time(self, by: timedelta) -> None:
        """Both clocks go on."""
        self.uow.now += by
        self.real += by

    async def person(self, code: str, chat: int | None = None, **more: Any) -> PersonId:
        """Somebody of Spain, with a chat or without."""
        known = {"name": code.title(), "kind": "distributor", "status": "active", "country": "ES", "language": "es"}
        row = PersonRow(code=code, joined_on=date(2026, 1, 1), **(known | more))
        self.uow.session.add(row)
        await self.uow.session.flush()
        assert row.id is not None
        person = PersonId(row.id)
        if chat is not None:
            assert await add_link(self.uow, Link(person=person, chat=chat, linked_at=self.uow.now))
        return person

    async def say(self, person: PersonId | None, kind: str = "month_end", key: str | None = None, **more: Any) -> None:
        """Put a message; its facts tell its key."""
        key = key or kind
        assert await outbox.put(self.uow, key, kind, person, {"key": key}, **more)

    async def claim(self, holder: str = "w", **wish: Any) -> list[Outgoing]:
        """What a worker gets."""
        asked = OutgoingClaim.model_validate({"holder": holder, "channels": ALL_CHANNELS, **wish})
        one = await claiming.choose(self.uow, asked, self.settings, self.real)
        await claiming.check(self.uow, one, Truths(self.truths), self.state)
        if self.meanwhile is not None:
            await self.meanwhile()
        return list((await claiming.hand_out(self.uow, one)).messages)

    async def keys(self, holder: str = "w", **wish: Any) -> list[str]:
        """The same, of each message the keys of its parts."""
        return ["+".join(part.facts["key"] for part in one.parts) for one in await self.claim(holder, **wish)]

    async def one(self, holder: str = "w", **wish: Any) -> Outgoing:
        """The one message that a worker gets."""
        [message] = await self.claim(holder, **wish)
        return message

    async def deliver(self, message_id: int = 900, **wish: Any) -> Outgoing:
        """Claim one message and say that it went out; then a second passes."""
        message = await self.one(**wish)
        await reports.delivered(self.uow, message.id, Delivered(holder="w", message_id=message_id))
        self.pass_time(2 * SECOND)
        return message

    async def told(self, person: PersonId) -> list[str]:
        """What became of her messages, oldest first: state and reason."""
        return [_told(card) for card in reversed(await outbox.history(self.uow, person, None, 100))]


def _told(card: MessageCard) -> str:
    return card.state.value + (f": {card.reason}" if card.reason else "")
