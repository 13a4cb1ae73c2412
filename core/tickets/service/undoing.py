"""Taking an answer back before it goes out."""

from dataclasses import replace

from core.db.unit_of_work import UnitOfWork
from core.messaging import outbox
from core.messaging.model import OutboxState
from core.messaging.outcomes import outcomes
from core.plan.model import Phase
from core.tickets.model import DUE_PHASES, AnswerGone, Direction, What
from core.tickets.rules.targets import Clock
from core.tickets.rules.wording import subject_of
from core.tickets.service.answering import Member, of_before
from core.tickets.service.hand import Hand, hand
from core.tickets.service.hearing import ask_again
from core.tickets.service.telling import keys_of, occasion
from core.tickets.store import messages as words
from core.tickets.store.rows import Row

MESSAGES_MAX = 100
"""More is never written to somebody within the seconds in which the first words can be taken back."""


async def take_back(uow: UnitOfWork, member: Member, number: int, message: int) -> None:
    """Undo an answer that has not gone out: nothing of it reaches her, and the ticket is as if it were never given.

    What happened to the ticket since stays: her word, a move, another answer. An answer that went to another ticket by
    a merge or a split is found under its old number too.

    Raises:
        TicketUnknown: there is no such ticket.
        AnswerGone: it is on its way, was taken back before, or there is none.
    """
    held = await hand(uow, await words.where(uow, number, message) or number, member.name)
    row = await words.one(uow, held.number, message)
    if row is None or row["direction"] != Direction.OUT or row["withdrawn_at"] is not None or row["goes_at"] is None:
        raise AnswerGone(answer=message)
    await _cancel(uow, message)
    await words.change(uow, message, {"withdrawn_at": uow.now})
    held.note(What.WITHDRAWN, before=message)
    if held.row["shown_from"] == row["goes_at"] and held.row["heard_at"] is None:
        await _begin_later(held, row)
    elif row["undo"] is not None and not await words.answered_after(uow, held.number, message):
        _restore(held, row)
    await held.save()


async def _cancel(uow: UnitOfWork, message: int) -> None:
    """Take back all that belongs to it. Its words decide: files that still wait do not make them unsaid."""
    await outbox.cancel(uow, occasion(message))
    [key] = keys_of(message, ())
    told = (await outcomes(uow, [key])).get(key)
    if told is None or told.state is not OutboxState.CANCELLED:
        raise AnswerGone(answer=message)


async def _begin_later(held: Hand, row: Row) -> None:
    """The first words of a ticket that staff opened towards her are none: it begins with the next, or never did."""
    rows = await words.page(held.uow, held.number, before=None, limit=MESSAGES_MAX, hers=False)
    left = [one for one in rows[::-1] if one["direction"] == Direction.OUT and one["withdrawn_at"] is None]
    if not left:
        held.set(shown_from=None)
        held.go(Phase.CLOSED)
        return
    held.set(shown_from=left[0]["goes_at"])
    if held.row["subject"] == subject_of([row["text"]]):
        held.change(What.SUBJECT, "subject", subject_of([left[0]["text"]]) or str(held.number))


def _restore(held: Hand, row: Row) -> None:
    """As it was before the answer; where her word or a move led on since, only that the answer was none.

    What an answer was given to before a merge is the past of the other ticket: here her question waits again.
    """
    undo = row["undo"]
    before, clock = of_before(undo), Clock.of(undo["clock"])
    if row["came_with"] != held.number:
        if Phase(before["phase"]) in DUE_PHASES:
            ask_again(held)
        return
    held.set(first_answered_at=before["first_answered_at"], first_answer_took_us=before["first_answer_took_us"])
    if undo["led_to"] == held.row["state"]:
        held.change(What.STATE, "state", before["state"])
        held.set(**before)
        held.clock = clock
        return
    asked = held.clock.asked if clock.asked is None else clock.asked
    held.clock = replace(held.clock, answered=clock.answered, asked=asked if clock.answered else None)
