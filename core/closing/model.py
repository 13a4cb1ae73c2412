"""Words of closing."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.calendar.model import Cycle
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.kernel.words import Model
from core.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Due:
    """A cycle that may be closed, and what it is closed by."""

    cycle: Cycle
    plan: Plan
    """In force when the cycle ended."""
    before: str | None
    """The closed cycle before it; None when it is the first that is closed."""


@dataclass(frozen=True, slots=True)
class Making:
    """A cycle that is being closed, and by whom."""

    due: Due
    turn: str
    """Another one for each who tries; titles come with it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A closed cycle whose changes are being announced."""

    calendar: str
    cycle: str
    turn: str
    before: str | None
    told_to: PersonId
    """The last person of whom it is done."""
    told_at: datetime


class ClosingOvertaken(DomainError):
    """Somebody else closes the cycle meanwhile; what was written for it here counts for nothing."""

    code: ClassVar[str] = "closing_overtaken"


class Closed(Model):
    """What closing did."""

    cycle: str
    already: bool
    """It was closed before; nothing was done."""
    ranked: int = 0
    """People who were paid by a rank or hold a title."""
    changed: int = 0
    """People whose rank or title differs from the cycle before."""
