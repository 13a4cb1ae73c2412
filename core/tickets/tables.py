"""Rows of tickets, drafts and canned answers. What a row says of working time is in microseconds."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Json, Moment

OPEN = text("phase IN ('new', 'open', 'waiting_person', 'waiting_us', 'reopened')")
DONE = text("phase IN ('solved', 'closed')")
SOLVED = text("phase = 'solved'")
ESCALATING = text("escalates_at IS NOT NULL")
WRITING = text("ended_at IS NULL")


class TicketCounterRow(SQLModel, table=True):
    """One row: the number that was given last. Adding to it makes two who open tickets at once take turns."""

    __tablename__ = "ticket_counter"

    id: int = Field(primary_key=True)
    last: int = Field(sa_type=BigInteger)


class TicketRow(SQLModel, table=True):
    """A ticket as it stands; how it came to is in `ticket_change`."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_queue_due", "queue", "due_order", "number", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_ticket_queue_age", "queue", "opened_at", "number", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_ticket_due", "due_order", "number", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_ticket_age", "opened_at", "number", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_ticket_assignee", "assignee", "due_order", "number", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_ticket_type", "type", "due_order", "number", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_ticket_language", "language", "due_order", "number", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_ticket_queue_type", "queue", "type", "due_order", "number", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_ticket_done", "phase", "number", sqlite_where=DONE, postgresql_where=DONE),
        Index("ix_ticket_person", "person_id", "number"),
        Index("ix_ticket_opened", "opened_at"),
        Index("ix_ticket_solved", "solved_at"),
        Index("ix_ticket_to_close", "solved_at", sqlite_where=SOLVED, postgresql_where=SOLVED),
        Index("ix_ticket_escalating", "escalates_at", sqlite_where=ESCALATING, postgresql_where=ESCALATING),
        Index("ix_ticket_incident", "incident_id"),
    )

    number: int = Field(primary_key=True, sa_type=BigInteger)
    person_id: int = Field(foreign_key="person.id")
    type: str
    subject: str
    state: str
    phase: str
    priority: str
    queue: str
    language: str
    assignee: str | None = None
    """A name of staff, which is never given to somebody else."""
    via: str
    opened_at: datetime = Field(sa_type=Moment)
    opened_by: str
    shown_from: datetime | None = Field(default=None, sa_type=Moment)
    """From when on she knows of it; None of one that staff opened and took back, which she never heard of."""
    waiting_since: datetime | None = Field(default=None, sa_type=Moment)
    clock: dict[str, Any] = Field(sa_type=Json)
    """How much working time has passed, as `rules.targets.Clock` writes it; the moments below follow from it."""
    first_answer_due: datetime | None = Field(default=None, sa_type=Moment)
    first_answered_at: datetime | None = Field(default=None, sa_type=Moment)
    first_answer_took_us: int | None = Field(default=None, sa_type=BigInteger)
    next_answer_due: datetime | None = Field(default=None, sa_type=Moment)
    solution_due: datetime | None = Field(default=None, sa_type=Moment)
    solution_took_us: int | None = Field(default=None, sa_type=BigInteger)
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    due_order: int = Field(sa_type=BigInteger)
    """`due_at` in microseconds, or the far future, so that a queue sorts alike on every database."""
    breached_at: datetime | None = Field(default=None, sa_type=Moment)
    escalates_at: datetime | None = Field(default=None, sa_type=Moment)
    solved_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    rating: int | None = None
    rating_text: str | None = None
    merged_into: int | None = Field(default=None, sa_type=BigInteger)
    incident_id: int | None = Field(default=None, sa_type=BigInteger)
    external_id: str | None = Field(default=None, unique=True)
    """What an imported file calls it."""
    version: int = 1
    last_by: str
    last_at: datetime = Field(sa_type=Moment)
    heard_at: datetime | None = Field(default=None, sa_type=Moment)
    """When she wrote last."""


class TicketMessageRow(SQLModel, table=True):
    """A message with its text exactly as it was written; a merge or a split moves it to another ticket."""

    __tablename__ = "ticket_message"
    __table_args__ = (Index("ix_ticket_message_ticket", "ticket", "id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    ticket: int = Field(sa_type=BigInteger, foreign_key="ticket.number")
    came_with: int = Field(sa_type=BigInteger)
    """The ticket that it was written for."""
    direction: str
    author: str
    text: str
    at: datetime = Field(sa_type=Moment)
    files: list[dict[str, Any]] = Field(sa_type=Json)
    """What was attached, as `Attachment` writes it: a page of messages is read without a look at the files."""
    goes_at: datetime | None = Field(default=None, sa_type=Moment)
    """Of an answer: until then it can be taken back. None of what was imported, which goes nowhere."""
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    undo: dict[str, Any] | None = Field(default=None, sa_type=Json)
    """Of an answer: what the ticket was like before it."""


class TicketAttachmentRow(SQLModel, table=True):
    """A file of a message."""

    __tablename__ = "ticket_attachment"
    __table_args__ = (Index("ix_ticket_attachment_attachment", "attachment_id"),)

    message_id: int = Field(primary_key=True, sa_type=BigId, foreign_key="ticket_message.id")
    attachment_id: int = Field(primary_key=True, sa_type=BigId, foreign_key="attachment.id")
    position: int = 0


class TicketLinkRow(SQLModel, table=True):
    """A thing that a ticket, or a draft before it is sent, is about."""

    __tablename__ = "ticket_link"
    __table_args__ = (
        UniqueConstraint("ticket", "kind", "thing"),
        UniqueConstraint("draft_id", "kind", "thing"),
        Index("ix_ticket_link_thing", "kind", "thing"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    ticket: int | None = Field(default=None, sa_type=BigInteger, foreign_key="ticket.number")
    draft_id: int | None = Field(default=None, sa_type=BigId, foreign_key="ticket_draft.id")
    kind: str
    thing: str
    title: str | None = None
    facts: dict[str, Any] = Field(sa_type=Json)
    added_by: str | None = None
    """The member of staff who added it, which its person does not see: it may name somebody whom she does not know."""
    part_id: int | None = Field(default=None, sa_type=BigId)
    """Of a draft: the last part that names it, with which it goes."""
    dropped: bool = False
    """Of a draft: she took it away, so that it does not come back by itself."""


class TicketChangeRow(SQLModel, table=True):
    """One line of a ticket's history; only ever added."""

    __tablename__ = "ticket_change"
    __table_args__ = (Index("ix_ticket_change_ticket", "ticket", "id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    ticket: int = Field(sa_type=BigInteger, foreign_key="ticket.number")
    at: datetime = Field(sa_type=Moment)
    by: str
    what: str
    before: str | None = None
    after: str | None = None


class TicketNewsRow(SQLModel, table=True):
    """A change that the staff's group has not been told of; whoever tells it takes the row away.

    Rows that wait are found whole: a mark that rises past numbers would miss one that was written before and committed
    after.
    """

    __tablename__ = "ticket_news"

    change_id: int = Field(primary_key=True, sa_type=BigId, foreign_key="ticket_change.id")
    ticket: int = Field(sa_type=BigInteger)
    what: str
    by: str


class TicketDraftRow(SQLModel, table=True):
    """What somebody writes before she confirms it; one at a time."""

    __tablename__ = "ticket_draft"
    __table_args__ = (
        Index("ix_ticket_draft_person", "person_id", unique=True, sqlite_where=WRITING, postgresql_where=WRITING),
        Index("ix_ticket_draft_touched", "touched_at", sqlite_where=WRITING, postgresql_where=WRITING),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    type: str | None = None
    """What she chose."""
    language: str | None = None
    ticket: int | None = Field(default=None, sa_type=BigInteger)
    """The ticket that it adds to."""
    touched_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    became: int | None = Field(default=None, sa_type=BigInteger)
    """The ticket that it was sent as, or to."""


class TicketDraftPartRow(SQLModel, table=True):
    """One message of a draft; its key is known for ever, so that no message is taken twice."""

    __tablename__ = "ticket_draft_part"
    __table_args__ = (
        UniqueConstraint("person_id", "part"),
        Index("ix_ticket_draft_part_draft", "draft_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    part: str
    draft_id: int = Field(sa_type=BigId, foreign_key="ticket_draft.id")
    text: str
    attachments: list[dict[str, Any]] = Field(sa_type=Json)
    """As of a message."""
    refused: list[dict[str, str]] = Field(sa_type=Json)
    type: str | None = None
    """What was proposed for it; a draft of which she chose none has the first of its parts."""
    dropped: bool = False


class CannedAnswerRow(SQLModel, table=True):
    """A text that staff send often, in one language."""

    __tablename__ = "canned_answer"

    code: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    text: str
