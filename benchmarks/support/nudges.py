"""The nudge at the month's end for a million people: who is due, and the messages written."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from benchmarks.figures import Figure
from benchmarks.support.outbox import bare, empty, make_tables
from benchmarks.support.shapes import Company, calculation, cycle_of, demo_company, state_of
from benchmarks.support.timing import cpu_s
from core.db.bulk import bulk_insert
from core.db.database import Database
from core.db.types import microseconds
from core.kernel.clock import Clock
from core.live.state import State
from core.messaging.store.outbox import OUTBOX, READY_COLUMNS
from core.outreach import job, store
from core.outreach.audience import Ground, Look, People
from core.outreach.audiences.month_end import AUDIENCE, Loaded
from core.outreach.planning import Planned
from core.outreach.rules.habits import Sales
from core.outreach.rules.slots import DaysBeforeClose, Slot
from core.outreach.store import Hold

PEOPLE, ORDERS, CYCLES = 1_000_000, 3_000_000, 6
AT = datetime(2026, 10, 28, 16, tzinfo=UTC)
ZONE = "Europe/Madrid"
MONTH = 30 * 86_400_000_000
"""In microseconds."""
SLOT = Slot("month_end", f"month_end/{ZONE}/2026-10-28", AT, ZONE, DaysBeforeClose((7, 3, 1), 17 * 60))


@dataclass
class Month:
    """A month's end: the figures so far, what everybody ever bought, and the ranks of the month before."""

    state: State
    sales: Sales
    recorded: Any

    @classmethod
    def made(cls) -> "Month":
        """Three million orders of the last half year, as many in each month."""
        plan = calculation("demo")
        every = demo_company(PEOPLE, ORDERS)
        start = microseconds(cycle_of(plan).period.start)
        begins = start - (CYCLES - 1) * MONTH
        at = np.sort(np.random.default_rng(3).integers(begins, start + MONTH, ORDERS))  # rows come as orders do
        age = (start + MONTH - at) // MONTH
        state = state_of(_of_age(every, age == 0), plan)
        before = state_of(_of_age(every, age == 1), plan)
        recorded = np.zeros(state.count, np.int8)
        recorded[:] = before.ranks
        sales = Sales(every.buyer.astype(np.int64), at, np.arange(ORDERS), every.qv)
        return cls(state, sales, recorded)

    def planned(self) -> Planned:
        """Who is due and what is said, from columns that are loaded."""
        size = PEOPLE + 1
        people = People((ZONE,), np.zeros(size, np.int16), np.ones(size, np.bool_))
        look = Look(SLOT, Ground(AT, self.state, people), Loaded(self.state, self.sales, self.recorded))
        return Planned(AUDIENCE, look, AUDIENCE.find(look))


def _of_age(every: Company, some: Any) -> Company:
    return Company(every.sponsor, every.distributor, every.buyer[some], every.qv[some])


def who_is_due(month: Month) -> Iterator[Figure]:
    """Processor time from loaded columns to the people and what each is told; both passes of the engine included."""
    planned = month.planned()
    reached = sum(facts["reason"] == "reach" for facts in planned.found.facts)
    copied = cpu_s(month.state.copied, repeat=3)
    yield Figure("month's end, 1,000,000 people, 3,000,000 orders: told", len(planned.found.persons), "people")
    yield Figure("of them within reach of a rank", reached, "people")
    yield Figure("who is due, best case included", cpu_s(month.planned, repeat=3), "s CPU", at_most=3)
    yield Figure("copying everybody's figures for it (event loop)", copied * 1000, "ms")


async def rows_written(url: str, planned: Planned) -> list[Figure]:
    """The whole slot, from people found to the last row, beside a bare bulk insert of the same rows."""
    database = Database(url, Clock())
    try:
        await make_tables(database)
        bare_s = ours_s = float("inf")
        for _ in range(2):
            rows = [bare(row) for row in planned.rows(range(len(planned.found.persons)))]
            bare_s = min(bare_s, await _bare(database, rows))
            ours_s = min(ours_s, await _ours(database, planned))
        count = len(planned.found.persons)
        return [
            Figure(f"{database.dialect}: bare bulk insert of these messages", count / bare_s, "rows/s"),
            Figure(f"{database.dialect}: planned and written / bare", bare_s / ours_s, "x", at_least=0.5),
        ]
    finally:
        await database.close()


async def _bare(database: Database, rows: Sequence[Any]) -> float:
    await empty(database)
    begun = time.perf_counter()
    for start in range(0, len(rows), job.AT_ONCE):
        async with database.begin() as uow:
            await bulk_insert(uow, OUTBOX, READY_COLUMNS, rows[start : start + job.AT_ONCE])
            await uow.commit()
    return time.perf_counter() - begun


async def _ours(database: Database, planned: Planned) -> float:
    await empty(database)
    hold = Hold(SLOT, f"benchmark {time.monotonic_ns()}")
    now = datetime.now(UTC)
    async with database.begin() as uow:
        await uow.connection.execute(store.RUNS.delete())
        assert await store.take(uow, hold, now, now + job.LEASE)
        await uow.commit()
    begun = time.perf_counter()
    told = await job.Writing(database, hold, planned).run()
    taken = time.perf_counter() - begun
    assert told is not None and told.planned + told.withheld == len(planned.found.persons), "every message is new"
    return taken
