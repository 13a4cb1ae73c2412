"""A released run is told to everybody whom it gives something, with all her sums, and to nobody a second time."""

from typing import Any

import pytest
from sqlalchemy import insert, text

from core.access.model import Link
from core.access.store import add_link
from core.db.database import Database
from core.kernel.ids import PersonId
from core.live.service import Live
from core.outreach.asking import due
from core.outreach.audiences import find_all
from core.outreach.job import Planner
from core.plan import service as plans
from core.ranks.tables import PaidRankRow
from core.runs.tables import RunPayoutRow, RunRow
from tests.core.outreach.company import OUTBOX, utc
from tests.core.plan.plans import SMALL
from tests.support.clock import StillClock
from tests.support.planting import plant

RELEASED = "2026-11-22T11:00"
PAYOUTS = [
    ("Ana", "EUR", 12_050),
    ("Ana", "USD", 900),
    ("Ben", "EUR", 700),
    ("Cleo", "EUR", 300),  # has left, and has a chat
    ("Dan", "EUR", 400),  # has no address
    ("Eva", "EUR", 0),
]


@pytest.fixture
async def people(database: Database) -> dict[str, PersonId]:
    """Run 1 of October, released an hour ago; run 2 is a preview."""
    async with database.begin() as uow:
        await plans.activate(uow, SMALL)
        people = await plant(uow, "Ana\n  Ben\n  Cleo\n  Dan\n  Eva")
        for chat, who in enumerate(("Ana", "Ben", "Cleo", "Eva"), start=100):
            assert await add_link(uow, Link(person=people[who], chat=chat, linked_at=uow.now))
        await uow.connection.execute(text("UPDATE person SET status = 'terminated' WHERE code = 'Cleo'"))
        uow.session.add(
            _run(1, "2026-10", "released", preview=1, released_at=utc(RELEASED), seal="a", plan_version="1")
        )
        uow.session.add(_run(2, "2026-11", "preview"))
        await uow.session.flush()
        for run in (1, 2):
            sums = {"carried_in": 0, "adjustments": 0, "to_credit": 0, "paid": 0, "carried_out": 0}
            await uow.connection.execute(
                insert(RunPayoutRow.__table__),  # type: ignore[attr-defined]  # SQLModel sets it
                [
                    {"run": run, "person_id": people[who], "currency": currency, "earned": amount, **sums}
                    for who, currency, amount in PAYOUTS
                ],
            )
        uow.session.add(PaidRankRow(cycle="2026-10", person_id=people["Ana"], rank="gold"))
        await uow.commit()
    return people


def _run(number: int, cycle: str, state: str, **more: Any) -> RunRow:
    begins, ends = utc(f"{cycle}-01T00:00"), utc(f"{cycle}-28T00:00")
    common: dict[str, Any] = {
        "kind": "month",
        "calendar": "month",
        "starts_at": begins,
        "ends_at": ends,
        "started_by": "staff:1",
    }
    return RunRow(id=number, cycle=cycle, state=state, started_at=begins, **common, **more)


async def test_everybody_whom_a_run_gives_something_hears_of_it_once(
    database: Database, people: dict[str, PersonId], clock: StillClock
) -> None:
    audiences, live = {"run.released": find_all()["run.released"]}, Live(database)
    _, asked = await due(database, await live.fresh(), audiences)
    for _ in range(2):
        await Planner(database, live, audiences).plan("w", 60)
    async with database.read() as questions:
        rows = await questions.connection.execute(
            OUTBOX.select().with_only_columns(OUTBOX.c.key, OUTBOX.c.person_id, OUTBOX.c.occasion, OUTBOX.c.facts)
        )
        written = [tuple(row) for row in rows.all()]
    assert sorted(row.key for row in asked) == sorted(key for key, *_ in written)
    assert {occasion for _, _, occasion, _ in written} == {"run.released/1"}
    euros = [{"amount": amount, "currency": "EUR"} for _, _, amount in PAYOUTS[:4]]
    assert {person: facts for _, person, _, facts in written} == {
        people["Ana"]: {
            "cycle": "2026-10",
            "totals": [euros[0], {"amount": 900, "currency": "USD"}],
            "rank": {"en": "Gold"},
        },
        people["Ben"]: {"cycle": "2026-10", "totals": [euros[2]], "rank": None},
        people["Cleo"]: {"cycle": "2026-10", "totals": [euros[3]], "rank": None},
    }
