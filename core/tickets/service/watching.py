"""What the staff's group is to hear of: changes that it was not told of, and cards to show."""

from collections.abc import Collection
from dataclasses import dataclass

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.outcomes import outcomes
from core.people import service as people
from core.tickets.model import Delivery, TicketCard, What
from core.tickets.service.drafting import LIFE
from core.tickets.service.showing import card_of, is_breached
from core.tickets.service.telling import delivery, keys_of
from core.tickets.service.terms import terms
from core.tickets.store import tickets as store
from core.tickets.store import watching


@dataclass(frozen=True, slots=True)
class News:
    """A change that the staff's group has not been told of."""

    change: int
    ticket: int
    what: What
    by: str


async def is_anything_due(uow: UnitOfWork) -> bool:
    """Whether there is news, a rule's moment has come, or something ends by itself; it only reads, and little."""
    solved_before = uow.now - (await terms(uow)).close_after
    return await watching.is_anything_due(uow, solved_before=solved_before, touched_before=uow.now - LIFE)


async def deliveries(uow: UnitOfWork, answers: Collection[int]) -> dict[int, Delivery | None]:
    """How far answers have come, words and files together; None for one that was taken back."""
    known = await watching.answers(uow, answers)
    found = await outcomes(uow, [key for number, (files, _) in known.items() for key in keys_of(number, files)])
    return {
        number: None if withdrawn else delivery(number, files, found) for number, (files, withdrawn) in known.items()
    }


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
