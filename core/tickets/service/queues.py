"""Pages of queues as staff see them."""

from core.db.unit_of_work import UnitOfWork
from core.http.model import Page, read_cursor, write_cursor
from core.kernel.ids import PersonId
from core.people import service as people
from core.tickets.model import TicketCard
from core.tickets.service.showing import card_of, is_breached
from core.tickets.service.terms import terms
from core.tickets.store import queues as store
from core.tickets.store.queues import Listing

__all__ = ["Listing", "page"]
PAGE_SIZE_MAX = 100


async def page(uow: UnitOfWork, listing: Listing, cursor: str | None, limit: int) -> Page[TicketCard]:
    """One page of a listing.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    size = max(1, min(limit, PAGE_SIZE_MAX))
    rows = await store.page(uow, listing, _after(cursor), size + 1)
    shown, spec = rows[:size], await terms(uow)
    cards = await people.cards(uow, list({PersonId(row["person_id"]) for row in shown}))
    codes = {number: card.code for number, card in cards.items()}
    more = write_cursor(*store.place(listing, rows[size - 1])) if len(rows) > size else None
    items = [
        card_of(row, codes.get(row["person_id"], ""), spec).model_copy(update={"breached": is_breached(row, uow)})
        for row in shown
    ]
    return Page[TicketCard](items=items, next=more)


def _after(cursor: str | None) -> tuple[int, int] | None:
    if cursor is None:
        return None
    first, number = read_cursor(cursor, int, int)
    assert isinstance(first, int) and isinstance(number, int), "read_cursor was told so"
    return first, number
