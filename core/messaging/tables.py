"""Rows of the message room. Leases and receipts are in real time, an outbox row's deadlines in company time."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Json, Moment

WAITING = text("done_at IS NULL")
DELIVERABLE = text("state = 'waiting'")
HELD = text("holder IS NOT NULL")
ENDED = text("ended_at IS NOT NULL")
SENT_ABOUT = text("message_id IS NOT NULL AND subject IS NOT NULL")
TO_CHAT = text("person_id IS NULL AND subject IS NOT NULL")
NOT_ARRIVED = text("followed AND state IN ('failed', 'lapsed', 'unwanted', 'unsure')")


class InboxUpdateRow(SQLModel, table=True):
    """An update of the messenger, kept from before it is acknowledged until some time after it is done."""

    __tablename__ = "inbox_update"
    __table_args__ = (
        Index(
            "ix_inbox_update_waiting",
            "bot_id",
            "chat_id",
            "update_id",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    chat_id: int = Field(sa_type=BigInteger)
    body: dict[str, Any] = Field(sa_type=Json)
    received_at: datetime = Field(sa_type=Moment)
    attempts: int = 0
    done_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class InboxChatRow(SQLModel, table=True):
    """Who works on a chat. Locking this row decides between processes."""

    __tablename__ = "inbox_chat"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    holder: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=Moment)


class SentRow(SQLModel, table=True):
    """An answer given to an update."""

    __tablename__ = "sent"
    __table_args__ = (Index("ix_sent_message", "bot_id", "chat_id", "message_id"),)

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    step: str = Field(primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int = Field(sa_type=BigInteger)
    shown: str | None = None
    about: str | None = None
    """What a reply to it belongs to; empty where it stopped being about anything."""
    sent_at: datetime = Field(sa_type=Moment)


class OutboxRow(SQLModel, table=True):
    """A message to a person, or to a chat by name where she no longer has it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting", "priority", "not_before", "id", sqlite_where=DELIVERABLE, postgresql_where=DELIVERABLE
        ),
        Index("ix_outbox_held", "holder", "lease_until", sqlite_where=HELD, postgresql_where=HELD),
        Index("ix_outbox_occasion", "occasion", "id", sqlite_where=DELIVERABLE, postgresql_where=DELIVERABLE),
        Index("ix_outbox_person", "person_id", "ended_at"),
        Index("ix_outbox_ended", "ended_at", sqlite_where=ENDED, postgresql_where=ENDED),
        Index("ix_outbox_sent", "sent_chat", "message_id", sqlite_where=SENT_ABOUT, postgresql_where=SENT_ABOUT),
        Index("ix_outbox_chat", "chat_id", "subject", "kind", sqlite_where=TO_CHAT, postgresql_where=TO_CHAT),
        Index("ix_outbox_not_arrived", "id", sqlite_where=NOT_ARRIVED, postgresql_where=NOT_ARRIVED),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    person_id: int | None = None
    chat_id: int | None = Field(default=None, sa_type=BigInteger)
    facts: dict[str, Any] = Field(sa_type=Json)
    subject: str | None = None
    """What it is about, such as `order:S123`: of some kinds a later message about it edits the last one of its kind."""
    occasion: str | None = None
    """Why she gets it: the slot, campaign or cause."""
    priority: int
    stake: int = 0
    unasked: bool = False
    not_before: datetime = Field(sa_type=Moment)
    lapses_at: datetime | None = Field(default=None, sa_type=Moment)
    state: str
    holder: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=Moment)
    sending_at: datetime | None = Field(default=None, sa_type=Moment)
    """Real time: from then on nobody knows whether it went out, until it is told. Of kinds not sent twice."""
    retry_at: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    digest_of: int | None = Field(default=None, sa_type=BigInteger)
    """The message that carried it, among others; None where it went by itself."""
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    reason: str | None = None
    channel: str | None = None
    sent_chat: int | None = Field(default=None, sa_type=BigInteger)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    tapped_at: datetime | None = Field(default=None, sa_type=Moment)
    followed: bool | None = None
    """True while somebody has to be told if it does not arrive."""


class SilentChatRow(SQLModel, table=True):
    """A chat that takes no messages: blocked, or gone. It ends when somebody writes from there."""

    __tablename__ = "silent_chat"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    since: datetime = Field(sa_type=Moment)
    reason: str


class SilentMailRow(SQLModel, table=True):
    """An e-mail address that takes no messages; whoever gives another one is written to there."""

    __tablename__ = "silent_mail"

    email: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Moment)
    reason: str


class PaceRow(SQLModel, table=True):
    """One row: from when on (real time) the next message may go, of all workers and the bot together."""

    __tablename__ = "pace"

    id: int = Field(primary_key=True)
    free_at: datetime = Field(sa_type=Moment)
    step_us: int = Field(sa_type=BigInteger)


class ChatPaceRow(SQLModel, table=True):
    """From when on (real time) the next message may go to one chat."""

    __tablename__ = "chat_pace"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    free_at: datetime = Field(sa_type=Moment)


class LeaseRow(SQLModel, table=True):
    """Who does a thing by name."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    lease_until: datetime = Field(sa_type=Moment)
    fence: int = Field(sa_type=BigInteger)


class ChatStateRow(SQLModel, table=True):
    """What the bot keeps of a chat."""

    __tablename__ = "chat_state"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    state: dict[str, Any] = Field(sa_type=Json)


class StoredFileRow(SQLModel, table=True):
    """A file that one bot uploaded once."""

    __tablename__ = "stored_file"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    key: str = Field(primary_key=True)
    file_id: str
    stored_at: datetime = Field(sa_type=Moment)
