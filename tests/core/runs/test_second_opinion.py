"""A cent that the second engine does not find in what is paid blocks the approval, and says whose it is."""

import polars as pl
import pytest

from core.db.database import Database
from core.kernel.errors import DomainError
from core.runs.model import RunState, VolumeWish, Work
from core.runs.service import by_hand, showing
from core.settlement.rules import payouts
from tests.core.runs.company import PLAN, approved, done, found, started


async def test_a_cent_too_much_in_a_payout_blocks_the_approval(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await found(database)
    rule = payouts._due

    def faulty(sums: pl.DataFrame, terms: payouts.Terms) -> pl.DataFrame:
        return rule(sums, terms).with_columns(pl.col("paid") + (pl.col("person_id") == "Ana").cast(pl.Int64))

    monkeypatch.setattr(payouts, "_due", faulty)
    run = await started(database, "2026-09")
    await done(database, run, Work.PREVIEW)
    assert await done(database, run, Work.VALIDATE) is RunState.PREVIEWED
    async with database.read() as questions:
        [one] = [one for one in await showing.findings(questions, run) if one.severity == "fault"]
    assert one.code == "run_engines_differ"
    assert one.facts == {
        "person": "Ana", "bonus": "payout EUR", "line": "paid", "ours": "60.01", "theirs": "60.00",
    }  # fmt: skip
    with pytest.raises(DomainError):
        await approved(database, run, "dora")


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_volume_by_hand_is_paid_alike_where_returns_are_charged_back(database: Database) -> None:
    await found(database, PLAN + "\n[returns]\nwithin_days = 30\n")
    async with database.begin(actor="staff:9") as uow:
        wish = VolumeWish(cycle="2026-09", person="Eva", cv=100_0000, qv=100_0000, reason="Forgotten")
        await by_hand.correct_volume(uow, wish)
        await uow.commit()
    run = await started(database, "2026-09")
    await done(database, run, Work.PREVIEW)
    assert await done(database, run, Work.VALIDATE) is RunState.VALIDATED
