"""From a released run to booked payments over HTTP, and who may do what."""

import pytest

from core.access.model import Role
from core.db.database import Database
from core.kernel.ids import PersonId
from core.runs import service as runs
from core.runs.model import RunState
from tests.core.payments.company import GERMANY, SPAIN, as_staff, found, release, require_sound
from tests.support.api import Api, Asker

LIST = "/v1/payments/lists/1"
CSV = {"Content-Type": "text/csv"}
WISH = {"currency": "EUR", "execution_on": "2026-11-25"}


@pytest.fixture
async def people(database: Database) -> dict[str, PersonId]:
    """A run has released 10.00 to Ana and 20.00 to Ben."""
    async with database.begin() as uow:
        people = await found(uow)
        await as_staff(uow, "system")
        await release(uow, people, {"Ana": 1000, "Ben": 2000})
        await release(uow, people, {"Cleo": 0}, run=2)
        await uow.commit()
    return people


async def exported(api: Api) -> tuple[Asker, list[str]]:
    """Treasury, and the ids of an exported list's payments."""
    maker, approver = await api.staff(Role.TREASURY), await api.staff(Role.ADMINISTRATOR)
    assert (await maker.post("/v1/payments/lists", WISH)).status == 201
    assert (await approver.post(f"{LIST}/approve")).status == 200
    assert (await maker.post(f"{LIST}/export")).body["state"] == "exported"
    page = (await maker.get(f"{LIST}/payments")).body
    return maker, [one["end_to_end_id"] for one in page["items"]]


async def test_two_people_bring_a_run_to_the_bank_and_its_answer_back(api: Api, people: dict[str, PersonId]) -> None:
    maker, [ana, ben] = await exported(api)
    card = (await maker.get(LIST)).body
    assert (card["count"], card["sum_minor"], card["payments"]) == (2, 3000, {"exported": 2})
    xml, csv = [await maker.get(f"{LIST}/files/1/{ending}") for ending in ("xml", "csv")]
    assert xml.headers["Cache-Control"] == "no-store"
    assert b"<CtrlSum>30.00</CtrlSum>" in xml.body
    assert csv.body.splitlines()[-1].startswith(b"CONTROL,2,")
    report = f"end_to_end_id,status,reason\n{ana},paid,\n{ben},returned,AC04\nOTHER,paid,\n"
    said = (await maker.put("/v1/payments/report", headers=CSV, data=report)).body
    assert (said["paid"], said["returned"], said["unchanged"]) == (1, 1, 0)
    assert [(one["code"], one["line"], one["severity"]) for one in said["findings"]] == [
        ("payment_report_unknown", 4, "notice")
    ]
    again = (await maker.put("/v1/payments/report", headers=CSV, data=report)).body
    assert (again["paid"], again["returned"], again["unchanged"]) == (0, 0, 2)
    [bens] = (await maker.get("/v1/people/Ben/payments")).body
    assert (bens["state"], bens["reason"], bens["account"]) == ("returned", "AC04", "DE89 •••• 3000")
    assert (await maker.get("/v1/people/Ben/payout")).body[0]["payable_minor"] == 2000
    async with api.database.read() as questions:
        await require_sound(questions)


async def test_a_run_is_paid_when_its_last_payment_is(api: Api, people: dict[str, PersonId]) -> None:
    maker, ids = await exported(api)
    for name in ids:
        async with api.database.read() as questions:
            assert [run.state for run in await runs.released(questions)] == [RunState.RELEASED, RunState.PAID]
        report = f"end_to_end_id,status\n{name},paid\n"
        await maker.put("/v1/payments/report", headers=CSV, data=report)
    async with api.database.read() as questions:
        assert {run.state for run in await runs.released(questions)} == {RunState.PAID}


async def test_faults_keep_a_whole_report_out(api: Api, people: dict[str, PersonId]) -> None:
    maker, [ana, ben] = await exported(api)
    report = f"end_to_end_id,status,amount,currency\n{ana},paid,10.00,EUR\n{ben},paid,19.99,EUR\n"
    said = (await maker.put("/v1/payments/report", headers=CSV, data=report)).body
    assert (said["paid"], said["findings"][0]["code"], said["findings"][0]["line"]) == (0, "payment_report_amount", 3)
    assert (await maker.get(LIST)).body["payments"] == {"exported": 2}
    unread = await maker.put("/v1/payments/report", headers={"Content-Type": "text/xml"}, data="<a/>")
    assert (unread.status, unread.code) == (422, "payment_report_unreadable")


async def test_accounts_are_for_support_and_money_for_treasury(api: Api, people: dict[str, PersonId]) -> None:
    support, treasury = await api.staff(Role.SUPPORT), await api.staff(Role.TREASURY)
    account = {"holder": "Ana", "iban": GERMANY, "currency": "EUR"}
    assert (await treasury.put("/v1/people/Ana/bank-account", account)).code == "permission_missing"
    assert (await support.post("/v1/payments/lists", WISH)).code == "permission_missing"
    assert (await support.get("/v1/people/Ana/payments")).code == "permission_missing"
    said = await support.put("/v1/people/Ana/bank-account", account)
    assert (said.status, said.body["account"]) == (200, "DE89 •••• 3000")
    wrong = await support.put("/v1/people/Ana/bank-account", account | {"iban": SPAIN[:-1] + "3"})
    assert (wrong.status, wrong.code, wrong.body["facts"]) == (422, "iban_invalid", {})
    assert len((await treasury.get("/v1/people/Ana/bank-accounts")).body) == 2
    assert (await support.delete("/v1/people/Ana/bank-accounts/EUR")).status == 204


async def test_who_made_a_list_does_not_approve_it_and_waits_are_told(api: Api, people: dict[str, PersonId]) -> None:
    support, maker = await api.staff(Role.SUPPORT), await api.staff(Role.TREASURY)
    await support.delete("/v1/people/Ben/bank-accounts/EUR")
    assert (await maker.post("/v1/payments/lists", WISH)).body["sum_minor"] == 1000
    assert (await maker.post(f"{LIST}/approve")).code == "payment_four_eyes"
    [ben] = (await maker.get("/v1/payments/waiting/EUR")).body["items"]
    assert (ben["person"], ben["why"], ben["amount_minor"]) == ("Ben", "no_account", 2000)
    [ana] = (await maker.get(f"{LIST}/payments")).body["items"]
    held = await maker.post(f"/v1/payments/{ana['end_to_end_id']}/hold", {"reason": "asked"})
    assert held.body["state"] == "held"
    assert (await maker.post(f"/v1/payments/{ana['end_to_end_id']}/let-go")).body["state"] == "open"
    assert (await maker.post(f"{LIST}/cancel")).body["state"] == "cancelled"
    assert [one["number"] for one in (await maker.get("/v1/payments/lists")).body["items"]] == [1]
