"""What the staff's group is to hear of: changes that it was not told of, and cards to show."""

from collections.abc import Collection
from dataclasses import dataclass

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.tickets.model import TicketCard, What
from core.tickets.service.showing import card_of, is_breached
from core.tickets.service.terms import terms
from core.tickets.store import tickets as store


@dataclass(frozen=True, slots=True)
class News:
    """A change that the staff's group has not been told of."""

    change: int
    ticket: int
    what: What
    by: str


async def news(uow: UnitOfWork, limit: int = 200) -> list[News]:
    """Take the oldest changes that nobody was told of; with the caller's commit they are told."""
    return [
        News(row["change_id"], row["ticket"], What(row["what"]), row["by"]) for row in await store.take_news(uow, limit)
    ]


async def cards(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, TicketCard]:
    """Cards of tickets by number; those that do not exist are left out."""
    rows = await store.some(uow, numbers)
    spec = await terms(uow)
    known = await people.cards(uow, [PersonId(row["person_id"]) for row in rows.values()])
    shown = {number: card_of(row, known[PersonId(row["person_id"])].code, spec) for number, row in rows.items()}
    return {
        number: card.model_copy(update={"breached": is_breached(rows[number], uow)}) for number, card in shown.items()
    }
