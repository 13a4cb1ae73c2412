"""The demo's payments: a list a cycle, one that came back, one on hold, one without an account."""

from datetime import UTC, datetime, timedelta

import pytest
from schwifty import IBAN
from sqlalchemy import text

from core.db.database import Database
from core.demo.banks import NO_BANK, Where, account, account_number
from core.demo.paid import Story, pay, send, treasury
from core.payments import service
from core.payments.model import Format, Why
from core.payments.rules.accounts import Written, checked
from core.plan import service as plans
from core.runs import service as runs
from tests.core.payments.company import release, require_sound
from tests.core.plan.plans import SMALL
from tests.support.planting import plant

SEPTEMBER = datetime(2026, 8, 31, 22, tzinfo=UTC)
TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("country", "shown"),
    [
        ("DE", Where(iban="DE17000000000000000148")),
        ("ES", Where(iban="ES9800000000010000000148")),
        ("US", Where("", "US", "0000000148", "110000000")),
        ("MX", Where("", "MX", "999000000000001482", "")),
        ("CO", Where("", "CO", "0000000148", "XXXXCO00")),
    ],
)
def test_an_account_is_named_as_in_its_country(country: str, shown: Where) -> None:
    assert account(country, 148) == shown
    checked(Written("Ana", *shown[:1], None, *shown[1:]), "EUR")


@pytest.mark.parametrize("country", sorted(NO_BANK))
def test_an_account_number_is_right_in_every_digit_and_of_no_bank(country: str) -> None:
    number = IBAN(account_number(country, 2999), validate_bban=True)
    assert (number.country_code, number.bank, number.in_sepa_zone) == (country, None, True)


async def test_two_cycles_are_paid_and_the_last_one_is_on_its_way(database: Database) -> None:
    """Ana (in Mexico), Ben and Cleo earn in each cycle, Dan in the last one. Ben's first payment comes back."""
    payers, story = await treasury(database), Story()
    async with database.begin() as uow:
        await plans.activate(uow, SMALL)
        people = await plant(uow, "Ana\n  Ben\n  Cleo\n  Dan")
        await uow.connection.execute(text("UPDATE person SET country = 'MX' WHERE code = 'Ana'"))
        await uow.commit()
    for run, codes in enumerate((("Ana", "Ben", "Cleo"),) * 2 + (("Ana", "Ben", "Cleo", "Dan"),), start=1):
        async with database.begin() as uow:
            await release(uow, people, dict.fromkeys(codes, 1000 * run), run=run)
            await uow.commit()
        if run < 3:
            await pay(database, payers, run, SEPTEMBER + timedelta(days=30 * run), {"Ben"}, story)
        else:
            await send(database, payers, run, TODAY, story)
    assert (story.returned, story.held, story.without) == ("Ben", "Cleo", "Dan")
    async with database.read() as questions:
        told = [
            [f"{one.amount_minor} {one.state}" for one in await service.of_person(questions, people[code])]
            for code in ("Ana", "Ben", "Cleo", "Dan")
        ]
        assert told == [
            ["3000 exported", "2000 paid", "1000 paid"],
            ["3000 exported", "3000 paid", "1000 returned"],
            ["2000 paid", "1000 paid"],
            [],
        ]
        assert (await service.of_person(questions, people["Ben"]))[-1].reason == "AC04"
        assert (await service.of_person(questions, people["Ana"]))[0].account.startswith("MX •••• ")
        assert {card.format for card in (await service.lists(questions, None)).items} == {Format.SEPA_2019, Format.CSV}
        [waits] = await service.payout_states(questions, people["Dan"], is_held=False)
        assert (waits.payable_minor, waits.why) == (3000, Why.NO_ACCOUNT)
        assert people["Cleo"] in await runs.held(questions)
        await require_sound(questions)
