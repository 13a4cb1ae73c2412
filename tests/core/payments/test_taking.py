"""A run that is not as it was released is paid to nobody, and keeps nobody else's money back."""

import pytest
from sqlalchemy import text

from core.db.database import Database
from core.payments import job, taking
from core.payments.model import ListWish
from core.runs.model import RunDoubted
from tests.core.payments.company import DAY, found, release, require_sound

WISH = ListWish(currency="EUR", execution_on=DAY)
MORE_FOR_ANA = "UPDATE settlement_payout SET earned = earned + 500, paid = paid + 500 WHERE run = 2 AND paid = 1000"
STARTED_BY = "UPDATE settlement_run SET started_by = 'staff:1' WHERE id = 2"
TAKEN = """INSERT INTO payable (run_id, cycle, person_id, currency, amount_minor, used_minor)
    SELECT 2, '2026-02', person_id, currency, 1, 0 FROM settlement_payout WHERE run = 2"""
RUN = {"run": "2", "cycle": "2026-02"}


async def three_runs(database: Database, *changes: str) -> None:
    """Each pays Ana 10.00 and Ben 20.00; then something is changed."""
    async with database.begin(actor="staff:3") as uow:
        people = await found(uow)
        for run in (1, 2, 3):
            await release(uow, people, {"Ana": 1000, "Ben": 2000}, run=run)
        for change in changes:
            await uow.connection.execute(text(change))
        await uow.commit()


@pytest.mark.parametrize(
    ("change", "code", "facts"),
    [
        (MORE_FOR_ANA, "run_payout_doubted", RUN | {"person": "Ana"}),
        (STARTED_BY, "run_doubted", RUN),
        (TAKEN, "payments_run_refused", RUN | {"why": "payments_overtaken"}),
    ],
)
async def test_of_three_runs_two_are_paid_and_the_wrong_one_is_told(
    database: Database, change: str, code: str, facts: dict[str, str]
) -> None:
    await three_runs(database, change)
    over = await taking.take_over(database, actor="staff:1")
    assert (over.payouts, [(one.code, one.facts) for one in over.doubts]) == (4, [(code, facts)])
    if change != TAKEN:
        card = await job.make(database, WISH, actor="staff:1")
        assert (card.count, card.sum_minor) == (2, 6000)
        assert [(one.code, one.facts) for one in card.findings] == [(code, facts)]
        async with database.read() as questions:
            await require_sound(questions)
            [left] = await taking.not_taken(questions, "EUR")
        assert (left.run, left.people) == (2, 2)


async def test_where_nothing_else_is_to_be_paid_the_refusal_names_the_run(database: Database) -> None:
    await three_runs(database, "UPDATE settlement_run SET started_by = 'staff:1'")
    with pytest.raises(RunDoubted) as refused:
        await job.make(database, WISH, actor="staff:1")
    assert refused.value.facts == {"run": "1", "cycle": "2026-01"}
