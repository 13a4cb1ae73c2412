"""What the inbox takes and hands out, and the small things beside it."""

from datetime import datetime

from pydantic import Field

from core.kernel.words import Model
from core.messaging.model.words import ABOUT_LENGTH_MAX, KEY_LENGTH_MAX, Holder, Json, Number


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
    about: str | None = Field(default=None, max_length=ABOUT_LENGTH_MAX)
    """What a reply to it belongs to, such as `ticket:1042`; empty: to nothing any more; None: as before."""


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
    """What is known of a message of ours."""

    shown: str | None
    """The fingerprint of what it shows now; None when not known."""
    about: str | None = None
    """What a reply to it belongs to, such as `ticket:1042`; None or empty for nothing."""
