"""People whom SEPA does not reach are told of by its lists, and paid by lists in CSV."""

import csv
from datetime import timedelta

import pytest
from sqlalchemy import text

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.payments import job, service
from core.payments.model import (
    BankAccountWish,
    CompanyAccountWish,
    Format,
    FormatNotTaken,
    ListCard,
    ListWish,
    NothingInFormat,
    Why,
)
from core.payments.rules.rendering import rendered
from tests.core.payments.company import (
    APPROVER,
    CLERK,
    DAY,
    MAKER,
    as_staff,
    found,
    made,
    made_of,
    owe,
    release,
    require_sound,
    states,
)

IN_US = BankAccountWish(holder="Ben", country="US", account="000123456789", bank_code="021000021", currency="EUR")
IN_MEXICO = BankAccountWish(holder="Cleo", country="MX", account="002010077777777771", currency="EUR")
SEPA_WISH = ListWish(currency="EUR", execution_on=DAY)
CSV_WISH = SEPA_WISH.model_copy(update={"format": Format.CSV})


async def abroad(uow: UnitOfWork) -> dict[str, PersonId]:
    """Ana has her account in Spain, Ben has his in the US, Cleo hers in Mexico; theirs took the place of others."""
    people = await found(uow)
    await as_staff(uow, CLERK)
    for code, wish in (("Ben", IN_US), ("Cleo", IN_MEXICO)):
        account = await service.set_account(uow, code, wish)
        assert account.usable_from == uow.now + timedelta(days=3)
    uow.now += timedelta(days=3)
    await as_staff(uow, MAKER)
    return people


async def exported(uow: UnitOfWork, card: ListCard) -> dict[str, bytes]:
    """A list's only file, by its endings."""
    await as_staff(uow, APPROVER)
    await service.approve(uow, card.number)
    await service.freeze(uow, card.number, set())
    [file] = await service.bank_files(uow, card.number)
    await as_staff(uow, MAKER)
    return rendered(file)


async def test_sepa_leaves_them_out_and_a_list_in_csv_pays_them(uow: UnitOfWork) -> None:
    people = await abroad(uow)
    await owe(uow, people, {"Ana": 1000, "Ben": 2000, "Cleo": 3000})
    card = await made(uow)
    assert (card.format, card.count, card.sum_minor) == (Format.SEPA_2019, 1, 1000)
    waiting = [(one.person, one.why, one.pays) for _, one in await service.left_out(uow, "EUR", {people["Cleo"]})]
    assert waiting == [("Ben", Why.OUTSIDE_SEPA, Format.CSV), ("Cleo", Why.ON_HOLD, None)]
    assert await service.outside_sepa(uow, "EUR", {people["Cleo"]}) == [("Ben", 2000)]
    assert set(await exported(uow, card)) == {"xml", "csv"}
    other = await made_of(uow, CSV_WISH)
    assert (other.format, set(await states(uow, other.number))) == (Format.CSV, {"Ben", "Cleo"})
    files = await exported(uow, other)
    assert set(files) == {"csv"}
    rows = list(csv.DictReader(files["csv"].decode().splitlines()))
    assert [(row["kind"], row["country"], row["account"], row["bank_code"], row["amount"]) for row in rows] == [
        ("account", "US", "000123456789", "021000021", "20.00"),
        ("account", "MX", "002010077777777771", "002", "30.00"),
        ("", "", "", "", "50.00"),
    ]
    assert await service.left_out(uow, "EUR", set()) == []
    await require_sound(uow)


async def test_numbers_are_masked_and_the_same_account_changes_nothing(uow: UnitOfWork) -> None:
    people = await abroad(uow)
    await owe(uow, people, {"Ben": 2000})
    again = IN_US.model_copy(update={"account": "0001 2345-6789", "country": "us"})
    [now, former] = await service.accounts_of(uow, "Ben")
    assert await service.set_account(uow, "Ben", again) == now
    assert (now.account, now.bank_code, now.kind, former.account) == (
        "US •••• 6789",
        "021000021",
        "account",
        "DE89 •••• 3000",
    )
    card = await made_of(uow, CSV_WISH)
    assert [one.account for one in (await service.payments(uow, card.number, None)).items] == ["US •••• 6789"]
    assert [one.account for one in await service.of_person(uow, people["Ben"])] == ["US •••• 6789"]
    [state] = await service.payout_states(uow, people["Ben"], is_held=False)
    assert state.account == "US •••• 6789"


async def test_a_list_made_in_csv_stays_so_and_one_in_sepa_follows_the_company(uow: UnitOfWork) -> None:
    people = await abroad(uow)
    await owe(uow, people, {"Ana": 1000, "Ben": 2000})
    with pytest.raises(FormatNotTaken):
        await service.begin(uow, SEPA_WISH.model_copy(update={"format": Format.SEPA_2009}), "me")
    sepa = await made(uow)
    making = await service.begin(uow, CSV_WISH, "first")
    assert (await service.begin(uow, SEPA_WISH, "second")).number == making.number
    assert (await service.card(uow, making.number)).format is Format.CSV
    assert set(await exported(uow, await made_of(uow, SEPA_WISH))) == {"csv"}
    wish = CompanyAccountWish(holder="Small", country="US", account="1234567", bank_code="021000021", format=Format.CSV)
    account = await service.set_company_account(uow, "EUR", wish)
    assert (account.account, account.country) == ("US •••• 67", "US")
    assert set(await exported(uow, sepa)) == {"csv"}


async def test_the_answer_to_making_a_list_names_whom_its_format_leaves_out(database: Database) -> None:
    async with database.begin() as uow:
        people = await abroad(uow)
        uow.now -= timedelta(days=3)
        await as_staff(uow, "system")
        await release(uow, people, {"Ana": 1000, "Ben": 2000, "Cleo": 3000})
        await uow.connection.execute(text("UPDATE bank_account SET usable_from = since"))
        await uow.commit()
    card = await job.make(database, SEPA_WISH, actor=MAKER)
    facts = {"count": 2, "amount": "50.00 EUR", "people": ["Ben", "Cleo"], "other": "csv"}
    assert [(one.code, one.facts) for one in card.findings] == [("payments_outside_sepa", facts)]
    with pytest.raises(NothingInFormat) as refused:
        await job.make(database, SEPA_WISH, actor=MAKER)
    assert refused.value.facts == {"currency": "EUR", "people": ["Ben", "Cleo"], "other": "csv"}
    card = await job.make(database, CSV_WISH, actor=MAKER)
    assert (card.count, card.sum_minor, card.findings) == (2, 5000, ())
