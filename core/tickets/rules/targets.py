"""Until when a ticket is to be answered and solved: one stopwatch of working time, and what it must not pass.

The stopwatch runs from the ticket's opening while the company has something to do, and stands while it waits for the
person or is over. First answer and solution are due when it shows their time; a next answer when it shows its time more
than when she wrote. A reopened ticket begins at nothing again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.plan.model import Phase, Priority, Target, TicketsSpec, WorkingHours
from core.tickets.model import DUE_PHASES
from core.tickets.rules.hours import later, worked

ZERO = timedelta()
MICROSECOND = timedelta(microseconds=1)
NEVER_DUE = 2**62
"""What a ticket that is not due is ordered by, in the place of a moment in microseconds."""
PARTS = {Priority.LOW: (2, 1), Priority.NORMAL: (1, 1), Priority.HIGH: (1, 2), Priority.URGENT: (1, 4)}
"""By what a time is multiplied and divided where the plan says nothing about a priority."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The stopwatch of one ticket."""

    used: timedelta = ZERO
    """What it showed at `since`, or shows while it stands."""
    since: datetime | None = None
    """None while it stands."""
    asked: timedelta | None = None
    """What it showed when she wrote what nobody has answered since the first answer."""
    answered: bool = False
    """Whether she had a first answer."""
    fired: frozenset[str] = frozenset()
    """What has happened by itself already; see `escalation`."""
    promised: Priority | None = None
    """The priority by whose times it goes on, where a rule has raised it since: no rule makes a target shorter."""

    def row(self) -> dict[str, Any]:
        """As it is stored; `of` reads it."""
        return {
            "used": self.used // MICROSECOND,
            "since": None if self.since is None else self.since.astimezone(UTC).isoformat(),
            "asked": None if self.asked is None else self.asked // MICROSECOND,
            "answered": self.answered,
            "fired": sorted(self.fired),
            "promised": self.promised,
        }

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Clock":
        """The stopwatch that `row` stored."""
        asked, since = row["asked"], row["since"]
        return cls(
            used=row["used"] * MICROSECOND,
            since=None if since is None else datetime.fromisoformat(since),
            asked=None if asked is None else asked * MICROSECOND,
            answered=row["answered"],
            fired=frozenset(row["fired"]),
            promised=None if row["promised"] is None else Priority(row["promised"]),
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What of a ticket decides about its times."""

    type: str
    priority: Priority
    queue: str


@dataclass(frozen=True, slots=True)
class Dues:
    """When each target is due; None where it is reached, has no time, or the stopwatch stands."""

    first_answer: datetime | None = None
    next_answer: datetime | None = None
    solution: datetime | None = None

    @property
    def nearest(self) -> datetime | None:
        """The first of them."""
        return min((at for at in (self.first_answer, self.next_answer, self.solution) if at is not None), default=None)


def opened(now: datetime, *, by_us: bool = False) -> Clock:
    """A new ticket's; one that staff opened towards a person waits for her, and her first answer is given."""
    return Clock(answered=True) if by_us else Clock(since=now)


def moved(clock: Clock, before: Phase, after: Phase, now: datetime, hours: WorkingHours) -> Clock:
    """After a change of phase: it stops, runs on, or begins anew."""
    if after is Phase.REOPENED and before is not Phase.REOPENED:
        return Clock(since=now, asked=ZERO if clock.answered else None, answered=clock.answered)
    if after in DUE_PHASES:
        return clock if clock.since is not None else replace(clock, since=now)
    return clock if clock.since is None else replace(clock, used=reading(clock, now, hours), since=None)


def heard(clock: Clock, now: datetime, hours: WorkingHours) -> Clock:
    """She wrote: after the first answer a next one is due, counted from the first word that waits for it."""
    if not clock.answered or clock.asked is not None:
        return clock
    return replace(clock, asked=reading(clock, now, hours))


def answered(clock: Clock) -> Clock:
    """Somebody answered her; whoever also waits for her then moves the phase."""
    fired = frozenset(key for key in clock.fired if not key.endswith(f":{Target.NEXT_ANSWER}"))
    return replace(clock, answered=True, asked=None, fired=fired)


def chosen(clock: Clock) -> Clock:
    """Staff chose a priority: its times hold."""
    return replace(clock, promised=None)


def reading(clock: Clock, now: datetime, hours: WorkingHours) -> timedelta:
    """What the stopwatch shows."""
    return clock.used if clock.since is None else clock.used + worked(hours, clock.since, now)


def allowed(spec: TicketsSpec, target: Target, type_code: str, priority: Priority) -> timedelta | None:
    """The working time that a target has; None is no target.

    A type's time stands in the place of the section's. A priority with a time of its own has that, and the type's where
    it is shorter; any other has its part of the type's or the section's.

    | section | type | priority | priority's | allowed |
    | ------- | ---- | -------- | ---------- | ------- |
    | 8 h     |      | normal   |            | 8 h     |
    | 8 h     |      | urgent   |            | 2 h     |
    | 8 h     | 4 h  | urgent   |            | 1 h     |
    | 8 h     |      | urgent   | 30 min     | 30 min  |
    | 8 h     | 4 h  | high     | 6 h        | 4 h     |
    | 8 h     | none | high     | 6 h        | 6 h     |
    | 8 h     | none | high     |            | none    |
    """
    times = spec.type(type_code).times
    usual = times[target] if target in times else spec.times.get(target)
    said = spec.priorities.get(priority, {})
    if target in said:
        found, of_type = said[target], times.get(target)
        return found if found is None or of_type is None else min(found, of_type)
    much, part = PARTS[priority]
    return None if usual is None else usual * much // part


@dataclass(frozen=True, slots=True)
class Pending:
    """One target that is still to be reached: its time, counted from where the stopwatch showed `begin`."""

    target: Target
    begin: timedelta
    time: timedelta


def pending(clock: Clock, spec: TicketsSpec, subject: Subject) -> Iterator[Pending]:
    """The targets that are to be reached, whether or not the stopwatch runs."""
    begins = {
        Target.FIRST_ANSWER: None if clock.answered else ZERO,
        Target.NEXT_ANSWER: clock.asked,
        Target.SOLUTION: ZERO,
    }
    for target, begin in begins.items():
        time = allowed(spec, target, subject.type, clock.promised or subject.priority)
        if begin is not None and time is not None:
            yield Pending(target, begin, time)


def moment(clock: Clock, shown: timedelta, hours: WorkingHours) -> datetime | None:
    """When the stopwatch will show so much; when it last began to run if it did by then; None while it stands."""
    return None if clock.since is None else later(hours, clock.since, shown - clock.used)


def dues(clock: Clock, spec: TicketsSpec, subject: Subject) -> Dues:
    """When each target is due."""
    return Dues(
        **{one.target: moment(clock, one.begin + one.time, spec.hours) for one in pending(clock, spec, subject)}
    )


def missed_at(clock: Clock, spec: TicketsSpec, subject: Subject, now: datetime) -> datetime | None:
    """The first target's moment that has passed; None while the company is in time."""
    nearest = dues(clock, spec, subject).nearest
    return nearest if nearest is not None and nearest < now else None
