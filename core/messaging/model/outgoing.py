"""Messages to people: where they stand, how a worker takes them, and what it says of them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, NamedTuple

from pydantic import Field

from core.kernel.errors import NotFound
from core.kernel.ids import PersonId
from core.kernel.words import Model
from core.messaging.kinds import Doubt, Topic
from core.messaging.model.words import Holder, Json, Number

LEASE_S = 60.0
"""Longer than a delivery takes; a message in the hands of a killed worker waits this long."""
LeaseSeconds = Annotated[float, Field(ge=1, le=600)]


class MessageUnknown(NotFound):
    """No such message in the outbox, or the caller no longer holds it. Facts: `message`."""

    code: ClassVar[str] = "message_unknown"


class OutboxState(StrEnum):
    """Where a message to a person stands; every end has a reason."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    """No channel took it."""
    LAPSED = "lapsed"
    """Its time was over before it could go."""
    WITHHELD = "withheld"
    """She is of the share of people left without, who show what the others' messages change."""
    DROPPED = "dropped"
    """It had become untrue when its turn came, or a newer one about the same took its place."""
    UNWANTED = "unwanted"
    """She wants none of it, or there is no way to her."""
    CANCELLED = "cancelled"
    """Staff took it back."""
    UNSURE = "unsure"
    """Nobody knows whether it went out, and it is of a kind that is not sent twice."""


class Channel(StrEnum):
    """A way to a person."""

    TELEGRAM = "telegram"
    EMAIL = "email"


class Ready(NamedTuple):
    """A message of many, as `outbox.put_all` stores it."""

    key: str
    person: PersonId
    facts_json: str
    occasion: str | None
    not_before_us: int
    """As `core.db.types.microseconds` counts, company time."""
    lapses_at_us: int | None
    state: OutboxState = OutboxState.WAITING
    """WAITING or WITHHELD."""
    subject: str | None = None


class OutgoingClaim(Model):
    """A worker asks for messages to deliver."""

    holder: Holder
    count_max: int = Field(default=20, ge=1, le=500)
    rate_per_s: float = Field(default=25.0, gt=0, le=1000)
    """How many messages a second all workers and the bot may send together."""
    channels: tuple[Channel, ...] = (Channel.TELEGRAM,)
    """What the worker can send by."""
    lease_s: LeaseSeconds = LEASE_S
    """How long a message stays in its hands when nothing is heard of it any more."""


class Part(Model):
    """What one message has to say: its text is made from `kind` and `facts` in the reader's language."""

    id: int
    kind: str
    facts: Json


class Outgoing(Model):
    """A message to be delivered now, in the hands of one worker; more than one part makes it a digest."""

    id: int
    """The first part's, by which all of it is reported."""
    parts: tuple[Part, ...]
    """What is most at stake first."""
    chat_id: Number | None
    """Where to; None when it goes by e-mail."""
    email: str | None = None
    name: str | None = None
    """Whose address that is."""
    language: str = "en"
    time_zone: str = "UTC"
    edit: Number | None = None
    """The message in that chat that it takes the place of."""
    silent: bool = False
    unasked: bool = False
    doubt: Doubt = Doubt.REPEAT
    """LEAVE: say `sending` before it goes, and `unsure` where its fate is not known."""
    attempt: Number
    send_in_s: float = 0
    """Its turn, counted from this answer."""
    lapses_at: datetime | None
    unsubscribe: str | None = None
    """A token that turns this topic off without a login, for e-mail."""


class OutgoingBatch(Model):
    """The messages that a worker may deliver, by their turn."""

    messages: tuple[Outgoing, ...]


class Sending(Model):
    """A worker is about to send."""

    holder: Holder
    lease_s: LeaseSeconds = LEASE_S
    """As in the claim, from now on."""


class Delivered(Model):
    """A message went out as `message_id`, which e-mail has none of."""

    holder: Holder
    message_id: Number | None = None


class NotDelivered(Model):
    """A message did not go out."""

    holder: Holder
    reason: str = Field(max_length=200)
    permanent: bool
    """True when no other try can help."""
    chat_gone: bool = False
    """True when the chat takes no messages at all: blocked, or deleted."""
    retry_in_s: float = Field(default=0, ge=0, le=86_400)
    """Not before; the pauses that grow with each try are core's."""
    pause_all_s: float = Field(default=0, ge=0, le=86_400)
    """The messenger asked everybody to wait so long: 429."""
    migrated_to: Number | None = None
    """The chat goes on under this number."""


class Unsure(Model):
    """Nobody knows whether a message went out: the connection was lost while it was sent."""

    holder: Holder
    reason: str = Field(max_length=200)


class MessageCard(Model):
    """A message as it is told of afterwards: what, why, and what became of it."""

    id: int
    kind: str
    topic: Topic | None
    facts: Json
    occasion: str | None
    subject: str | None
    state: OutboxState
    reason: str | None
    not_before: datetime
    lapses_at: datetime | None
    ended_at: datetime | None
    channel: Channel | None
    attempts: int
    digest_of: int | None
    tapped_at: datetime | None
