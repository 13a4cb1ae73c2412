"""tickets.csv: tickets of the books before, each with the words that it began with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from core.exchange.rules import fields
from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE, Columns, Sheet
from core.kernel.clock import EPOCH, MICROSECOND
from core.kernel.ids import PersonId
from core.people import rules as people
from core.plan.model import Phase, Priority, TicketsSpec
from core.plan.model.tickets import OTHER
from core.tickets.model import TEXT_MAX, BroughtIn, KnownTicket
from core.tickets.rules.routing import queue_of
from core.tickets.rules.wording import subject_of

COLUMNS = Columns(
    required=("ticket_id", "person_id", "type", "subject", "text", "opened_on"),
    optional=("state", "priority", "queue", "language", "assignee", "closed_on", "order_id", "rating"),
    exact={"text": TEXT_MAX},
)
DONE = (Phase.SOLVED, Phase.CLOSED)
STARS = range(1, 6)

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the tickets of a file are read against."""

    people: Mapping[str, tuple[PersonId, str]]
    """Number and language by code."""
    orders: Collection[str]
    staff: Collection[str]
    """Names of those who may answer tickets."""
    spec: TicketsSpec
    zone: ZoneInfo
    """Company time."""
    now: datetime


@dataclass(slots=True)
class TicketsDraft:
    """Tickets that are not known yet."""

    tickets: list[BroughtIn] = field(default_factory=list)
    unchanged: int = 0


def draft(sheet: Sheet, setting: Setting, known: Mapping[str, KnownTicket], findings: Findings) -> TicketsDraft:
    """What the file adds; a known ticket lives on here, so only that it is another one is a fault."""
    found, reader, first = TicketsDraft(), Reader(setting, findings), dict[str, int]()
    for row in sheet.frame.iter_rows(named=True):
        ticket, name, line = reader.ticket(row), row["ticket_id"], int(row[LINE])
        if first.setdefault(name, line) != line:
            findings.fault("import_ticket_twice", line, "ticket_id", ticket=name, first=first[name])
        if ticket is None:
            continue
        before = known.get(name)
        if before is None:
            found.tickets.append(ticket)
        elif _is_same(ticket, before):
            found.unchanged += 1
        else:
            findings.fault("import_ticket_differs", line, "ticket_id", ticket=name, number=before.number)
    return found


def _is_same(ticket: BroughtIn, known: KnownTicket) -> bool:
    same = (ticket.person, ticket.opened_at) == (known.person, known.opened_at)
    return same and known.text in (None, ticket.text)


class Reader:
    """Turns rows into tickets."""

    def __init__(self, setting: Setting, findings: Findings) -> None:
        self._setting = setting
        self._spec = setting.spec
        self._findings = findings
        self._types = [kind.code for kind in setting.spec.types]
        self._queues = [queue.code for queue in setting.spec.queues]
        self._states = list(dict.fromkeys([*map(str, Phase), *(state.code for state in setting.spec.states)]))

    def ticket(self, row: Row) -> BroughtIn | None:
        """The ticket of a row, or None when anything in it is a fault."""
        before, line = self._findings.faults, int(row[LINE])
        for column in ("ticket_id", "type", "text", "opened_on"):
            if not row[column].strip():
                self._findings.fault("import_value_missing", line, column)
        person, own_language = self._person(row, line)
        opened_at, closed_at = (self._moment(row, line, column) for column in ("opened_on", "closed_on"))
        state = self._state(row, line, opened_at, closed_at)
        kind = self._word(row, line, "type", self._types) or OTHER
        language = self._language(row, line) or own_language
        priority = self._word(row, line, "priority", [str(one) for one in Priority])
        ticket = BroughtIn(
            external_id=row["ticket_id"],
            person=person or PersonId(0),
            type=kind,
            subject=subject_of([row["subject"], row["text"]]),
            text=row["text"],
            opened_at=opened_at or self._setting.now,
            state=state,
            priority=Priority(priority) if priority else self._spec.type(kind).priority,
            queue=self._word(row, line, "queue", self._queues) or queue_of(self._spec, kind, language),
            language=language,
            assignee=self._named(row, line, "assignee", self._setting.staff, "import_staff_unknown"),
            closed_at=closed_at,
            order_id=self._named(row, line, "order_id", self._setting.orders, "import_order_unknown"),
            rating=self._rating(row, line, state),
        )
        return ticket if self._findings.faults == before else None

    def _person(self, row: Row, line: int) -> tuple[PersonId | None, str]:
        """Whose it is, and her language."""
        found = self._setting.people.get(row["person_id"])
        if found is None:
            self._findings.fault("import_person_unknown", line, "person_id", value=row["person_id"])
        return found or (None, "")

    def _moment(self, row: Row, line: int, column: str) -> datetime | None:
        read = fields.moment(row[column], self._setting.zone)
        if read is None:
            if row[column]:
                self._findings.fault("import_time_wrong", line, column, value=row[column])
            return None
        found = EPOCH + read * MICROSECOND
        if found > self._setting.now:
            self._findings.fault("import_ticket_future", line, column, value=row[column])
        return found

    def _state(self, row: Row, line: int, opened_at: datetime | None, closed_at: datetime | None) -> str:
        """The state that the file says, or that its days say."""
        state = self._word(row, line, "state", self._states) or (Phase.CLOSED if row["closed_on"] else Phase.NEW).value
        if self._is_done(state) and not row["closed_on"]:
            self._findings.fault("import_ticket_end_missing", line, "closed_on", state=state)
        if not self._is_done(state) and row["closed_on"]:
            self._findings.fault("import_ticket_end_useless", line, "closed_on", state=state)
        if opened_at is not None and closed_at is not None and closed_at < opened_at:
            self._findings.fault("import_ticket_end_early", line, "closed_on")
        return state

    def _is_done(self, state: str) -> bool:
        return self._spec.phase(state) in DONE

    def _language(self, row: Row, line: int) -> str | None:
        tag = people.language_tag(row["language"]) if row["language"] else None
        if row["language"] and tag is None:
            self._findings.fault("import_language_wrong", line, "language", value=row["language"])
        return tag

    def _word(self, row: Row, line: int, column: str, known: Sequence[str]) -> str | None:
        word = row[column]
        if word and word not in known:
            self._findings.fault("import_word_wrong", line, column, value=word, known=list(known))
            return None
        return word or None

    def _named(self, row: Row, line: int, column: str, known: Collection[str], code: str) -> str | None:
        """Something of which there are too many to name them all."""
        if row[column] and row[column] not in known:
            self._findings.fault(code, line, column, value=row[column])
        return row[column] or None

    def _rating(self, row: Row, line: int, state: str) -> int | None:
        stars = fields.whole(row["rating"])
        if row["rating"] and (stars not in STARS or not self._is_done(state)):
            self._findings.fault("import_rating_wrong", line, "rating", value=row["rating"])
        return stars
