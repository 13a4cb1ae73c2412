"""Words of incidents, and what the API takes and answers."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import Field, StringConstraints, model_validator

from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.words import CompanyText, Model, ShortText

TITLE_MAX, TEXT_MAX, CAUSE_MAX = 80, 600, 2000
"""What is told fits into one message, whose title is one line."""
LIST_MAX, TICKETS_MAX = 5000, 200

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
_Written = StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\x00]*$")
Title = Annotated[str, _Written, Field(max_length=TITLE_MAX)]
Text = Annotated[str, _Written, Field(max_length=TEXT_MAX)]
Cause = Annotated[str, _Written, Field(max_length=CAUSE_MAX)]
Titles = Annotated[dict[Language, Title], Field(min_length=1, max_length=20)]
Words = Annotated[dict[Language, Text], Field(min_length=1, max_length=20)]


class IncidentState(StrEnum):
    """Where an incident stands."""

    OPEN = "open"
    PROGRESS = "progress"
    SOLVED = "solved"
    CLOSED = "closed"


class Concerned(Model):
    """Whom an incident concerns: everybody of one run, of one line, or of a list; the tickets' people come to it."""

    run: Number | None = None
    """Everybody to whom this released run gives something."""
    below: ShortText | None = None
    """Somebody's code: she and everybody in her line."""
    people: Annotated[tuple[ShortText, ...], Field(max_length=LIST_MAX)] = ()
    """Codes."""

    @model_validator(mode="after")
    def _only_one(self) -> Self:
        if sum((self.run is not None, self.below is not None, bool(self.people))) > 1:
            raise ValueError("a run, a line or a list")
        return self


class NewIncident(Model):
    """An incident as staff open it."""

    type: ShortText = "other"
    """As tickets have types."""
    title: Titles
    """What it is called in each language."""
    words: Words
    """What everybody is told first."""
    concerned: Concerned = Concerned()
    tickets: Annotated[tuple[Number, ...], Field(max_length=TICKETS_MAX)] = ()
    """Tickets that it is about."""
    recurrence_of: Number | None = None
    """The incident that came back."""


class NewUpdate(Model):
    """News of an incident."""

    words: Words


class Solution(Model):
    """How an incident ended."""

    words: Words
    """What everybody is told."""
    root_cause: Cause
    """Why it happened; for staff alone."""
    solve_tickets: bool = True
    """Whether the tickets that are tied to it are solved with it."""


class Tie(Model):
    """A ticket that is tied to an incident."""

    ticket: Number


class Update(Model):
    """One piece of news, as staff see it."""

    at: datetime
    by: str
    state: IncidentState
    words: dict[str, str]
    told: int
    """To how many people it was put so far."""
    is_told: bool
    """Whether that is everybody."""


class IncidentCard(Model):
    """An incident in a list."""

    number: int
    type: str
    title: dict[str, str]
    state: IncidentState
    opened_at: datetime
    opened_by: str
    people: int
    """How many it concerns, as far as they are gathered."""
    tickets: int
    """How many are tied to it."""
    recurrence_of: int | None
    recurrences: int
    """How often the first one of its kind came back."""


class Incident(IncidentCard):
    """An incident as staff see it."""

    concerned: Concerned
    is_gathered: bool
    open_tickets: tuple[int, ...]
    """Of those that are tied to it the first that are still open."""
    updates: tuple[Update, ...]
    """The first one first."""
    root_cause: str | None
    solved_at: datetime | None
    closed_at: datetime | None


class MyUpdate(Model):
    """One piece of news, as everybody hears it."""

    at: datetime
    state: IncidentState
    words: CompanyText


class MyIncident(Model):
    """An incident as somebody sees it whom it concerns."""

    number: int
    title: CompanyText
    state: IncidentState
    opened_at: datetime
    updates: tuple[MyUpdate, ...]
    """The last one first."""


class Worked(Model):
    """What one round of gathering, telling and solving did."""

    steps: int
    is_done: bool
    """Whether nothing is left to do."""


class IncidentUnknown(NotFound):
    """There is no such incident, or it does not concern the caller. Facts: `incident`."""

    code: ClassVar[str] = "incident_unknown"


class IncidentOver(DomainError):
    """It is solved or closed, so nothing is told of it any more. Facts: `incident`."""

    code: ClassVar[str] = "incident_over"


class IncidentUnsolved(DomainError):
    """It cannot be closed before it is solved. Facts: `incident`."""

    code: ClassVar[str] = "incident_unsolved"


class IncidentPeopleUnknown(DomainError):
    """Nobody has some of the codes. Facts: `people`, the first of them."""

    code: ClassVar[str] = "incident_people_unknown"
    status: ClassVar[int] = 422


class IncidentChanged(Event):
    """Staff opened an incident, told of it, solved or closed it."""

    kind: ClassVar[str] = "incidents.changed"

    incident: int
    state: IncidentState
