"""What queues and numbers answer: in which order, how many, how late, how quick."""

from datetime import datetime
from enum import StrEnum

from core.kernel.words import CompanyText, Model
from core.plan.model import Target


class Order(StrEnum):
    """What comes first in a queue."""

    DUE = "due"
    """What is due first; what has no target comes last."""
    AGE = "age"
    """What was opened first."""


class Escalated(Model):
    """What happened to a ticket by itself because a target comes near or has passed."""

    ticket: int
    target: Target
    missed: bool
    due: datetime
    alert: bool
    """Whether the staff's group is to be told."""
    moved: bool = False
    """The ticket belongs to another queue now."""


class Age(StrEnum):
    """How long ago an open ticket was opened, by the calendar."""

    DAY = "day"
    """Less than a day."""
    THREE_DAYS = "three_days"
    """From one day to less than three."""
    WEEK = "week"
    """From three days to less than seven."""
    MONTH = "month"
    """From seven days to less than thirty."""
    OLDER = "older"


class Load(Model):
    """How many open tickets there are of something."""

    open: int = 0
    waiting: int = 0
    """Of these: the company has something to do."""
    late: int = 0
    """Of these: a target has passed."""


class QueueLoad(Load):
    """Of one queue."""

    queue: str
    name: CompanyText | None = None
    """None of a queue that the plan no longer has."""


class TypeLoad(Load):
    """Of one type."""

    type: str
    name: CompanyText | None = None
    """None of a type that the plan no longer has."""


class AgeLoad(Load):
    """Of one age."""

    age: Age


class StaffLoad(Load):
    """Of one member of staff; None is what nobody has taken."""

    assignee: str | None
    solved: int = 0
    """Tickets of hers that were solved since the moment asked about."""


class Took(Model):
    """How long something took, in working seconds; None where it never happened."""

    count: int = 0
    median_s: int | None = None
    p90_s: int | None = None
    """Nine of ten took at most so long."""
    late: int = 0
    """Of these: a target had passed."""


class TicketNumbers(Model):
    """The open tickets now, and how quick the company was."""

    at: datetime
    since: datetime
    open: Load
    queues: tuple[QueueLoad, ...]
    types: tuple[TypeLoad, ...]
    ages: tuple[AgeLoad, ...]
    staff: tuple[StaffLoad, ...]
    first_answer: Took
    """Of tickets opened since then."""
    solution: Took
    """Of tickets solved since then."""
    stars: tuple[int, int, int, int, int]
    """How many of the tickets solved since then were rated with one star, two, and so on."""
