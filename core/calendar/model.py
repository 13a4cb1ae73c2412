"""Words of the calendar room."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.kernel.errors import DomainError
from core.kernel.events import Event
from core.kernel.period import Period
from core.kernel.words import Model


class CycleUnknown(DomainError):
    """The calendar has no cycle of this code. Facts: `cycle` as asked, `example` of a right one."""

    code: ClassVar[str] = "cycle_unknown"
    status: ClassVar[int] = 404


class CycleElsewhere(DomainError):
    """Another calendar of the plan has the cycle. Facts: `cycle` as asked, `calendar` that has it."""

    code: ClassVar[str] = "cycle_elsewhere"
    status: ClassVar[int] = 404


class CycleRunning(DomainError):
    """The cycle has not ended yet. Facts: `cycle`, `ends_at`."""

    code: ClassVar[str] = "cycle_running"


class CycleOutOfTurn(DomainError):
    """An earlier cycle must be closed first. Facts: `cycle` as asked, `first` to be closed."""

    code: ClassVar[str] = "cycle_out_of_turn"


class CycleBeforeFirst(DomainError):
    """Closing began with a later cycle. Facts: `cycle` as asked, `first` that was closed."""

    code: ClassVar[str] = "cycle_before_first"


class PlanTooEarly(DomainError):
    """A plan cannot change what is closed. Facts: `cycle`, the last closed; `earliest` day to begin on."""

    code: ClassVar[str] = "plan_too_early"


class PlanStartWithin(DomainError):
    """A plan can follow another only where a cycle begins. Facts: `next`, the day on which the next cycle begins."""

    code: ClassVar[str] = "plan_start_within"


@dataclass(frozen=True, slots=True)
class Cycle:
    """One period of a calendar."""

    code: str
    calendar: str
    """The calendar's code in the plan."""
    period: Period


class ClosedCycle(Model):
    """A cycle whose ranks are recorded."""

    code: str
    calendar: str
    starts_at: datetime
    ends_at: datetime
    closed_at: datetime


class CycleClosed(Event):
    """A cycle's ranks were recorded and will not change any more."""

    kind: ClassVar[str] = "calendar.cycle_closed"

    cycle: str
    calendar: str


class CycleCard(Model):
    """The cycle that a figure belongs to."""

    code: str
    starts_at: datetime
    ends_at: datetime
    days_left: int
    """Whole days until it closes, the current day included; 0 once closed."""
    closed: bool
    time_zone: str


class Cycles(Model):
    """The main calendar at a glance."""

    calendar: str
    open: str
    """The cycle that the present lies in."""
    due: tuple[str, ...]
    """Ended and not closed, in the order in which they are to be closed. While none is closed, the last that ended."""
    closed: tuple[ClosedCycle, ...]
    """The first one first."""
