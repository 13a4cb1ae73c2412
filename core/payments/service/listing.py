"""Use cases of lists that are made: look at one, hold, let go, approve, cancel."""

from sqlalchemy import RowMapping, select

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.payments.model import (
    FourEyes,
    ListCard,
    ListMoved,
    ListNotIn,
    ListState,
    ListUnknown,
    PaymentCard,
    PaymentNotIn,
    PaymentState,
    PaymentUnknown,
)
from core.payments.service import showing
from core.payments.service.posting import Deed, Posted, post
from core.payments.store import accounts, payables
from core.payments.store import lists as store

OPEN_LISTS = (ListState.MAKING, ListState.DRAFT, ListState.APPROVED)
UNAPPROVED = (ListState.MAKING, ListState.DRAFT)
STOPPABLE = (PaymentState.OPEN, PaymentState.HELD)


async def approve(uow: UnitOfWork, number: int) -> ListCard:
    """Let a list go to the bank: by somebody who neither made it nor named an account in it.

    Raises:
        ListUnknown: there is no such list.
        ListNotIn: it is no draft.
        FourEyes: it is not for her to approve.
    """
    row = await _locked(uow, number, ListState.DRAFT)
    payees = select(store.PAYMENTS.c.bank_account_id).where(store.PAYMENTS.c.list_id == number)
    if row["made_by"] == uow.actor or await accounts.written_by(uow, payees, uow.actor):
        raise FourEyes(list=str(number))
    approval = {"state": ListState.APPROVED.value, "approved_by": uow.actor, "approved_at": uow.now}
    await store.move(uow, number, ListState.DRAFT, **approval)
    return await _moved(uow, number, ListState.APPROVED)


async def cancel(uow: UnitOfWork, number: int) -> ListCard:
    """Give a list up before its export began, even in the making; the next one may have what it held.

    Raises:
        ListUnknown, ListNotIn: there is no such list, or the bank may have it.
    """
    row = await _locked(uow, number, *OPEN_LISTS)
    await post(uow, Deed.FREED, await _to_post(uow, number, *STOPPABLE))
    for state in STOPPABLE:
        await store.change_all(uow, number, state, state=PaymentState.CANCELLED.value)
    await payables.free_all(uow, number)
    await store.move(uow, number, ListState(row["state"]), state=ListState.CANCELLED.value, cancelled_by=uow.actor)
    await store.count(uow, number)
    return await _moved(uow, number, ListState.CANCELLED)


async def hold(uow: UnitOfWork, end_to_end_id: str, reason: str) -> PaymentCard:
    """Keep a payment out of its list's files. It keeps what it pays until it is let go.

    Raises:
        PaymentUnknown, ListNotIn: there is no such payment, or its list's export began.
        PaymentNotIn: it is not open.
    """
    row = await _payment(uow, end_to_end_id)
    await _locked(uow, row["list_id"], *OPEN_LISTS)
    held = {"state": PaymentState.HELD.value, "reason": reason}
    if not await store.change(uow, [row["id"]], PaymentState.OPEN, **held):
        raise PaymentNotIn(payment=end_to_end_id, state=row["state"])
    await store.count(uow, row["list_id"])
    return showing.payment(await _payment(uow, end_to_end_id))


async def let_go(uow: UnitOfWork, end_to_end_id: str) -> PaymentCard:
    """End a payment's hold: its list has it again, or the next one where this one is with the bank.

    Raises:
        PaymentUnknown: there is no such payment.
        PaymentNotIn: it is not held.
    """
    row = await _payment(uow, end_to_end_id)
    number = row["list_id"]
    found = await _found(uow, number)
    is_open = found["state"] in UNAPPROVED
    state = PaymentState.OPEN if is_open else PaymentState.CANCELLED
    if not await store.change(uow, [row["id"]], PaymentState.HELD, state=state.value, reason=None):
        raise PaymentNotIn(payment=end_to_end_id, state=row["state"])
    if not is_open:
        person = PersonId(row["person_id"])
        await post(uow, Deed.FREED, [Posted(row["id"], person, row["amount_minor"], row["currency"])])
        await payables.free(uow, number, [person])
    await store.count(uow, number)
    return showing.payment(await _payment(uow, end_to_end_id))


async def card(uow: UnitOfWork, number: int) -> ListCard:
    """A list with its control sums and files.

    Raises:
        ListUnknown: there is no such list.
    """
    row = await store.row(uow, number)
    if row is None:
        raise ListUnknown(list=str(number))
    return showing.card(row, await store.states(uow, number), await store.files(uow, number))


async def _moved(uow: UnitOfWork, number: int, state: ListState) -> ListCard:
    await uow.emit(ListMoved(number=number, state=state))
    return await card(uow, number)


async def _found(uow: UnitOfWork, number: int) -> RowMapping:
    row = await store.row(uow, number, locked=True)
    if row is None:
        raise ListUnknown(list=str(number))
    return row


async def _locked(uow: UnitOfWork, number: int, *states: ListState) -> RowMapping:
    """A list that is in one of the states and whose export has not begun, held until the transaction ends."""
    row = await _found(uow, number)
    if row["state"] not in states or row["frozen_at"] is not None:
        state = "exporting" if row["frozen_at"] is not None and row["state"] == ListState.APPROVED else row["state"]
        raise ListNotIn(list=str(number), state=state, needed=[one.value for one in states])
    return row


async def _payment(uow: UnitOfWork, end_to_end_id: str) -> RowMapping:
    row = await store.payment(uow, end_to_end_id)
    if row is None:
        raise PaymentUnknown(payment=end_to_end_id)
    return row


async def _to_post(uow: UnitOfWork, number: int, *states: PaymentState) -> list[Posted]:
    return [Posted(*one) for one in await store.to_post(uow, number, *states)]
