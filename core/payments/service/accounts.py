"""Use cases of bank accounts."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.payments.model import (
    AccountNotice,
    AccountUnknown,
    BankAccount,
    BankAccountChanged,
    BankAccountWish,
    BankTakes,
    CompanyAccount,
    CompanyAccountChanged,
    CompanyAccountMissing,
    CompanyAccountWish,
    PaymentsOvertaken,
    SepaNeedsEuro,
)
from core.payments.rules.account_file import FileAccount
from core.payments.rules.accounts import EURO, Checked, Written, checked, usable_from
from core.payments.rules.numbers import masked
from core.payments.store import accounts as store
from core.people import service as people

WAITING_DAYS = 3
"""Where the company has not said otherwise."""
SAME = ("holder", "kind", "account", "bank_code", "country")


async def set_account(uow: UnitOfWork, code: str, wish: BankAccountWish) -> BankAccount:
    """Pay a person's currency to this account from now on; the one that she has already changes nothing.

    Raises:
        PersonUnknown: nobody has this code.
        AccountUnfit: it cannot be an account, each way by a name of its own.
    """
    account = checked(Written.of(wish), wish.currency)
    person = await people.person_id(uow, code, locked=True)
    await record(uow, [FileAccount(0, person, account)])
    found = await store.current(uow, [person])
    return shown(found[person, account.currency])


async def end_account(uow: UnitOfWork, code: str, currency: str) -> None:
    """Pay nothing more to a person's account.

    Raises:
        PersonUnknown: nobody has this code.
        AccountUnknown: she has none for this currency.
    """
    person = await people.person_id(uow, code, locked=True)
    row = (await store.current(uow, [person])).get((person, currency))
    if row is None:
        raise AccountUnknown(person=code, currency=currency)
    await store.end(uow, [row["id"]])
    await uow.emit(BankAccountChanged(person=person, person_id=person, currency=currency, usable_from=None))


async def accounts_of(uow: UnitOfWork, code: str) -> list[BankAccount]:
    """All accounts that a person ever had, masked, those of today first.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return [shown(row) for row in await store.of_person(uow, await people.person_id(uow, code))]


async def record(uow: UnitOfWork, accounts: Sequence[FileAccount]) -> AccountNotice:
    """Write the accounts of many people, one each for a currency; what they have already stays.

    Raises:
        PaymentsOvertaken: somebody changed one of them at the same moment.
    """
    everybody = sorted({one.person for one in accounts})
    known, former = await store.current(uow, everybody), await store.former(uow, everybody)
    waits = await store.waiting_days(uow)
    new = [one for one in accounts if not _is_same(known.get(_key(one)), one.account)]
    replaced = [known[_key(one)]["id"] for one in new if _key(one) in known]
    if await store.end(uow, replaced) != len(replaced):
        raise PaymentsOvertaken
    rows = [
        _row(uow, one, is_change=_key(one) in former, waiting_days=waits.get(one.account.currency, WAITING_DAYS))
        for one in new
    ]
    if rows:
        await store.add(uow, rows)
    await uow.emit_all(_changed(row) for row in rows)
    return AccountNotice(added=len(new) - len(replaced), changed=len(replaced), unchanged=len(accounts) - len(new))


async def set_company_account(uow: UnitOfWork, currency: str, wish: CompanyAccountWish) -> CompanyAccount:
    """Pay a currency from this account from now on.

    Raises:
        SepaNeedsEuro: the format is SEPA's, and the currency is not the euro or the account outside its area.
        AccountUnfit: it cannot be an account, each way by a name of its own.
    """
    account = checked(Written.of(wish), currency)
    if wish.format.is_sepa and not (currency == EURO and account.is_sepa):
        raise SepaNeedsEuro(currency=currency)
    takes = wish.model_dump(mode="json", include=set(BankTakes.model_fields))
    await store.set_company(uow, currency, {name: _words(account)[name] for name in SAME} | takes)
    await uow.emit(CompanyAccountChanged(currency=currency, **takes))
    return await company_account(uow, currency)


async def company_account(uow: UnitOfWork, currency: str) -> CompanyAccount:
    """From where a currency is paid, masked.

    Raises:
        CompanyAccountMissing: from nowhere yet.
    """
    return shown_company(await company_row(uow, currency))


async def company_accounts(uow: UnitOfWork) -> list[CompanyAccount]:
    """From where each currency is paid, masked."""
    return [shown_company(row) for row in await store.companies(uow)]


async def company_row(uow: UnitOfWork, currency: str) -> RowMapping:
    """From where a currency is paid, as it is stored; for this room's own use.

    Raises:
        CompanyAccountMissing: from nowhere yet.
    """
    row = await store.company(uow, currency)
    if row is None:
        raise CompanyAccountMissing(currency=currency)
    return row


def shown(row: RowMapping) -> BankAccount:
    """An account as it may be seen."""
    same = {name: row[name] for name in BankAccount.model_fields if name != "account"}
    return BankAccount(**same, account=shown_number(row))


def shown_company(row: RowMapping) -> CompanyAccount:
    """The company's account as it may be seen."""
    same = {name: row[name] for name in CompanyAccount.model_fields if name != "account"}
    return CompanyAccount(**same, account=shown_number(row))


def shown_number(row: RowMapping) -> str:
    """The number of an account, masked, of any row that has its kind and country."""
    return masked(row["account"], row["kind"], row["country"])


def _key(one: FileAccount) -> tuple[PersonId, str]:
    return one.person, one.account.currency


def _is_same(row: RowMapping | None, account: Checked) -> bool:
    return row is not None and all(row[name] == getattr(account, name) for name in SAME)


def _row(uow: UnitOfWork, one: FileAccount, *, is_change: bool, waiting_days: int) -> dict[str, Any]:
    return {
        **_words(one.account),
        "person_id": one.person,
        "since": uow.now,
        "usable_from": usable_from(uow.now, is_change=is_change, waiting_days=waiting_days),
        "changed_by": uow.actor,
    }


def _words(account: Checked) -> dict[str, Any]:
    return asdict(account) | {"kind": account.kind.value}


def _changed(row: dict[str, Any]) -> BankAccountChanged:
    person = row["person_id"]
    return BankAccountChanged(person=person, person_id=person, currency=row["currency"], usable_from=row["usable_from"])
