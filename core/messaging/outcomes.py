"""What became of messages, for whoever had them sent: by their keys, and those that did not arrive."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.model import Json, OutboxState
from core.messaging.store import outcomes as store

BAD = (OutboxState.FAILED, OutboxState.LAPSED, OutboxState.UNWANTED, OutboxState.UNSURE)
"""How a message ends that somebody waits for in vain."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where one message stands.

    Attributes:
        reason: why it ended, or why it still waits; None where it went out, or nothing holds it up.
        sent_chat, message_id: where it went; None by e-mail, and before.
    """

    state: OutboxState
    reason: str | None
    ended_at: datetime | None
    sent_chat: int | None
    message_id: int | None

    @property
    def is_bad(self) -> bool:
        """Whether it ended without arriving, and nobody took it back."""
        return self.state in BAD


@dataclass(frozen=True, slots=True)
class NotArrived:
    """A message of a kind that is followed, which did not arrive."""

    id: int
    key: str
    kind: str
    subject: str | None
    person: PersonId | None
    state: OutboxState
    reason: str | None
    ended_at: datetime


async def outcomes(uow: UnitOfWork, keys: Collection[str]) -> dict[str, Outcome]:
    """Where messages stand, by key; of a key that no message has, nothing."""
    return {row.key: _outcome(row) for row in await store.by_keys(uow, keys)}


async def said_last(uow: UnitOfWork, kind: str, chat: int, subject: str) -> Json | None:
    """The facts of the newest message of a kind about a subject to a chat by name, gone or waiting; None for none."""
    return await store.said_last(uow, kind, chat, subject)


async def ended_badly(uow: UnitOfWork, limit: int = 100) -> list[NotArrived]:
    """Messages that are followed, did not arrive, and of which nobody was told yet; the oldest first.

    Each comes again until `told_of` names it, so that none is missed: call both in one transaction.
    """
    return [_not_arrived(row) for row in await store.not_arrived(uow, limit)]


async def is_any_untold(uow: UnitOfWork) -> bool:
    """Whether there is any such message; a question, which takes nothing and locks nothing."""
    return await store.is_any_not_arrived(uow)


async def told_of(uow: UnitOfWork, messages: Collection[int]) -> None:
    """Whoever had these messages sent knows that they did not arrive."""
    await store.told_of(uow, messages)


def _outcome(row: Any) -> Outcome:
    return Outcome(OutboxState(row.state), row.reason, row.ended_at, row.sent_chat, row.message_id)


def _not_arrived(row: Any) -> NotArrived:
    person = None if row.person_id is None else PersonId(row.person_id)
    state = OutboxState(row.state)
    return NotArrived(row.id, row.key, row.kind, row.subject, person, state, row.reason, row.ended_at)
