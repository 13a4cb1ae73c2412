"""What is shown of a ticket: to her, to staff, and of a draft."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from core.attachments.model import Attachment
from core.kernel.words import CompanyText, Model
from core.messaging.model import Json
from core.plan.model import Phase, Priority
from core.tickets.model.phases import Act, DeliveryState, Direction, LinkKind, Via, What


class Link(Model):
    """A thing that a ticket is about."""

    ref: int = 0
    """The link's own number, to drop it by."""
    kind: LinkKind
    id: str
    """An order's number, a person's code, a cycle's code, a ticket's number; an award's token."""
    title: str | None = None
    """Whom she named, as she may see it; an award's bonus."""
    facts: Json = Field(default_factory=dict)
    """Of an award: the line and the sentences that explained it, as they were shown."""


class Delivery(Model):
    """How far an answer has come."""

    state: DeliveryState
    reason: str | None = None
    """Why it failed, as the outbox says it."""
    at: datetime | None = None


class TicketMessage(Model):
    """One message of a ticket, with its text exactly as it was written."""

    id: int
    direction: Direction
    author: str
    """`person`, a member of staff's name, or `system`."""
    text: str
    at: datetime
    attachments: tuple[Attachment, ...] = ()
    delivery: Delivery | None = None
    """Of messages to her."""
    withdrawn: bool = False


class Ticket(Model):
    """A ticket without its messages."""

    number: int
    type: str
    type_name: CompanyText
    """The company's name of the type."""
    subject: str
    """The first line of her words."""
    state: str
    state_name: CompanyText | None = None
    """The company's name of the state; None where it is the phase itself."""
    phase: Phase
    priority: Priority
    queue: str
    language: str
    assignee: str | None = None
    opened_at: datetime
    via: Via
    links: tuple[Link, ...] = ()
    first_answer_due: datetime | None = None
    next_answer_due: datetime | None = None
    solution_due: datetime | None = None
    rating: int | None = None
    merged_into: int | None = None
    incident: int | None = None
    version: int


class TicketCard(Model):
    """The few fields of a list; nothing of what anybody wrote but the subject."""

    number: int
    type: str
    type_name: CompanyText
    subject: str
    state: str
    state_name: CompanyText | None = None
    phase: Phase
    priority: Priority
    queue: str
    language: str
    person: str
    """The person's code."""
    assignee: str | None = None
    waiting_since: datetime | None = None
    """Since when the company has something to do; None while it waits for her, or is done."""
    due_at: datetime | None = None
    """The nearest target that is still open."""
    breached: bool = False
    last_by: str
    """Who moved last: `person`, a member of staff's name, or `system`."""
    last_at: datetime
    rating: int | None = None


class Change(Model):
    """One line of a ticket's history."""

    at: datetime
    by: str
    """`person`, a member of staff's name, or `system`."""
    what: What
    before: str | None = None
    after: str | None = None


class OwnTicket(Model):
    """A ticket as its person sees it."""

    ticket: Ticket
    messages: tuple[TicketMessage, ...]
    """One page of them, the newest page first and in each the oldest first; no notes, nothing withdrawn or waiting."""
    older: str | None = None
    """The cursor of the page before."""
    acts: tuple[Act, ...]
    late: bool = False
    """The answer that was promised to her did not come in time."""


class Asker(Model):
    """Whose ticket it is, as staff see her."""

    code: str
    name: str
    language: str
    status: str


class StaffTicket(Model):
    """A ticket as staff see it, with notes, history and what can be done."""

    ticket: Ticket
    person: Asker
    messages: tuple[TicketMessage, ...]
    older: str | None = None
    history: tuple[Change, ...]
    """The latest hundred changes, the oldest first."""
    moves: tuple[str, ...]
    """Codes of the states that it can go to now."""
    waiting_since: datetime | None = None
    due_at: datetime | None = None
    breached: bool = False
    rating_text: str | None = None
    figures_hidden: bool = False
    """True where the reader may not see what its links say of money."""


class Answer(Model):
    """An answer that waits to go out; until `goes_at` it can be taken back."""

    id: int
    ticket: int
    person_code: str
    person_name: str
    language: str
    """Hers."""
    goes_at: datetime


class FileRefused(Model):
    """A file of hers that could not be taken."""

    name: Annotated[str, Field(max_length=1000)]
    why: Annotated[str, Field(max_length=60)]
    """A refusal's code, such as `attachment_too_large`."""


class Draft(Model):
    """What she is writing."""

    id: int
    words: tuple[str, ...]
    """Each message of hers exactly, in order; those without words are left out."""
    attachments: tuple[Attachment, ...] = ()
    type: str | None = None
    type_name: CompanyText | None = None
    links: tuple[Link, ...] = ()
    ticket: int | None = None
    """It is an addition to this ticket in place of a new one."""
    refused: tuple[FileRefused, ...] = ()
    touched_at: datetime
    parts: int = 0


class TicketType(Model):
    """A type of ticket that the company has."""

    code: str
    name: CompanyText


class DeskWords(Model):
    """What she is told before she writes."""

    types: tuple[TicketType, ...]
    """In the plan's order."""
    answer_due: datetime | None = None
    """Until when somebody would answer if she wrote now; None where the company promises nothing."""


class CannedAnswer(Model):
    """A text that staff send often, in one language."""

    code: str
    language: str
    text: str
