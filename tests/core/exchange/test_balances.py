"""Opening balances: every fault at once, and each balance once, however often its file comes."""

import pytest

from core.db.database import Database
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.plan import service as plans
from core.plan.reading import example
from tests.core.exchange.conftest import Importing
from tests.core.exchange.test_people import faults
from tests.support.bookkeeping import account
from tests.support.planting import plant

BALANCES = """
    person_id,purpose,amount,currency,expires_on,reason
    Ana,points,1500,,2027-03-31,old shop
    Ana,points,200,,,
    Ana,credit,12.50,EUR,,
    Bo,credit,700,JPY,,a promise
"""


@pytest.fixture
async def people(database: Database) -> dict[str, PersonId]:
    async with database.begin() as uow:
        await plans.activate(uow, example("demo"))
        numbers = await plant(uow, "Ana\n  Bo")
        await uow.commit()
    return numbers


async def test_balances_stand_in_the_book_once(
    database: Database, importing: Importing, people: dict[str, PersonId]
) -> None:
    first = await importing("balances", BALANCES)
    again = await importing("balances", BALANCES)
    assert (first.added, first.unchanged, again.added, again.unchanged) == (4, 0, 0, 4)
    async with database.read() as uow:
        assert await ledger.verify(uow) == []
        for text, amount in (("Ana available", 1700), ("Ana credit EUR", 1250), ("Bo credit JPY", 700)):
            assert await ledger.balance(uow, account(text, people)) == amount
        [entry] = await ledger.entries_of(uow, account("Bo credit JPY", people), before=None, limit=5)
        assert (entry.kind, entry.reason) == ("credit.opening", "a promise")


async def test_a_dry_run_posts_nothing(database: Database, importing: Importing, people: dict[str, PersonId]) -> None:
    assert (await importing("balances", BALANCES, dry_run=True)).added == 4
    async with database.read() as uow:
        assert await ledger.size(uow) == (0, 0)


async def test_all_faults_of_a_file_are_told_at_once(
    database: Database, importing: Importing, people: dict[str, PersonId]
) -> None:
    outcome = await importing(
        "balances",
        """
        person_id,purpose,amount,currency,expires_on
        Zoe,points,10,,
        Ana,miles,10,,
        Ana,points,0,,
        Ana,points,1.5,,
        Ana,points,-3,,
        Ana,points,1000000000001,,
        Ana,points,10,EUR,
        Ana,points,10,,soon
        Ana,points,10,,2020-01-01
        Ana,credit,10,,
        Ana,credit,10.005,EUR,
        Ana,credit,0.5,JPY,
        Ana,credit,10,EUR,2027-01-01
        Bo,credit,1,EUR,
        Bo,credit,2,EUR,
        """,
    )
    assert faults(outcome) == [
        ("import_person_unknown", 2, "person_id"),
        ("import_word_wrong", 3, "purpose"),
        ("import_points_wrong", 4, "amount"),
        ("import_points_wrong", 5, "amount"),
        ("import_points_wrong", 6, "amount"),
        ("import_points_wrong", 7, "amount"),
        ("import_points_currency", 8, "currency"),
        ("import_day_wrong", 9, "expires_on"),
        ("import_points_ended", 10, "expires_on"),
        ("import_currency_wrong", 11, "currency"),
        ("import_amount_wrong", 12, "amount"),
        ("import_amount_wrong", 13, "amount"),
        ("import_credit_ends", 14, "expires_on"),
        ("import_balance_twice", 16, None),
    ]
    async with database.read() as uow:
        assert await ledger.size(uow) == (0, 0)


async def test_a_known_balance_with_another_amount_is_a_fault(
    importing: Importing, people: dict[str, PersonId]
) -> None:
    header = "person_id,purpose,amount,currency\n"
    await importing("balances", f"{header}Ana,credit,10,EUR\n")
    differs = await importing("balances", f"{header}Ana,credit,11,EUR\nAna,credit,11,USD\n")
    assert [code for code, _, _ in faults(differs)] == ["import_balance_differs"]
    assert differs.blocked
