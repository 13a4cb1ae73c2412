"""What staff enter by hand, and what blocks an approval."""

import pytest
from sqlalchemy import text

from core.calendar.model import CycleUnknown
from core.db.database import Database
from core.ledger import service as ledger
from core.ledger.model import Account, Purpose
from core.live.model import TreeBroken
from core.points import service as points
from core.runs import service
from core.runs.model import HoldUnknown, NoteWish, RunState, VolumeWish, Work
from core.runs.service import by_hand, showing
from tests.core.plan.plans import SMALL
from tests.core.runs.company import LIMITS, PLAN, actor, approved, done, found, released, started

POINTS = """
[points]
[[bonuses]]
code = "stars"
kind = "unilevel"
label = "Stars"
levels = ["10 %"]
pays = "points"
"""


async def test_notes_and_volume_by_hand_are_in_the_run_and_stand_in_the_book(database: Database) -> None:
    numbers = await found(database)
    async with database.begin(actor=await actor(database, "fay")) as uow:
        charge = NoteWish(cycle="2026-09", person="Eva", currency="EUR", amount_minor=-1250, reason="A telephone")
        once = await by_hand.note(uow, charge)
        twice = await by_hand.note(uow, charge.model_copy(update={"amount_minor": -9999}))
        await by_hand.withdraw(uow, "note", twice.note)
        volume = VolumeWish(cycle="2026-09", person="Ben", cv=100_0000, qv=0, reason="An order of the old shop")
        entry = await by_hand.correct_volume(uow, volume)
        with pytest.raises(CycleUnknown):
            await by_hand.note(uow, charge.model_copy(update={"cycle": "2026-13"}))
        await uow.commit()
    run = await released(database, "2026-09")
    async with database.read() as questions:
        paid = {one.person: one for one in await service.payouts(questions, run, limit=10)}
        lines = await service.lines_of(questions, run, "Ana")
        eva = Account(person=numbers["Eva"], purpose=Purpose.COMMISSIONS_EARNED, unit="EUR")
        balance = await ledger.balance(questions, eva)
        notes = await by_hand.notes(questions, None, "2026-09")
        assert await service.verify(questions) == []
    assert paid[numbers["Ana"]].earned == 6000 + 1000  # 10 % of the 100 that were entered
    assert (paid[numbers["Eva"]].adjustments, paid[numbers["Eva"]].carried_out, balance) == (-1250, -1250, -1250)
    assert lines["source_order_id"].to_list() == ["Ben-9", "Eva-9", f"correction:{entry.note}"]
    assert [(one.note, one.withdrawn) for one in notes if one.currency] == [(once.note, False), (twice.note, True)]


async def test_a_hold_is_on_a_payee_until_it_is_lifted(database: Database) -> None:
    numbers = await found(database)
    async with database.begin(actor="staff:1") as uow:
        await by_hand.hold(uow, "Ana", "Her account is being looked at")
        assert (await by_hand.hold(uow, "Ana", "Another reason")).reason == "Her account is being looked at"
        assert list(await service.held(uow, [numbers["Ana"], numbers["Ben"]])) == [numbers["Ana"]]
        await by_hand.lift(uow, "Ana")
        assert await service.held(uow) == {}
        with pytest.raises(HoldUnknown):
            await by_hand.lift(uow, "Ana")


async def test_a_broken_network_and_a_passed_ceiling_block_the_approval(database: Database) -> None:
    numbers = await found(database, PLAN + LIMITS + "ceiling_per_person = 89.99\n")
    run = await started(database, "2026-09")
    async with database.begin() as uow:
        await uow.connection.execute(
            text("UPDATE sponsor_link SET sponsor_id = :eva WHERE person_id = :ana"),
            {"eva": numbers["Eva"], "ana": numbers["Ana"]},
        )
        await uow.commit()
    with pytest.raises(TreeBroken):
        await done(database, run, Work.PREVIEW)
    async with database.begin() as uow:
        await uow.connection.execute(
            text("UPDATE sponsor_link SET sponsor_id = NULL WHERE person_id = :ana"), {"ana": numbers["Ana"]}
        )
        await uow.commit()
    assert await done(database, run, Work.PREVIEW) is RunState.PREVIEWED
    assert await done(database, run, Work.VALIDATE) is RunState.PREVIEWED
    async with database.read() as questions:
        found_now = await showing.findings(questions, run)
        card = await showing.card(questions, run)
    assert [(one.code, one.severity, one.facts) for one in found_now] == [
        ("run_over_ceiling", "fault", {"person": "Ben", "amount": "90.00 EUR", "limit": "89.99 EUR"})
    ]
    assert (card.faults, card.notices) == (1, 0)


async def test_points_that_a_bonus_pays_are_hers_with_the_release(database: Database) -> None:
    numbers = await found(database, SMALL + POINTS)
    run = await started(database, "2026-09")
    for what in (Work.PREVIEW, Work.VALIDATE):
        await done(database, run, what)
    await approved(database, run)
    await done(database, run, Work.RELEASE)
    async with database.read() as questions:
        account = Account(person=numbers["Ben"], purpose=Purpose.POINTS_AVAILABLE, unit="points")
        assert await ledger.balance(questions, account) == 90
        assert await points.verify(questions) == []
        assert await ledger.verify(questions) == []
