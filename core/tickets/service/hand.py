"""A ticket in somebody's hands: held until the transaction ends, changed step by step, written once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from core.db.types import MICROSECOND, microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.plan.model import Phase, Priority, TicketsSpec
from core.tickets.model import DUE_PHASES, TicketMerged, TicketsChanged, TicketUnknown, What
from core.tickets.rules import escalation, targets
from core.tickets.rules.machine import Machine
from core.tickets.rules.targets import NEVER_DUE, Clock, Subject
from core.tickets.service.terms import terms
from core.tickets.store import tickets as store
from core.tickets.store.rows import Row

PERSON = "person"
SYSTEM = "system"
"""Who changes a ticket that is no member of staff."""


class Hand:
    """One ticket while it is changed. What is noted becomes its history, in order, when it is saved."""

    def __init__(self, uow: UnitOfWork, row: Row, spec: TicketsSpec, by: str) -> None:
        self.uow, self.spec, self.by = uow, spec, by
        self.machine = Machine.of(spec)
        self.clock = Clock.of(row["clock"])
        self.row: dict[str, Any] = dict(row)
        """The ticket as it is so far."""
        self._values: dict[str, Any] = {}
        self._lines: list[tuple[What, str | None, str | None]] = []

    @property
    def number(self) -> int:
        """What people call it by."""
        return int(self.row["number"])

    @property
    def person(self) -> PersonId:
        """Whose it is."""
        return PersonId(self.row["person_id"])

    @property
    def phase(self) -> Phase:
        """Who is to move."""
        return Phase(self.row["phase"])

    @property
    def subject(self) -> Subject:
        """What decides about its targets."""
        return Subject(self.row["type"], Priority(self.row["priority"]), self.row["queue"])

    def require_whole(self) -> None:
        """Go on with a ticket that has not become part of another.

        Raises:
            TicketMerged: it has.
        """
        if self.row["merged_into"] is not None:
            raise TicketMerged(ticket=self.number, into=self.row["merged_into"])

    def set(self, **values: Any) -> None:
        """Change fields that have no line of history of their own."""
        self.row.update(values)
        self._values.update(values)

    def note(self, what: What, before: object = None, after: object = None) -> None:
        """Add a line of history."""
        self._lines.append((what, None if before is None else str(before), None if after is None else str(after)))

    def change(self, what: What, field: str, value: Any) -> bool:
        """Change a field and note it; False where it is so already."""
        before = self.row[field]
        if before == value:
            return False
        self.set(**{field: value})
        self.note(what, before, value)
        return True

    def go(self, phase: Phase) -> bool:
        """Go to a phase as words and deeds do; False where it is there already."""
        return self.phase is not phase and self.go_to(self.machine.towards(self.row["state"], phase))

    def go_to(self, state: str) -> bool:
        """Go to a state that the company has, whatever its moves say; False where it is there already."""
        before, after = self.phase, self.machine.phase(state)
        assert after is not None, "whoever moves a ticket has looked at the states"
        if not self.change(What.STATE, "state", state):
            return False
        now = self.uow.now
        if after is Phase.SOLVED and before is not Phase.SOLVED:
            took = targets.reading(self.clock, now, self.spec.hours)
            self.set(solved_at=now, solution_took_us=took // MICROSECOND)
        if after is Phase.REOPENED:
            self.set(solved_at=None, solution_took_us=None)
        self.set(phase=after.value, closed_at=now if after is Phase.CLOSED else None)
        self.clock = targets.moved(self.clock, before, after, now, self.spec.hours)
        return True

    async def save(self, *, news: bool = True) -> list[int]:
        """Write the ticket, its history and the event; the numbers of the lines. Nothing where nothing changed.

        Args:
            news: whether the staff's group is to hear of it.
        """
        if not self._values and not self._lines:
            return []
        self.set(**due_values(self.row, self.clock, self.spec, self.uow.now))
        self.set(version=self.row["version"] + 1, last_by=self.by, last_at=self.uow.now)
        await store.change(self.uow, self.number, self._values)
        return await written(self.uow, self.number, self.person, self.by, self._lines, news=news)


async def written(
    uow: UnitOfWork,
    number: int,
    person: PersonId,
    by: str,
    lines: list[tuple[What, str | None, str | None]],
    *,
    news: bool = True,
) -> list[int]:
    """Write lines of a ticket's history and announce them; their numbers."""
    if not lines:
        return []
    common = {"ticket": number, "at": uow.now, "by": by}
    rows = [{**common, "what": what.value, "before": before, "after": after} for what, before, after in lines]
    ids = await store.add_changes(uow, rows, news=news)
    await uow.emit(
        TicketsChanged(person=person, person_id=person, ticket=number, what=tuple(what for what, _, _ in lines))
    )
    return ids


def due_values(row: Mapping[str, Any], clock: Clock, spec: TicketsSpec, now: datetime) -> dict[str, Any]:
    """The fields that follow from a ticket's stopwatch, phase, type, priority and queue."""
    subject = Subject(row["type"], Priority(row["priority"]), row["queue"])
    dues = targets.dues(clock, spec, subject)
    is_waiting = Phase(row["phase"]) in DUE_PHASES
    missed = row["due_at"] if row["due_at"] is not None and row["due_at"] < now else None
    return {
        "clock": clock.row(),
        "first_answer_due": dues.first_answer,
        "next_answer_due": dues.next_answer,
        "solution_due": dues.solution,
        "due_at": dues.nearest,
        "due_order": NEVER_DUE if dues.nearest is None else microseconds(dues.nearest),
        "escalates_at": escalation.next_at(clock, spec, subject),
        "breached_at": row["breached_at"] or missed,
        "waiting_since": (row["waiting_since"] or now) if is_waiting else None,
    }


async def hand(
    uow: UnitOfWork, number: int, by: str, *, of: PersonId | None = None, spec: TicketsSpec | None = None
) -> Hand:
    """A ticket to be changed, held until the transaction ends.

    Args:
        by: who changes it: `person`, a member of staff's name, or `system`.
        of: whose it must be.

    Raises:
        TicketUnknown: there is none, or it is somebody else's.
    """
    return (await hands(uow, [number], by, of=of, spec=spec))[number]


async def hands(
    uow: UnitOfWork, numbers: list[int], by: str, *, of: PersonId | None = None, spec: TicketsSpec | None = None
) -> dict[int, Hand]:
    """Several tickets at once, as `hand` gives one."""
    rows = await store.held(uow, numbers)
    for number in numbers:
        if number not in rows or (of is not None and not hers(rows[number], of, uow.now)):
            raise TicketUnknown(ticket=number)
    said = spec or await terms(uow)
    return {number: Hand(uow, rows[number], said, by) for number in numbers}


def hers(row: Row, person: PersonId, now: datetime) -> bool:
    """Whether a ticket is this person's and she knows of it."""
    return bool(row["person_id"] == person and row["shown_from"] is not None and row["shown_from"] <= now)


def within(moment: datetime | None, now: datetime, time: timedelta) -> bool:
    """Whether something happened at most so long ago."""
    return moment is not None and now - moment <= time
