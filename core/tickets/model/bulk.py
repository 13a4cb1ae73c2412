"""Tickets that come from or go to a file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from core.kernel.ids import PersonId
from core.plan.model import Priority

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A ticket of the books before; what the company says by itself is filled in already."""

    external_id: str
    person: PersonId
    type: str
    subject: str
    text: str
    opened_at: datetime
    state: str
    priority: Priority
    queue: str
    language: str
    assignee: str | None = None
    closed_at: datetime | None = None
    order_id: str | None = None
    rating: int | None = None


class KnownTicket(NamedTuple):
    """What of a ticket that was brought in never changes."""

    number: int
    person: PersonId
    opened_at: datetime
    text: str | None
    """Her first words; None where they are a part of another ticket by now."""


class HistoryLine(NamedTuple):
    """One change or one message of a ticket, as an export writes it; the ticket's own fields are those of today."""

    ticket: int
    ticket_id: str
    """What an imported file called it."""
    person_id: str
    type: str
    subject: str
    state: str
    priority: str
    queue: str
    language: str
    assignee: str
    at: datetime = EPOCH
    by: str = ""
    what: str = ""
    """A change, or `message`, `answer`, `note`."""
    before: str = ""
    after: str = ""
    text: str = ""
    files: str = ""
    """Names, by semicolons."""
