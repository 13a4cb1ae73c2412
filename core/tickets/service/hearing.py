"""What she does with her tickets: add, close, reopen, rate."""

from collections.abc import Sequence

from core.db.types import MICROSECOND
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.plan.model import Phase
from core.tickets.model import (
    OPEN_PHASES,
    Direction,
    Rating,
    TicketClosed,
    TicketNotDone,
    TicketRated,
    TicketTextTooLong,
    What,
    Words,
)
from core.tickets.model.wishes import TEXT_MAX
from core.tickets.rules import targets
from core.tickets.rules.machine import after_her_word, may_reopen
from core.tickets.rules.wording import says_anything, units
from core.tickets.service import wording
from core.tickets.service.hand import PERSON, Hand, hand
from core.tickets.service.opening import add_words
from core.tickets.service.wording import Written


async def add(uow: UnitOfWork, me: PersonId, number: int, said: Words) -> None:
    """Words or files of hers for a ticket; they reopen one that is solved, and for some time one that is closed.

    Raises:
        AccountClosed: she has left.
        TicketUnknown, TicketMerged: there is no such ticket of hers, or it became part of another.
        TicketClosed: it was closed too long ago.
        TicketTextEmpty, TicketTextTooLong, TooManyAttachments, AttachmentUnknown: the message will not do.
    """
    await people.member(uow, me)
    held = await hand(uow, number, PERSON, of=me)
    await hear(held, [await wording.hers(uow, held.spec, me, said.text, said.attachments)])
    await held.save()


async def hear(held: Hand, said: Sequence[Written]) -> None:
    """Take messages of hers in; the caller saves.

    Raises:
        TicketMerged, TicketClosed: as for `add`.
    """
    held.require_whole()
    require_open_to_her(held)
    first, *_ = await add_words(held, Direction.IN, said)
    held.note(What.ADDED, after=first)
    heard(held)


def require_open_to_her(held: Hand) -> None:
    """Go on with a ticket that takes her word.

    Raises:
        TicketClosed: it was closed too long ago.
    """
    if held.phase is Phase.CLOSED and not _may_reopen(held):
        raise TicketClosed(ticket=held.number)


def heard(held: Hand) -> None:
    """What her word does to a ticket's state and stopwatch."""
    ask_again(held)
    held.set(heard_at=held.uow.now)


def ask_again(held: Hand) -> None:
    """Let a question of hers wait for an answer from now on."""
    held.go(after_her_word(held.phase))
    held.clock = targets.heard(held.clock, held.uow.now, held.spec.hours)


async def close(uow: UnitOfWork, me: PersonId, number: int) -> None:
    """She needs nothing more. Safe to repeat.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket of hers, or it became part of another.
    """
    held = await hand(uow, number, PERSON, of=me)
    held.require_whole()
    if held.phase in OPEN_PHASES:
        took = targets.reading(held.clock, uow.now, held.spec.hours)
        held.set(solved_at=uow.now, solution_took_us=took // MICROSECOND)
    if held.phase is not Phase.CLOSED:
        held.go(Phase.CLOSED)
    await held.save()


async def reopen(uow: UnitOfWork, me: PersonId, number: int, text: str) -> None:
    """It is not done, and why, where she says so. One that is open takes the words alone.

    Raises:
        AccountClosed: she has left.
        TicketUnknown, TicketMerged: there is no such ticket of hers, or it became part of another.
        TicketClosed: it was closed too long ago.
        TicketTextTooLong: that is too much for one message.
    """
    if says_anything(text):
        await add(uow, me, number, Words(text=text))
        return
    await people.member(uow, me)
    held = await hand(uow, number, PERSON, of=me)
    held.require_whole()
    require_open_to_her(held)
    if held.phase in (Phase.SOLVED, Phase.CLOSED):
        heard(held)
    await held.save()


async def rate(uow: UnitOfWork, me: PersonId, number: int, rating: Rating) -> None:
    """How content she is, once; a solved ticket is closed by it. The same stars again change nothing.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket of hers, or it became part of another.
        TicketNotDone: it is still open.
        TicketRated: she gave other stars before.
        TicketTextTooLong: that is too much for one message.
    """
    if units(rating.text) > TEXT_MAX:
        raise TicketTextTooLong(length=units(rating.text), most=TEXT_MAX)
    held = await hand(uow, number, PERSON, of=me)
    held.require_whole()
    before = held.row["rating"]
    if before is not None and before != rating.stars:
        raise TicketRated(ticket=number, stars=before)
    if held.phase in OPEN_PHASES:
        raise TicketNotDone(ticket=number)
    if held.change(What.RATED, "rating", rating.stars):
        held.set(rating_text=rating.text or None)
        held.go(Phase.CLOSED)
    await held.save()


def _may_reopen(held: Hand) -> bool:
    return may_reopen(held.phase, held.row["closed_at"], held.uow.now, held.spec.reopen_within)
