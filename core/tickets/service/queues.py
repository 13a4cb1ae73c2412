"""Pages of queues as staff see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.db.unit_of_work import UnitOfWork
from core.http.model import Page, read_cursor, write_cursor
from core.kernel.words import CompanyText
from core.plan.model import Phase, Priority, TicketsSpec
from core.plan.model.tickets import OTHER
from core.tickets.model import TicketCard
from core.tickets.service.showing import is_breached
from core.tickets.service.terms import terms
from core.tickets.store import queues as store
from core.tickets.store.queues import Listing
from core.tickets.store.rows import Row

__all__ = ["Listing", "page"]
PAGE_SIZE_MAX = 100


async def page(uow: UnitOfWork, listing: Listing, cursor: str | None, limit: int) -> Page[TicketCard]:
    """One page of a listing.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    size = max(1, min(limit, PAGE_SIZE_MAX))
    rows = await store.page(uow, listing, _after(cursor), size + 1)
    named = Named.of(await terms(uow))
    more = write_cursor(*store.place(listing, rows[size - 1])) if len(rows) > size else None
    return Page[TicketCard].model_construct(items=[_card(row, named, uow) for row in rows[:size]], next=more)


@dataclass(frozen=True, slots=True)
class Named:
    """The company's names of types and of those states that it names, by code."""

    types: Mapping[str, CompanyText]
    states: Mapping[str, CompanyText]

    @classmethod
    def of(cls, spec: TicketsSpec) -> "Named":
        """Those of a plan."""
        return cls({kind.code: kind.name for kind in spec.types}, {state.code: state.name for state in spec.states})


def _card(row: Row, named: Named, uow: UnitOfWork) -> TicketCard:
    """A row as a list shows it: made without another look at fields that were looked at when they were written."""
    return TicketCard.model_construct(
        number=row["number"],
        type=row["type"],
        type_name=named.types.get(row["type"]) or named.types[OTHER],
        subject=row["subject"],
        state=row["state"],
        state_name=named.states.get(row["state"]),
        phase=Phase(row["phase"]),
        priority=Priority(row["priority"]),
        queue=row["queue"],
        language=row["language"],
        person=row["person"],
        assignee=row["assignee"],
        waiting_since=row["waiting_since"],
        due_at=row["due_at"],
        breached=is_breached(row, uow),
        last_by=row["last_by"],
        last_at=row["last_at"],
        rating=row["rating"],
    )


def _after(cursor: str | None) -> tuple[int, int] | None:
    if cursor is None:
        return None
    first, number = read_cursor(cursor, int, int)
    assert isinstance(first, int) and isinstance(number, int), "read_cursor was told so"
    return first, number
