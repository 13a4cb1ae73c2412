"""Lists from what runs owe to what the bank answers, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from core.db.unit_of_work import UnitOfWork
from core.exchange.rules.findings import Findings
from core.kernel.errors import Facts
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Overdrawn, Purpose
from core.payments import service
from core.payments.model import (
    BankAccountWish,
    CompanyAccountMissing,
    CompanyAccountWish,
    Entry,
    Format,
    FourEyes,
    ListCard,
    ListNotIn,
    ListWish,
    NothingToPay,
    PaymentFileDiffers,
    PaymentNotIn,
    PaymentState,
    SepaNeedsEuro,
    Status,
    TooEarly,
    Why,
)
from core.payments.rules.rendering import fingerprints, rendered
from tests.core.payments.company import (
    APPROVER,
    BRAZIL,
    CLERK,
    DAY,
    GERMANY,
    MAKER,
    SPAIN,
    approved,
    as_staff,
    balance,
    exported,
    found,
    made,
    made_of,
    owe,
    require_sound,
    states,
)
from tests.support.bookkeeping import posting

ALL = {"Ana": 1000, "Ben": 2000, "Cleo": 3000}


@pytest.fixture
async def people(uow: UnitOfWork) -> dict[str, PersonId]:
    return await found(uow)


async def report(uow: UnitOfWork, *entries: Entry) -> tuple[int, int, int, list[str]]:
    """Book entries; how many became paid and returned, how many stayed, and what was found."""
    findings = Findings()
    booking, lists = await service.looked_up(uow, entries, findings)
    if not findings.blocked():
        await service.book_paid(uow, booking.paid)
        await service.book_returned(uow, booking.returned)
        await service.complete(uow, lists)
    return len(booking.paid), len(booking.returned), booking.unchanged, [one.code for one in findings.all()]


def name(card: ListCard, position: int) -> str:
    return f"UP{card.number:06d}-{position:07d}"


async def test_what_a_run_pays_becomes_payable_once(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    assert await owe(uow, people, ALL) == 3
    assert await owe(uow, people, ALL) == 0
    assert await balance(uow, people["Ana"], Purpose.COMMISSIONS_EARNED) == 0
    assert await balance(uow, people["Ana"], Purpose.COMMISSIONS_PAYABLE) == 1000
    await require_sound(uow)


async def test_a_list_has_one_payment_a_person_over_all_runs(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await owe(uow, people, ALL)
    await owe(uow, people, {"Ben": 50}, run=2)
    card = await made(uow)
    assert (card.count, card.sum_minor, card.state.value) == (3, 6050, "draft")
    ben = (await service.payments(uow, card.number, None)).items[1]
    assert (ben.person, ben.amount_minor, ben.account) == ("Ben", 2050, "DE89 •••• 3000")
    with pytest.raises(NothingToPay):
        await made(uow)
    await require_sound(uow)


async def test_whoever_cannot_be_paid_is_told_and_stays_payable(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await owe(uow, people, ALL)
    await service.end_account(uow, "Ana", "EUR")
    await service.set_account(uow, "Cleo", BankAccountWish(holder="Cleo", iban=BRAZIL, currency="EUR"))
    waiting = await service.left_out(uow, "EUR", {people["Ben"]})
    assert [(one.person, one.why) for _, one in waiting] == [
        ("Ana", Why.NO_ACCOUNT),
        ("Ben", Why.ON_HOLD),
        ("Cleo", Why.ACCOUNT_WAITS),
    ]
    with pytest.raises(NothingToPay):
        await made(uow, held=(people["Ben"],))
    uow.now += timedelta(days=3)
    [*_, (_, cleo)] = await service.left_out(uow, "EUR", set())
    assert cleo.why is Why.OUTSIDE_SEPA


async def test_a_changed_account_waits_and_the_first_does_not(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    [first] = await service.accounts_of(uow, "Ana")
    assert first.usable_from == first.since
    same = BankAccountWish(holder="Ana Núñez", iban="es91 2100 0418 4502 0005 1332", currency="EUR")
    assert await service.set_account(uow, "Ana", same) == first
    changed = await service.set_account(uow, "Ana", BankAccountWish(holder="Ana Núñez", iban=GERMANY))
    assert changed.usable_from == uow.now + timedelta(days=3)
    assert [(one.account, one.ended_at is None) for one in await service.accounts_of(uow, "Ana")] == [
        ("DE89 •••• 3000", True),
        ("ES91 •••• 1332", False),
    ]
    await service.end_account(uow, "Ana", "EUR")
    again = await service.set_account(uow, "Ana", BankAccountWish(holder="Ana Núñez", iban=SPAIN))
    assert again.usable_from > uow.now


async def test_neither_maker_nor_who_wrote_an_account_approves(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await owe(uow, people, ALL)
    card = await made(uow)
    for actor in (MAKER, CLERK):
        await as_staff(uow, actor)
        with pytest.raises(FourEyes):
            await service.approve(uow, card.number)
    await as_staff(uow, APPROVER)
    assert (await service.approve(uow, card.number)).approved_by == APPROVER
    with pytest.raises(ListNotIn):
        await service.approve(uow, card.number)


async def test_a_draft_is_not_exported_and_a_list_that_is_being_exported_not_changed(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await owe(uow, people, ALL)
    card = await made(uow)
    with pytest.raises(ListNotIn):
        await service.freeze(uow, card.number, set())
    with pytest.raises(ListNotIn):
        await service.bank_files(uow, card.number)
    await as_staff(uow, APPROVER)
    await service.approve(uow, card.number)
    await service.freeze(uow, card.number, set())
    with pytest.raises(ListNotIn):
        await service.cancel(uow, card.number)
    with pytest.raises(ListNotIn):
        await service.hold(uow, name(card, 1), "asked")


async def test_files_hold_no_more_than_the_bank_takes_and_come_out_the_same(uow: UnitOfWork) -> None:
    people = await found(uow, payments_max=2)
    await owe(uow, people, ALL)
    card = await exported(uow)
    assert [(one.number, one.count, one.sum_minor) for one in card.files] == [(1, 2, 3000), (2, 1, 3000)]
    assert set(card.files[0].fingerprints) == {"xml", "csv"}
    uow.now += timedelta(days=1)
    await service.freeze(uow, card.number, {people["Ana"]})
    again = {one.number: fingerprints(rendered(one)) for one in await service.bank_files(uow, card.number)}
    assert again == {one.number: one.fingerprints for one in card.files}
    assert await service.finish(uow, card.number, again) == card
    with pytest.raises(PaymentFileDiffers):
        await service.finish(uow, card.number, {1: {"xml": "other", "csv": "other"}})
    assert set((await states(uow, card.number)).values()) == {PaymentState.EXPORTED}


async def test_held_payments_stay_out_and_are_paid_later(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await owe(uow, people, ALL)
    card = await made(uow)
    await service.hold(uow, name(card, 1), "asked by phone")
    await service.hold(uow, name(card, 2), "asked by phone")
    assert (await service.let_go(uow, name(card, 2))).state is PaymentState.OPEN
    with pytest.raises(PaymentNotIn):
        await service.let_go(uow, name(card, 2))
    await as_staff(uow, APPROVER)
    card = await service.approve(uow, card.number)
    assert (card.count, card.sum_minor) == (2, 5000)
    with pytest.raises(NothingToPay):
        await made(uow)
    assert (await service.let_go(uow, name(card, 1))).state is PaymentState.CANCELLED
    assert (await made(uow)).sum_minor == 1000
    await require_sound(uow)


async def test_between_approval_and_export_a_hold_or_a_changed_account_takes_a_payment_out(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await owe(uow, people, ALL)
    card = await approved(uow)
    await service.set_account(uow, "Ana", BankAccountWish(holder="Eve", iban=GERMANY))
    await service.freeze(uow, card.number, {people["Ben"]})
    assert await states(uow, card.number) == {
        "Ana": PaymentState.CANCELLED,
        "Ben": PaymentState.CANCELLED,
        "Cleo": PaymentState.OPEN,
    }
    assert [one.why for _, one in await service.left_out(uow, "EUR", {people["Ben"]})] == [
        Why.ACCOUNT_WAITS,
        Why.ON_HOLD,
    ]
    await require_sound(uow)


async def test_a_cancelled_list_gives_everything_back(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await owe(uow, people, ALL)
    card = await service.cancel(uow, (await approved(uow)).number)
    assert (card.state.value, card.count) == ("cancelled", 0)
    assert (await made(uow)).sum_minor == 6000
    await require_sound(uow)


async def test_the_bank_pays_refuses_and_returns(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await owe(uow, people, ALL)
    card = await exported(uow)
    paid = [Entry(1, Status.PAID, end_to_end_id=name(card, place), on=DAY) for place in (1, 2)]
    refused = Entry(3, Status.RETURNED, end_to_end_id=name(card, 3), reason="AC04", on=DAY)
    assert await report(uow, *paid, refused) == (2, 1, 0, [])
    assert await report(uow, *paid, refused) == (0, 0, 3, [])
    assert (await service.card(uow, card.number)).state.value == "booked"
    assert await balance(uow, None, Purpose.BANK) == 3000
    back = Entry(9, Status.RETURNED, end_to_end_id=name(card, 2), reason="MD07", on=DAY)
    assert await report(uow, back) == (0, 1, 0, [])
    assert await report(uow, *paid, refused) == (0, 0, 3, [])
    assert await balance(uow, None, Purpose.BANK) == 1000
    assert await balance(uow, people["Ben"], Purpose.COMMISSIONS_PAYABLE) == 2000
    await require_sound(uow)
    [hers] = await service.of_person(uow, people["Ben"])
    assert (hers.state, hers.reason, hers.settled_on, hers.cycles) == (PaymentState.RETURNED, "MD07", DAY, "2026-01")
    assert (await made(uow)).sum_minor == 5000


async def test_one_report_may_pay_and_return_the_same_payment(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await owe(uow, people, {"Ana": 1000})
    card = await exported(uow)
    both = [Entry(1, Status.PAID, end_to_end_id=name(card, 1)), Entry(2, Status.RETURNED, end_to_end_id=name(card, 1))]
    assert await report(uow, *both) == (1, 1, 0, [])
    assert await report(uow, *both) == (0, 0, 2, [])
    assert await balance(uow, None, Purpose.BANK) == 0
    await require_sound(uow)


async def test_a_whole_file_is_settled_by_its_id_but_for_those_named(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await owe(uow, people, ALL)
    card = await exported(uow)
    message = card.files[0].message_id
    wrong = Entry(1, Status.PAID, message_id=message, amount_minor=5999, currency="EUR")
    assert await report(uow, wrong) == (0, 0, 0, ["payment_report_amount"])
    one = Entry(2, Status.RETURNED, end_to_end_id=name(card, 1), reason="AC01")
    assert await report(uow, Entry(1, Status.PAID, message_id=message), one) == (2, 1, 0, [])
    await require_sound(uow)


async def test_unknown_ids_are_told_and_wrong_amounts_keep_the_report_out(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await owe(uow, people, ALL)
    card = await exported(uow)
    stranger = Entry(7, Status.PAID, end_to_end_id="INVOICE 5")
    fine = Entry(8, Status.PAID, end_to_end_id=name(card, 1), amount_minor=1000, currency="EUR")
    wrong = Entry(9, Status.PAID, end_to_end_id=name(card, 2), amount_minor=1999, currency="EUR")
    assert (await report(uow, stranger, fine, wrong))[3] == ["payment_report_amount", "payment_report_unknown"]
    assert set((await states(uow, card.number)).values()) == {PaymentState.EXPORTED}
    assert await report(uow, stranger, fine) == (1, 0, 0, ["payment_report_unknown"])


async def test_what_the_bank_was_never_told_cannot_be_reported(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await owe(uow, people, ALL)
    card = await approved(uow)
    assert (await report(uow, Entry(1, Status.PAID, end_to_end_id=name(card, 1))))[3] == ["payment_not_exported"]


async def test_other_currencies_are_paid_by_csv(uow: UnitOfWork) -> None:
    people = await found(uow, sheet=Format.CSV)
    await owe(uow, people, {"Ana": 1000}, currency="USD")
    with pytest.raises(CompanyAccountMissing):
        await made(uow, currency="USD")
    company = (await service.company_account(uow, "EUR")).model_dump(
        include={"holder", "format", "payments_max", "waiting_days"}
    )
    with pytest.raises(SepaNeedsEuro):
        await service.set_company_account(uow, "USD", _wish(company | {"format": Format.SEPA_2019}))
    await service.set_company_account(uow, "USD", _wish(company))
    await service.set_account(uow, "Ana", BankAccountWish(holder="Ana", iban=BRAZIL, currency="USD"))
    card = await made(uow, currency="USD")
    await as_staff(uow, APPROVER)
    await service.approve(uow, card.number)
    await service.freeze(uow, card.number, set())
    [file] = await service.bank_files(uow, card.number)
    assert list(rendered(file)) == ["csv"]


async def test_what_she_turned_into_credit_is_not_paid_and_what_is_in_a_list_stays_there(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await owe(uow, people, {"Ana": 1000, "Ben": 2000})
    await owe(uow, people, {"Ana": 500}, run=2)
    for who, amount in (("Ana", 1200), ("Ben", 2000)):
        lines = (f"{who} commissions_payable EUR {-amount}", f"{who} credit EUR +{amount}")
        await ledger.post(uow, posting(f"convert {who}", *lines, people=people))
    await require_sound(uow)
    assert [one.amount_minor for _, one in await service.left_out(uow, "EUR", set())] == [300]
    card = await made(uow)
    assert (card.count, card.sum_minor) == (1, 300)
    [ana] = (await service.payments(uow, card.number, None)).items
    assert (await service.of_person(uow, people["Ana"]))[0].cycles == "2026-02"
    more = posting("more", "Ana commissions_payable EUR -1", "Ana credit EUR +1", people=people)
    with pytest.raises(Overdrawn):
        await ledger.post(uow, more)
    await require_sound(uow)
    await as_staff(uow, APPROVER)
    await service.cancel(uow, card.number)
    assert (await made(uow)).sum_minor == 300
    assert ana.amount_minor == 300
    await require_sound(uow)


async def test_verify_tells_a_changed_amount_state_and_entry(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await owe(uow, people, ALL)
    await exported(uow)

    facts: dict[str, Facts] = {}

    async def told_after(statement: str) -> set[str]:
        async with uow.connection.begin_nested() as undone:
            await uow.connection.execute(text(statement))
            problems = await service.verify(uow)
            facts.update({one.code: one.facts for one in problems})
            told = {one.code for one in problems}
            await undone.rollback()
        return told

    assert "payments_list_differs" in await told_after("UPDATE payment SET amount_minor = 1 WHERE id = 1")
    assert facts["payments_amount_differs"] == {"payment": "UP000001-0000001", "amount": "0.01 EUR", "due": "10.00 EUR"}
    assert facts["payments_in_payment_differs"] == {"person": "Ana", "unit": "EUR", "balance": "10.00", "sent": "0.01"}
    assert facts["payments_list_differs"]["amounts"] == "50.01 EUR"
    assert await told_after("UPDATE payment SET state = 'paid' WHERE id = 1") == {
        "payments_in_payment_differs",
        "payments_not_posted",
    }
    assert "payments_amount_differs" in await told_after("UPDATE payable SET list_id = NULL WHERE id = 1")
    assert "payments_payable_not_posted" in await told_after("UPDATE payable SET amount_minor = 7 WHERE id = 1")
    assert await told_after("SELECT 1") == set()


async def test_a_day_that_is_over_pays_nobody(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    with pytest.raises(TooEarly):
        await made_of(uow, ListWish(currency="EUR", execution_on=DAY - timedelta(days=4)))


async def test_a_person_sees_what_is_carried_payable_and_in_the_way(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await owe(uow, people, {"Ana": 1000})
    [state] = await service.payout_states(uow, people["Ana"], is_held=False)
    assert (state.carried_minor, state.payable_minor, state.why, state.account) == (
        0,
        1000,
        Why.READY,
        "ES91 •••• 1332",
    )
    [state] = await service.payout_states(uow, people["Ana"], is_held=True)
    assert state.why is Why.ON_HOLD
    await made(uow)
    [state] = await service.payout_states(uow, people["Ana"], is_held=False)
    assert (state.payable_minor, state.why) == (0, None)


def _wish(values: dict[str, object]) -> CompanyAccountWish:
    return CompanyAccountWish.model_validate(values | {"iban": SPAIN})
