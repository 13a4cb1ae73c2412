"""Messages that wait, as whoever judges them needs them; these words never leave core."""

from dataclasses import dataclass
from datetime import datetime

from core.kernel.ids import PersonId
from core.messaging.model.outgoing import Channel, OutboxState
from core.messaging.model.words import Json


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message whose time has come and that is in nobody's hands."""

    id: int
    kind: str
    person: PersonId | None
    chat_id: int | None
    """The chat by name, where it goes to no person."""
    facts: Json
    subject: str | None
    occasion: str | None
    priority: int
    not_before: datetime
    lapses_at: datetime | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Said:
    """A part of a message that went out, or may have."""

    person: PersonId
    kind: str
    at: datetime
    is_head: bool
    """False for further parts of a digest, which is one message."""


@dataclass(frozen=True, slots=True)
class LastSaid:
    """The newest message about a subject that somebody got."""

    id: int
    chat_id: int | None
    message_id: int | None
    """The messenger's number, by which it can be edited."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A message that ends without going out."""

    id: int
    kind: str
    state: OutboxState
    reason: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """A message that waits on, until a moment of company time."""

    id: int
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that goes into a worker's hands."""

    id: int
    head: int
    """The message that carries it; its own number where it goes by itself or first."""
    facts: Json
    """As they are now."""
    channel: Channel
    chat_id: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """A part of a message that a worker speaks of."""

    id: int
    kind: str
    attempts: int
    channel: Channel
    chat_id: int | None
    person: PersonId | None
