"""Taking over what released runs pay: from what people have earned to what is payable."""

from collections.abc import Sequence
from typing import Protocol

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Move, Purpose
from core.payments.model import NotTaken
from core.payments.store import payables as store

DUE = "payments.due"


class Payout(Protocol):
    """What a run says of one person in one currency, as this room needs it."""

    @property
    def person(self) -> PersonId:
        """Whom it pays."""
        ...

    @property
    def currency(self) -> str:
        """In what."""
        ...

    @property
    def paid(self) -> int:
        """How much, in minor units; the rest is carried over by the run."""
        ...


async def take_some(uow: UnitOfWork, run: int, cycle: str, payouts: Sequence[Payout]) -> int:
    """Make a run's payouts payable, once: those that were taken over before are passed by.

    What she has earned may be below zero afterwards, as what the run carries over may be: a debt of which returns take
    back a part only at a time (`recovery_max`) does not keep the rest from being paid.

    Args:
        payouts: the next of the run's, by person and currency. None ends the run.

    Returns:
        How many became payable.
    """
    before = await store.progress(uow, run)
    if not payouts:
        await store.note_done(uow, run)
        return 0
    new = [one for one in payouts if (one.person, one.currency) > (before.done_person, before.done_currency)]
    due = [one for one in new if one.paid > 0]
    await store.add(uow, [(run, cycle, one.person, one.currency, one.paid) for one in due])
    for currency in sorted({one.currency for one in due}):
        await ledger.move_all(
            uow,
            [_move(run, one) for one in due if one.currency == currency],
            kind=DUE,
            reason=cycle,
            document_kind="payable",
            unit=currency,
            source=Purpose.COMMISSIONS_EARNED,
            target=Purpose.COMMISSIONS_PAYABLE,
            least=None,
        )
    if new:
        await store.note_progress(uow, run, new[-1].person, new[-1].currency)
    return len(due)


async def left_of(uow: UnitOfWork, run: int, cycle: str, currency: str, pays: tuple[int, int]) -> NotTaken | None:
    """What of a run is not taken over yet; None where that is nothing.

    Args:
        pays: how much the run pays in the currency, and to how many people.
    """
    amount, people = await store.taken_of(uow, run, currency)
    if pays[1] == people:
        return None
    return NotTaken(run=run, cycle=cycle, currency=currency, amount_minor=pays[0] - amount, people=pays[1] - people)


async def taken(uow: UnitOfWork) -> set[int]:
    """Runs that are taken over whole."""
    return await store.taken(uow)


def _move(run: int, payout: Payout) -> Move:
    name = f"{run}:{payout.person}:{payout.currency}"
    return Move(key=f"{DUE}:{name}", document=name, person=payout.person, amount=payout.paid)
