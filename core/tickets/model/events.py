"""What happened to tickets, without anything that anybody wrote."""

from typing import ClassVar

from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.tickets.model.phases import What


class CannedAnswerChanged(Event):
    """A canned answer was written or forgotten. No figure of anybody's moves."""

    kind = "tickets.canned_answer_changed"
    code: str
    language: str
    is_kept: bool


class TicketsChanged(Event):
    """Something about a ticket changed; `person` and `person_id` are whose it is. No figure of anybody's moves."""

    kind = "tickets.changed"
    of_one_line: ClassVar[bool] = True
    person_id: PersonId
    ticket: int
    what: tuple[What, ...]
