"""Lists and payments as they are shown, to staff and to the person."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import RowMapping

from core.db.unit_of_work import UnitOfWork
from core.http.model import Page, read_cursor, write_cursor
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Purpose
from core.payments.model import (
    FileCard,
    Format,
    LeftOut,
    ListCard,
    ListState,
    PaymentCard,
    PaymentState,
    PayoutState,
    PersonPayment,
    Why,
)
from core.payments.rules.splitting import largest
from core.payments.service.accounts import company_row, shown_number
from core.payments.store import accounts, payables
from core.payments.store import lists as store

PAGE_SIZE = 100
OWN_PAYMENTS_MAX = 100
CARD_FIELDS = (
    "currency", "execution_on", "count", "sum_minor", "made_by", "made_at", "approved_by", "approved_at", "exported_at",
    "booked_at",
)  # fmt: skip
PAYMENT_FIELDS = ("position", "end_to_end_id", "holder", "amount_minor", "currency", "reason", "settled_on")


def card(row: RowMapping, states: Mapping[PaymentState, int], files: Sequence[RowMapping]) -> ListCard:
    """A list as staff see it."""
    payer = row["payer"] or row
    return ListCard(
        number=row["id"],
        state=ListState(row["state"]),
        payments=dict(states),
        format=Format(payer["format"]),
        files=tuple(file(one) for one in files),
        **{name: row[name] for name in CARD_FIELDS},
    )


def file(row: RowMapping) -> FileCard:
    """A file as staff see it."""
    same = {name: row[name] for name in ("number", "message_id", "count", "sum_minor")}
    return FileCard(**same, fingerprints=row["fingerprints"] or {})


def payment(row: RowMapping) -> PaymentCard:
    """A payment as staff see it."""
    return PaymentCard(
        list=row["list_id"],
        person=row["code"],
        account=shown_number(row),
        state=PaymentState(row["state"]),
        **{name: row[name] for name in PAYMENT_FIELDS},
    )


async def lists(uow: UnitOfWork, cursor: str | None) -> Page[ListCard]:
    """All lists, latest first.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    rows = await store.page(uow, before=_after(cursor), limit=PAGE_SIZE + 1)
    items = [card(row, await store.states(uow, row["id"]), ()) for row in rows[:PAGE_SIZE]]
    return Page[ListCard](items=items, next=write_cursor(items[-1].number) if len(rows) > PAGE_SIZE else None)


async def payments(uow: UnitOfWork, number: int, cursor: str | None) -> Page[PaymentCard]:
    """The payments of a list by position; none for a list that there is not.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    rows = await store.payments(uow, number, after=_after(cursor) or 0, limit=PAGE_SIZE + 1)
    items = [payment(row) for row in rows[:PAGE_SIZE]]
    return Page[PaymentCard](items=items, next=write_cursor(items[-1].position) if len(rows) > PAGE_SIZE else None)


async def left_out(
    uow: UnitOfWork, currency: str, held: Collection[PersonId], *, after: int = 0, limit: int = PAGE_SIZE
) -> list[tuple[PersonId, LeftOut]]:
    """What is payable and in no list, person by person, and why; those ready are taken by the next list.

    Args:
        held: people to whom nothing is to be paid now.
        after: the last person of the page before.

    Raises:
        CompanyAccountMissing: the company has no account to pay this currency from.
    """
    company = await company_row(uow, currency)
    is_sepa = Format(company["format"]).is_sepa
    most = largest(company["amount_max_minor"], is_sepa=is_sepa)
    rows = await payables.waiting(uow, currency, is_sepa=is_sepa, largest=most, after=after, limit=limit)
    found = []
    for row in rows:
        why = Why.ON_HOLD if row.person_id in held else Why(row.why)
        pays = _payer_of(why, row.amount, company)
        left = LeftOut(person=row.code, currency=currency, amount_minor=row.amount, why=why, pays=pays)
        found.append((PersonId(row.person_id), left))
    return found


def _payer_of(why: Why, amount_minor: int, company: RowMapping) -> Format | None:
    """The format that would pay it now: the company's own, CSV where SEPA alone is in the way, or none."""
    if why is Why.READY:
        return Format(company["format"])
    is_by_sepa = why in (Why.OUTSIDE_SEPA, Why.TOO_LARGE) and Format(company["format"]).is_sepa
    most = company["amount_max_minor"]
    return Format.CSV if is_by_sepa and (most is None or amount_minor <= most) else None


async def outside_sepa(uow: UnitOfWork, currency: str, held: Collection[PersonId]) -> list[tuple[str, int]]:
    """Whom a SEPA list leaves out and one in CSV would pay, by code, and how much.

    Raises:
        CompanyAccountMissing: the company has no account to pay this currency from.
    """
    company = await company_row(uow, currency)
    rows = await payables.outside_sepa(uow, currency, largest=company["amount_max_minor"])
    return [(code, amount) for person, code, amount in rows if person not in held]


async def of_person(uow: UnitOfWork, person: PersonId) -> list[PersonPayment]:
    """A person's payments as she sees them, latest first; those that were given up are left out."""
    rows = await store.of_person(uow, person, limit=OWN_PAYMENTS_MAX)
    return [
        PersonPayment(
            list=row["list_id"],
            cycles=row["cycles"],
            account=shown_number(row),
            state=PaymentState(row["state"]),
            **{name: row[name] for name in ("amount_minor", "currency", "execution_on", "settled_on", "reason")},
        )
        for row in rows
        if row["state"] != PaymentState.CANCELLED
    ]


async def payout_states(uow: UnitOfWork, person: PersonId, *, is_held: bool) -> list[PayoutState]:
    """What a person has in each currency besides payments on their way: carried, payable, and what is in the way."""
    balances = await ledger.balances(uow, person)
    carried = {one.unit: one.amount for one in balances if one.purpose is Purpose.COMMISSIONS_EARNED}
    waiting = {one.unit: one.amount for one in balances if one.purpose is Purpose.COMMISSIONS_PAYABLE and one.amount}
    current = {row["currency"]: row for row in await accounts.of_person(uow, person) if row["ended_at"] is None}
    currencies = {one for one, amount in carried.items() if amount} | waiting.keys() | current.keys()
    states = []
    for currency in sorted(currencies):
        account = current.get(currency)
        states.append(
            PayoutState(
                currency=currency,
                carried_minor=carried.get(currency, 0),
                payable_minor=waiting.get(currency, 0),
                why=await _why(uow, currency, waiting.get(currency, 0), account, is_held=is_held),
                account=None if account is None else shown_number(account),
                account_usable_from=None if account is None else account["usable_from"],
            )
        )
    return states


async def _why(
    uow: UnitOfWork, currency: str, payable: int, account: RowMapping | None, *, is_held: bool
) -> Why | None:
    if not payable:
        return None
    if is_held or account is None:
        return Why.ON_HOLD if is_held else Why.NO_ACCOUNT
    if account["usable_from"] > uow.now:
        return Why.ACCOUNT_WAITS
    company = await accounts.company(uow, currency)
    return Why.READY if company is None else _why_not_by(company, payable, account)


def _why_not_by(company: RowMapping, payable: int, account: RowMapping) -> Why:
    """Why the company's bank could not pay it; `READY` where it could."""
    is_sepa = Format(company["format"]).is_sepa
    if is_sepa and not account["is_sepa"]:
        return Why.OUTSIDE_SEPA
    most = largest(company["amount_max_minor"], is_sepa=is_sepa)
    return Why.TOO_LARGE if most is not None and payable > most else Why.READY


def _after(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    [number] = read_cursor(cursor, int)
    assert isinstance(number, int), "read_cursor checks the types"
    return number
