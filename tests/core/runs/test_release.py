"""A run from draft to release: what everybody gets, what stands in the book, what the next run carries on."""

import pytest

from core.calendar import service as calendar
from core.db.database import Database
from core.ledger import service as ledger
from core.ledger.model import Account, Purpose
from core.plan import service as plans
from core.ranks import service as ranks
from core.runs import service
from core.runs.model import RunPayout, RunState, RunUnknown, Work
from core.runs.service import showing
from tests.core.runs.company import approved, done, found, released, started


async def test_a_run_goes_through_its_states_and_pays_what_lines_say(database: Database) -> None:
    numbers = await found(database)
    run = await started(database, "2026-09")
    assert await done(database, run, Work.PREVIEW) is RunState.PREVIEWED
    async with database.read() as questions:
        assert await service.released(questions) == []
        with pytest.raises(RunUnknown):
            await service.lines_of(questions, run, "Ana")
        card = await showing.card(questions, run)
    assert card.totals is not None
    assert card.totals["payouts"]["EUR"]["paid"] == "150.00"
    assert await done(database, run, Work.VALIDATE) is RunState.VALIDATED
    assert await approved(database, run, "dora") is RunState.VALIDATED
    assert await approved(database, run, "edith") is RunState.APPROVED
    assert await done(database, run, Work.RELEASE) is RunState.RELEASED
    async with database.read() as questions:
        [one] = await service.released(questions)
        paid = await service.payouts(questions, run, limit=10)
        lines = await service.lines_of(questions, run, "Ana")
        figures = await service.figures_of(questions, run, "Ana")
        rank = await service.rank_of(questions, run, "Ben")
        plan = await plans.plan_in_force(questions, questions.now)
        closed = await calendar.closed_cycles(questions, plan)
        recorded = await ranks.recorded_ranks(questions, "2026-09")
        book = await ledger.trial_balance(questions)
        problems = await service.verify(questions)
        problems_of_the_book = await ledger.verify(questions)
        again = await service.plan_of(questions, run)
    assert (one.number, one.cycle, one.state, one.pays, one.plan_version) == (
        run,
        "2026-09",
        RunState.RELEASED,
        True,
        "1",
    )
    assert paid == [
        RunPayout(run, numbers["Ana"], "EUR", 6000, 0, 0, 0, 6000, 0),
        RunPayout(run, numbers["Ben"], "EUR", 9000, 0, 0, 0, 9000, 0),
    ]
    assert lines.select("source_order_id", "level", "amount_minor").rows() == [
        ("Ben-9", "1", 1500),
        ("Eva-9", "2", 4500),
    ]
    assert figures == {"pv": "0", "gv": "1050"}
    assert rank == ("gold", "gold", None)
    assert [cycle.code for cycle in closed] == ["2026-09"]
    assert {number: one.rank for number, one in recorded.items()} == {numbers["Ben"]: "gold", numbers["Eva"]: "silver"}
    assert [(one.purposes[Purpose.COMMISSIONS_EARNED], one.purposes[Purpose.COMMISSIONS]) for one in book] == [
        (15000, -15000)
    ]
    assert problems == []
    assert problems_of_the_book == []
    assert again.version == "1"


async def test_the_next_run_carries_on_and_its_seal_names_the_one_before(database: Database) -> None:
    numbers = await found(database)
    first = await released(database, "2026-09")
    second = await released(database, "2026-10")
    async with database.read() as questions:
        cards = {one.run: one for one in await showing.cards(questions, limit=10)}
        history = await service.payouts_of(questions, numbers["Ana"])
        account = Account(person=numbers["Ana"], purpose=Purpose.COMMISSIONS_EARNED, unit="EUR")
        held = await ledger.balance(questions, account)
    assert cards[second].seal_before == cards[first].seal
    assert [(one.run, one.paid) for one in history] == [(first, 6000), (second, 5500)]
    assert held == 11500
