"""Use cases of what a bank reports: what it would change, changing it some at a time, and what that completes."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from core.db.unit_of_work import UnitOfWork
from core.exchange.rules.findings import Findings
from core.payments.model import Entry, ListMoved, ListState, PaymentsOvertaken, PaymentState
from core.payments.rules.booking import Booking, Change, booking
from core.payments.service.announcing import tell
from core.payments.service.posting import Deed, Posted, post
from core.payments.store import lists as store
from core.payments.store import payables, reports


async def looked_up(uow: UnitOfWork, entries: Sequence[Entry], findings: Findings) -> tuple[Booking, list[int]]:
    """What a report would change, and the lists that it is about, changed or not."""
    names = sorted({entry.end_to_end_id for entry in entries if entry.end_to_end_id is not None})
    messages = sorted({entry.message_id for entry in entries if entry.end_to_end_id is None and entry.message_id})
    named, files = await reports.named(uow, names), await reports.in_files(uow, messages)
    everything = [*named.values(), *(one for some in files.values() for one in some)]
    return booking(entries, named, files, findings), sorted({one.list for one in everything})


async def book_paid(uow: UnitOfWork, changes: Sequence[Change]) -> None:
    """Payments that the bank has made leave the book.

    Raises:
        PaymentsOvertaken: another report said so at the same moment.
    """
    for on, some in _by_day(changes):
        await _settle(uow, some, PaymentState.EXPORTED, PaymentState.PAID, on)
    await post(uow, Deed.PAID, _posted(changes))
    await tell(uow, changes, PaymentState.PAID)


async def book_returned(uow: UnitOfWork, changes: Sequence[Change]) -> None:
    """Payments that came back, or were refused, are payable again, and the next list takes them.

    Raises:
        PaymentsOvertaken: another report said so at the same moment.
    """
    was_paid = await _paid_among(uow, changes)
    for on, some in _by_day(changes):
        for reason in sorted({one.reason for one in some}, key=str):
            same = [one for one in some if one.reason == reason]
            paid = [one for one in same if one.payment.number in was_paid]
            unpaid = [one for one in same if one.payment.number not in was_paid]
            await _settle(uow, paid, PaymentState.PAID, PaymentState.RETURNED, on, reason)
            await _settle(uow, unpaid, PaymentState.EXPORTED, PaymentState.RETURNED, on, reason)
    await post(uow, Deed.RETURNED, _posted([one for one in changes if one.payment.number in was_paid]))
    await post(uow, Deed.FREED, _posted([one for one in changes if one.payment.number not in was_paid]))
    ordered = sorted(changes, key=lambda one: one.payment.list)
    for number, back in groupby(ordered, key=lambda one: one.payment.list):
        await payables.free(uow, number, sorted(one.payment.person for one in back))
    await tell(uow, changes, PaymentState.RETURNED)


async def complete(uow: UnitOfWork, lists: Sequence[int]) -> list[int]:
    """Mark lists booked for which the bank has answered in full.

    Returns:
        The runs in these lists of which everything is paid by now.
    """
    for number in lists:
        waits = await store.has_any(uow, number, PaymentState.EXPORTED)
        booked = {"state": ListState.BOOKED.value, "booked_at": uow.now}
        if not waits and await store.move(uow, number, ListState.EXPORTED, **booked):
            await uow.emit(ListMoved(number=number, state=ListState.BOOKED))
    return await paid_runs(uow, await payables.runs_of(uow, lists))


async def paid_runs(uow: UnitOfWork, runs: Sequence[int]) -> list[int]:
    """Those of the runs that are taken over whole and of which everything is paid, which may be nothing."""
    unfinished = await store.unfinished_runs(uow, runs)
    taken = await payables.taken(uow)
    return [run for run in runs if run in taken and run not in unfinished]


def _by_day(changes: Sequence[Change]) -> Iterable[tuple[date | None, list[Change]]]:
    ordered = sorted(changes, key=lambda one: one.on or date.min)
    for on, some in groupby(ordered, key=lambda one: one.on):
        yield on, list(some)


async def _settle(
    uow: UnitOfWork,
    changes: Sequence[Change],
    before: PaymentState,
    after: PaymentState,
    on: date | None,
    reason: str | None = None,
) -> None:
    numbers = [one.payment.number for one in changes]
    day = on or uow.now.date()
    done = await store.change(uow, numbers, before, state=after.value, settled_on=day, reason=reason)
    if done != len(numbers):
        raise PaymentsOvertaken


async def _paid_among(uow: UnitOfWork, changes: Sequence[Change]) -> set[int]:
    """Those that are paid by now, perhaps by the same report."""
    known = await reports.named(uow, [one.payment.end_to_end_id for one in changes])
    return {one.number for one in known.values() if one.state is PaymentState.PAID}


def _posted(changes: Sequence[Change]) -> list[Posted]:
    payments = [one.payment for one in changes]
    return [Posted(one.number, one.person, one.amount_minor, one.currency) for one in payments]
