"""Reading queues, one page by an index."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Integer, Select, bindparam, or_, select, tuple_

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people.codes import CODES
from core.plan.model import Phase
from core.tickets.model import OPEN_PHASES, Order
from core.tickets.store.rows import TICKETS, Row
from core.tickets.tables import DONE, OPEN

COLUMNS = tuple(
    TICKETS.c[name]
    for name in (
        *("number", "person_id", "type", "subject", "state", "phase", "priority", "queue", "language", "assignee"),
        *("opened_at", "waiting_since", "due_at", "due_order", "breached_at", "last_by", "last_at", "rating"),
    )
)
"""Of a card; the stopwatch and the rest stay where they are."""
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which tickets, and what comes first; what is None does not matter."""

    order: Order = Order.DUE
    queue: str | None = None
    type: str | None = None
    phase: Phase | None = None
    """None is every open one."""
    assignee: str | None = None
    """An empty text is what nobody has taken."""
    person: PersonId | None = None
    language: str | None = None
    breached: bool | None = None
    """Whether a target was missed, noted already or not."""

    @property
    def is_of_open(self) -> bool:
        """Whether it lists what is not done yet."""
        return self.phase is None or self.phase in OPEN_PHASES


PAGE = select(*COLUMNS, CODES.c.code.label("person")).join_from(TICKETS, CODES, CODES.c.id == TICKETS.c.person_id)
EQUAL = ("queue", "type", "phase", "assignee", "person_id", "language")
LATE = TICKETS.c.due_order < bindparam("now_us", type_=BigInteger)
MISSED = or_(TICKETS.c.breached_at.is_not(None), LATE)
ORDERS = {
    Order.DUE: (TICKETS.c.due_order, TICKETS.c.number),
    Order.AGE: (TICKETS.c.opened_at, TICKETS.c.number),
}


async def page(uow: UnitOfWork, listing: Listing, after: tuple[int, int] | None, limit: int) -> list[Row]:
    """Tickets of a listing, each with its person's code; those that are done by number, the latest first.

    Args:
        after: the place of the last one on the page before, as `place` gives it.
    """
    values = _values(listing, uow.now) | {"limit": limit}
    if after is not None:
        values |= {"after": after[0], "after_number": after[1]}
    asked = _question(listing.order if listing.is_of_open else None, listing.breached, tuple(values))
    return list((await uow.connection.execute(asked, values)).mappings())


def place(listing: Listing, row: Row) -> tuple[int, int]:
    """Where a ticket stands in its listing."""
    first = microseconds(row["opened_at"]) if listing.order is Order.AGE else row["due_order"]
    return first, row["number"]


def _values(listing: Listing, now: datetime) -> dict[str, Any]:
    """What is asked about, by the names of columns; `nobody` is asked about without a value."""
    values: dict[str, Any] = {
        "queue": listing.queue,
        "type": listing.type,
        "phase": listing.phase,
        "assignee": listing.assignee or None,
        "person_id": listing.person,
        "language": listing.language,
        "now_us": None if listing.breached is None else microseconds(now),
        "nobody": True if listing.assignee == NOBODY else None,
    }
    return {name: value for name, value in values.items() if value is not None}


@cache
def _question(order: Order | None, breached: bool | None, names: tuple[str, ...]) -> Select[Any]:
    """The statement of listings that ask about the same things, built once: building takes as long as asking.

    The condition of the indexes stands in it as they have it, so that they are seen to fit.

    Args:
        order: None is of tickets that are done.
        names: of the values that it is asked with.
    """
    asked = PAGE.where(*(TICKETS.c[name] == bindparam(name) for name in EQUAL if name in names))
    if "nobody" in names:
        asked = asked.where(TICKETS.c.assignee.is_(None))
    if breached is not None:
        asked = asked.where(MISSED if breached else ~MISSED)
    if order is None:
        asked = asked.where(DONE).order_by(TICKETS.c.number.desc())
        asked = asked.where(TICKETS.c.number < bindparam("after_number")) if "after_number" in names else asked
    else:
        by = ORDERS[order]
        asked = asked.where(OPEN).order_by(*by)
        begin = tuple_(bindparam("after", type_=BigInteger), bindparam("after_number"))
        asked = asked.where(tuple_(*by) > begin) if "after" in names else asked
    return asked.limit(bindparam("limit", type_=Integer))
