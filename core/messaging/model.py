"""Words of the message room, and what its operations take and answer."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

import orjson
from pydantic import AfterValidator, Field

from core.kernel.errors import NotFound
from core.kernel.words import Model

KEY_LENGTH_MAX = 200
INT_MAX = 2**63 - 1


def _storable(value: dict[str, Any]) -> dict[str, Any]:
    try:
        orjson.dumps(value)
    except TypeError as error:
        raise ValueError("numbers of at most 64 bits and whole characters") from error
    return value


Json = Annotated[dict[str, Any], AfterValidator(_storable)]
Number = Annotated[int, Field(ge=-INT_MAX, le=INT_MAX)]
"""A number of the messenger's: of a bot, a chat, a message, an update."""

Holder = Annotated[str, Field(min_length=1, max_length=100)]
"""The name of a process among all that work on messages."""


class MessageUnknown(NotFound):
    """No such message in the outbox, or the caller no longer holds it. Facts: `message`."""

    code: ClassVar[str] = "message_unknown"


class Incoming(Model):
    """An update as the messenger gave it, with what the inbox sorts it by."""

    update_id: Number
    chat_id: Number
    """0 for an update that belongs to no chat."""
    body: Json


class SentStep(Model):
    """One message given in answer to an update. `step` names it among the answers to that update."""

    update_id: Number
    step: str = Field(max_length=40)
    chat_id: Number
    message_id: Number
    shown: str | None = Field(default=None, max_length=64)
    """A fingerprint of what the message shows now."""


class StoredFile(Model):
    """The messenger's name for a file that was uploaded once. `key` is ours."""

    key: str = Field(max_length=KEY_LENGTH_MAX)
    file_id: str = Field(max_length=400)


class Exchange(Model):
    """Everything that a process has to tell the inbox at once, and how much work it takes."""

    bot: Number
    holder: Holder
    updates: tuple[Incoming, ...] = ()
    """To be stored; one that is known already is not stored again."""
    sent: tuple[SentStep, ...] = ()
    files: tuple[StoredFile, ...] = ()
    done: tuple[Number, ...] = ()
    """Updates that are handled and need no more work."""
    holding: tuple[Number, ...] = ()
    """Updates in this process's hands; they are not handed out again, and their chats' leases are renewed."""
    chats_max: int = Field(default=32, ge=0, le=1000)
    """Work on at most so many further chats is taken; 0 only stores and renews."""


class Claimed(Model):
    """An update to be handled now, by the holder alone."""

    update_id: Number
    chat_id: Number
    body: Json
    attempt: Number
    """1 the first time; more after a process died over it."""
    received_at: datetime
    sent: tuple[SentStep, ...] = ()
    """Answers that it already got."""


class Claims(Model):
    """What the inbox hands out, in order within each chat."""

    updates: tuple[Claimed, ...]
    lost: tuple[Number, ...] = ()
    """Of `Exchange.holding`: updates that somebody else has taken over. Drop them."""


class OutboxState(StrEnum):
    """Where a message to a person stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    LAPSED = "lapsed"


class Priority(StrEnum):
    """What goes first when much is waiting."""

    URGENT = "urgent"
    NORMAL = "normal"
    BULK = "bulk"


class OutgoingClaim(Model):
    """A worker asks for messages to deliver."""

    holder: Holder
    count_max: int = Field(default=20, ge=1, le=500)


class Outgoing(Model):
    """A message to be delivered now; its text is made from `kind` and `facts` in the reader's language."""

    id: int
    key: str
    kind: str
    facts: Json
    chat_id: Number | None
    """Where to; None when the person has no chat (any more)."""
    attempt: Number
    not_before: datetime
    lapses_at: datetime | None


class OutgoingBatch(Model):
    """The messages that a worker may deliver, first things first."""

    messages: tuple[Outgoing, ...]


class Delivered(Model):
    """A message went out as `message_id`."""

    holder: Holder
    message_id: Number


class NotDelivered(Model):
    """A message did not go out."""

    holder: Holder
    reason: str = Field(max_length=200)
    permanent: bool
    """True when no other try can help."""
    chat_gone: bool = False
    """True when the chat takes no messages at all: blocked, or deleted."""
    retry_in_s: float = Field(default=0, ge=0, le=86_400)


class LeaseWish(Model):
    """A process wants to be the one that does a thing, or to stay it."""

    holder: Holder
    seconds: float = Field(default=15, gt=0, le=3600)
    """How long the lease runs from now; 0.001 gives it back in effect."""


class Lease(Model):
    """Who does a thing now. `fence` grows with each new holder, so that a late word of a former one is told apart."""

    name: str
    holder: str
    held: bool
    """True when the asker is the holder."""
    fence: Number


class ChatState(Model):
    """What the bot keeps of a chat between two messages; small."""

    state: Json = Field(default_factory=dict)


class FileId(Model):
    """The messenger's name for a stored file; None when it was never uploaded."""

    file_id: str | None


class Shown(Model):
    """The fingerprint of what a message of ours shows now; None when not known."""

    shown: str | None
