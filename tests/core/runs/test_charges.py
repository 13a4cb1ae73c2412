"""Charges on payouts: each an entry of its own in the book, and a line of its own on the statement."""

import sqlalchemy as sa

from bot.render.payouts import reckoned
from core.db.database import Database
from core.earnings.service import statement
from core.ledger import service as ledger
from core.ledger.model import Account, Purpose
from core.payments import service as payments
from core.payments import taking
from core.runs import service
from i18n.translator import translator
from tests.core.runs.company import PLAN, found, released

CHARGED = (
    PLAN
    + """
[payout.charges.tds]
label = { en = "Tax withheld", de = "Einbehaltene Steuer" }
rate = "5 %"

[payout.charges.admin]
label = "Handling"
rate = "10 %"
"""
)


async def test_each_charge_is_booked_and_told_by_itself(database: Database) -> None:
    """Ana earns 60.00: 3.00 are withheld, 6.00 are for handling, 51.00 are paid."""
    numbers = await found(database, CHARGED)
    run = await released(database, "2026-09")
    await taking.take_over(database, actor="staff:1")
    async with database.read() as questions:
        charges = Account(person=None, purpose=Purpose.CHARGES, unit="EUR")
        entries = await ledger.entries_of(questions, charges, before=None, limit=10)
        wrong = [*await ledger.verify(questions), *await payments.verify(questions), *await service.verify(questions)]
        shown = await statement(questions, numbers["Ana"], "2026-09", translator("de"))
        earned = Account(person=numbers["Ana"], purpose=Purpose.COMMISSIONS_EARNED, unit="EUR")
        payable = earned.model_copy(update={"purpose": Purpose.COMMISSIONS_PAYABLE})
        balances = [await ledger.balance(questions, one) for one in (earned, payable, charges)]
    hers = f"{run}:{numbers['Ana']}:EUR"
    told = {one.document.id: (one.reason, [line.amount for line in one.lines]) for one in entries}
    assert told[f"{hers}:tds"] == ("tds", [-300, 300])
    assert told[f"{hers}:admin"] == ("admin", [-600, 600])
    assert (balances, wrong) == ([0, 5100, 300 + 600 + 450 + 900], [])
    [card] = shown.payouts
    assert (card.adjustments, card.paid) == (-900, 5100)
    assert reckoned(card, translator("de")) == ["• Einbehaltene Steuer: -3,00\xa0€", "• Handling: -6,00\xa0€"]


async def test_a_charge_that_the_book_has_otherwise_is_found(database: Database) -> None:
    await found(database, CHARGED)
    await released(database, "2026-09")
    async with database.begin() as uow:
        await uow.connection.execute(sa.text("UPDATE settlement_payout SET charges = 'tds:300' WHERE paid = 5100"))
        told = [(one.code, one.facts.get("part")) for one in await service.verify(uow)]
    assert told == [("run_part_changed", "settlement_payout"), ("run_book_differs", None)]
