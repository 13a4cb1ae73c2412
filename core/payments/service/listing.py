"""Use cases of lists up to their approval: make one, look at it, hold, let go, approve, cancel."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, select

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.payments.model import (
    Format,
    FourEyes,
    ListCard,
    ListMoved,
    ListNotIn,
    ListState,
    ListUnknown,
    ListWish,
    NothingToPay,
    PaymentCard,
    PaymentNotIn,
    PaymentState,
    PaymentUnknown,
    TooEarly,
)
from core.payments.rules.splitting import largest, taken_off
from core.payments.service import showing
from core.payments.service.accounts import company_row
from core.payments.service.posting import Deed, Posted, payable, post
from core.payments.store import accounts, payables
from core.payments.store import lists as store
from core.plan import service as plans

OPEN_LISTS = (ListState.DRAFT, ListState.APPROVED)
STOPPABLE = (PaymentState.OPEN, PaymentState.HELD)


@dataclass(frozen=True, slots=True)
class Due:
    """What a list pays one person."""

    person: PersonId
    account: int | None
    parts: tuple[tuple[int, int, str], ...]
    """Number, amount and cycle of each payable, the oldest run first."""

    @property
    def amount_minor(self) -> int:
        """All of it together."""
        return sum(amount for _, amount, _ in self.parts)

    @property
    def cycles(self) -> str:
        """The cycles that it pays, as she reads them."""
        return " ".join(dict.fromkeys(cycle for _, _, cycle in self.parts))


async def make(uow: UnitOfWork, wish: ListWish, held: Collection[PersonId]) -> ListCard:
    """A list of all that can be paid in a currency today, one payment a person.

    Args:
        held: people to whom nothing is to be paid now.

    Raises:
        CompanyAccountMissing: the company has no account to pay this currency from.
        TooEarly: the day is over.
        NothingToPay: nobody is to be paid, or can be.
    """
    company = await company_row(uow, wish.currency)
    zone = ZoneInfo((await plans.plan_in_force(uow, uow.now)).calendar.time_zone)
    today = uow.now.astimezone(zone).date()
    if wish.execution_on < today:
        raise TooEarly(today=today.isoformat())
    is_sepa = Format(company["format"]).is_sepa
    number = await store.add(uow, {**wish.model_dump(), "made_by": uow.actor, "made_at": uow.now})
    await payables.bind(uow, number, wish.currency, is_sepa=is_sepa)
    await payables.free(uow, number, sorted(held))
    most = largest(company["amount_max_minor"], is_sepa=is_sepa)
    dues = await _reconciled(uow, wish.currency, _by_person(await payables.of_list(uow, number, wish.currency)))
    fit = [one for one in dues if one.account is not None and (most is None or one.amount_minor <= most)]
    taken = {one.person for one in fit}
    await payables.free(uow, number, [one.person for one in dues if one.person not in taken])
    if not fit:
        raise NothingToPay(currency=wish.currency)
    await store.add_payments(uow, _rows(number, fit))
    await post(uow, Deed.LISTED, await _to_post(uow, number, PaymentState.OPEN))
    await store.count(uow, number)
    return await _moved(uow, number, ListState.DRAFT)


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
    """Give a list up before its export began; the next one may have what it held.

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
    is_open = found["state"] == ListState.DRAFT
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


def _by_person(rows: Sequence[tuple[int, int, int, str, int | None]]) -> Iterator[Due]:
    """What each person is due, of rows by person: person, payable, amount, cycle and account."""
    for person, some in groupby(rows, key=itemgetter(0)):
        hers = list(some)
        yield Due(PersonId(person), hers[0][4], tuple((number, amount, cycle) for _, number, amount, cycle, _ in hers))


async def _reconciled(uow: UnitOfWork, currency: str, dues: Iterator[Due]) -> list[Due]:
    """What is due, less what people turned into something else since; of that nothing is left to pay."""
    found = {due.person: due for due in dues}
    for person, balance in (await payable(uow, list(found), currency)).items():
        parts = found[person].parts
        used = taken_off([amount for _, amount, _ in parts], found[person].amount_minor - balance)
        for (number, _, _), amount in zip(parts, used, strict=True):
            if amount:
                await payables.use(uow, number, amount)
        left = [(number, amount - off, cycle) for (number, amount, cycle), off in zip(parts, used, strict=True)]
        found[person] = replace(found[person], parts=tuple(part for part in left if part[1]))
    return [due for due in found.values() if due.parts]


async def _to_post(uow: UnitOfWork, number: int, *states: PaymentState) -> list[Posted]:
    return [Posted(*one) for one in await store.to_post(uow, number, *states)]


def _rows(number: int, dues: Sequence[Due]) -> Iterator[tuple[Any, ...]]:
    """The payments, numbered; an id names list and position, so that no two lists ever share one."""
    for position, due in enumerate(dues, 1):
        name = f"UP{number:06d}-{position:07d}"
        yield number, position, due.person, due.account, due.amount_minor, name, due.cycles, PaymentState.OPEN.value
