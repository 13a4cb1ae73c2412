"""Use cases of making a list: begin it, fill it some people at a time, and let it be seen as a draft.

A list is in the making under the name of one maker. Whoever makes a list of the same currency meanwhile takes it over
and goes on behind the last person in it, so a maker that was killed leaves nothing to mend; the one before is told with
her next step. Each step is a short transaction, after which payments, payables and the book agree.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.payments.model import (
    Format,
    FormatNotTaken,
    ListCard,
    ListMoved,
    ListState,
    ListWish,
    NothingToPay,
    PaymentsOvertaken,
    PaymentState,
    TooEarly,
)
from core.payments.rules.splitting import largest, taken_off
from core.payments.service.accounts import company_row
from core.payments.service.listing import card
from core.payments.service.posting import Deed, Posted, payable, post
from core.payments.store import lists as store
from core.payments.store import payables
from core.payments.wording import remittance
from core.plan import service as plans
from i18n.translator import translator

PEOPLE_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Making:
    """A list that is being made, and by whom."""

    number: int
    currency: str
    maker: str
    """Another one for each that takes the list over."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a list pays one person."""

    person: PersonId
    account: int
    parts: tuple[tuple[int, int, str], ...]
    """Number, amount and cycle of each payable, the oldest run first."""

    @property
    def amount_minor(self) -> int:
        """All of it together."""
        return sum(amount for _, amount, _ in self.parts)

    @property
    def cycles(self) -> list[str]:
        """The cycles that it pays, each once."""
        return list(dict.fromkeys(cycle for _, _, cycle in self.parts))


async def begin(uow: UnitOfWork, wish: ListWish, maker: str) -> Making:
    """Begin a list in a currency, or take over the one that is being made, which keeps its format.

    Raises:
        CompanyAccountMissing: the company has no account to pay this currency from.
        FormatNotTaken: its bank takes SEPA files of another version, or none.
        TooEarly: the day is over.
    """
    takes = Format((await company_row(uow, wish.currency))["format"])
    chosen = wish.format or takes
    if chosen not in (takes, Format.CSV):
        raise FormatNotTaken(currency=wish.currency, format=takes.value)
    zone = ZoneInfo((await plans.plan_in_force(uow, uow.now)).calendar.time_zone)
    today = uow.now.astimezone(zone).date()
    if wish.execution_on < today:
        raise TooEarly(today=today.isoformat())
    values = {"execution_on": wish.execution_on, "made_by": uow.actor, "made_at": uow.now, "maker": maker}
    number = await store.taken_over(uow, wish.currency, values)
    if number is None:
        number = await store.add(uow, {"currency": wish.currency, "format": chosen.value, **values})
    return Making(number, wish.currency, maker)


async def fill(uow: UnitOfWork, making: Making, held: Collection[PersonId]) -> bool:
    """Put the next people into a list, one payment each of all that can be paid to them; False when all are in.

    Args:
        held: people to whom nothing is to be paid now.

    Raises:
        PaymentsOvertaken: somebody else goes on with it, or has given it up.
    """
    row = await _held(uow, making)
    after, is_sepa = PersonId(row["done_person"]), Format(row["format"]).is_sepa
    company = await company_row(uow, making.currency)
    rows = await payables.ready(uow, making.currency, is_sepa=is_sepa, after=after, limit=PEOPLE_AT_ONCE)
    if not rows:
        return False
    most = largest(company["amount_max_minor"], is_sepa=is_sepa)
    dues = await _reconciled(uow, making.currency, (due for due in _by_person(rows) if due.person not in held))
    fit = [due for due in dues if most is None or due.amount_minor <= most]
    await payables.bind(uow, making.number, [number for due in fit for number, _, _ in due.parts])
    position = await store.last_position(uow, making.number)
    speaks = await payables.languages(uow, [due.person for due in fit])
    texts = [remittance(company["holder"], due.cycles, translator(speaks[due.person])) for due in fit]
    await store.add_payments(uow, _rows(making.number, position, fit, texts))
    await post(uow, Deed.LISTED, [Posted(*one) for one in await store.to_post(uow, making.number, after=position)])
    await store.grown(uow, making.number, rows[-1][0], len(fit), sum(due.amount_minor for due in fit))
    return True


async def publish(uow: UnitOfWork, making: Making) -> ListCard:
    """Let a list that is filled be seen as a draft.

    Raises:
        PaymentsOvertaken: somebody else goes on with it, or has given it up.
        NothingToPay: nobody is in it; it is gone.
    """
    await _held(uow, making)
    if not await store.last_position(uow, making.number):
        raise NothingToPay(currency=making.currency)
    await store.move(uow, making.number, ListState.MAKING, state=ListState.DRAFT.value, maker=None)
    await uow.emit(ListMoved(number=making.number, state=ListState.DRAFT))
    return await card(uow, making.number)


async def forget(uow: UnitOfWork, making: Making) -> None:
    """Forget a list that nobody is in."""
    await store.forget_empty(uow, making.number, making.maker)


async def _held(uow: UnitOfWork, making: Making) -> RowMapping:
    """The list, held until the transaction ends."""
    row = await store.row(uow, making.number, locked=True)
    if row is None or row["state"] != ListState.MAKING or row["maker"] != making.maker:
        raise PaymentsOvertaken
    return row


def _by_person(rows: Sequence[tuple[int, int, int, str, int]]) -> Iterator[Due]:
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


def _rows(number: int, position: int, dues: Sequence[Due], texts: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The payments, numbered; an id names list and position, so that no two lists ever share one."""
    for place, (due, text) in enumerate(zip(dues, texts, strict=True), position + 1):
        paid = number, place, due.person, due.account, due.amount_minor
        yield *paid, f"UP{number:06d}-{place:07d}", " ".join(due.cycles), text, PaymentState.OPEN.value
