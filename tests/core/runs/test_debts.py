"""A debt of which only a part is taken back at a time: what is paid nevertheless goes on to payments and to credit."""

from core.db.database import Database
from core.earnings.service import statement
from core.ledger import service as ledger
from core.ledger.model import Account, Purpose
from core.payments import service as payments
from core.payments import taking
from core.runs import service
from core.runs.model import NoteWish, RunPayout
from core.runs.service import by_hand
from i18n.translator import translator
from tests.core.runs.company import PLAN, found, released

HALF = PLAN + '[returns]\nrecovery_max = "50 %"\n\n[payout]\ncredit = "20 %"\n'


async def test_who_owes_is_paid_what_her_debt_leaves_her(database: Database) -> None:
    """Ben owes 100.00 and earns 70.00: half of it pays back; of 35.00 a fifth is credit, while 65.00 stay owed."""
    numbers = await found(database, HALF)
    async with database.begin(actor="staff:9") as uow:
        wish = NoteWish(cycle="2026-09", person="Ben", currency="EUR", amount_minor=-190_00, reason="Damage")
        await by_hand.note(uow, wish)
        await uow.commit()
    await released(database, "2026-09")
    run = await released(database, "2026-10")
    assert await taking.take_over(database, actor="staff:1") == (3, ())
    async with database.read() as questions:
        his = [one for one in await service.payouts_of(questions, numbers["Ben"]) if one.run == run]
        kinds = (Purpose.COMMISSIONS_EARNED, Purpose.COMMISSIONS_PAYABLE, Purpose.CREDIT)
        accounts = [Account(person=numbers["Ben"], purpose=kind, unit="EUR") for kind in kinds]
        balances = [await ledger.balance(questions, account) for account in accounts]
        wrong = [*await ledger.verify(questions), *await payments.verify(questions), *await service.verify(questions)]
        shown = await statement(questions, numbers["Ben"], "2026-10", translator("en"))
    assert his == [RunPayout(run, numbers["Ben"], "EUR", 7000, -10000, 0, 700, 2800, -6500)]
    assert (balances, wrong) == ([-6500, 2800, 700], [])
    assert [(one.to_credit, one.paid) for one in shown.payouts] == [(700, 2800)]
