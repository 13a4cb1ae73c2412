"""Loading a company of a million from a database into arrays, beside the quickest loader that we know (connectorx).

The other loader reads the same columns by the same queries and does nothing with them; ours reads them inside a
transaction with its mark, and what it read becomes a picture. All three million orders lie in the open cycle. On
PostgreSQL what its server spends counts too, for both.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import numpy as np
import polars as pl

from benchmarks.figures import Figure
from benchmarks.support.company import new_database
from benchmarks.support.rows import START, fill, plain
from benchmarks.support.shapes import Company, calculation, company, cycle_of, own_figures
from core.db.database import Database
from core.db.types import microseconds
from core.kernel.clock import Clock
from core.live.load import load
from core.live.picture import Picture

PEOPLE = 1_000_000
ORDERS = 3_000_000
REPEAT = 2
TICKS = os.sysconf("SC_CLK_TCK")
QUERIES = (
    "SELECT id, kind, status FROM person",
    "SELECT person_id, coalesce(sponsor_id, -1) AS sponsor FROM sponsor_link WHERE valid_to IS NULL ORDER BY id",
    f"""SELECT person_id, qv FROM customer_order WHERE paid_at IS NOT NULL
        AND ordered_at < {microseconds(START + timedelta(days=31))} AND ordered_at >= {microseconds(START)}""",
)
Spent = Callable[[], float]
"""Seconds of processor time so far."""


def figures() -> Iterator[Figure]:
    """Measure on SQLite, where the whole company lies on one disk with us, and on PostgreSQL."""
    whose = company(PEOPLE, ORDERS)
    for dialect in ("sqlite", "postgresql"):
        yield from asyncio.run(_measured(dialect, whose))


async def _measured(dialect: str, whose: Company) -> list[Figure]:
    pictures: list[Picture] = []

    async def ours() -> None:
        pictures.append(await _loaded(address))

    async with new_database(dialect) as address:
        await fill(address, whose)
        spent = time.process_time if dialect == "sqlite" else await _with_server(address)
        theirs_s = await _least(lambda: asyncio.to_thread(_read_only, plain(address)), spent)
        ours_s = await _least(ours, spent)
    wrong = int((pictures[0].own != own_figures(whose, 1)).sum())
    wrong += int((np.maximum(pictures[0].sponsors, 0) != whose.sponsor).sum())
    name = f"{dialect}, {PEOPLE:,} people, {ORDERS:,} orders"
    return [
        Figure(f"{name}: connectorx", theirs_s, "s CPU"),
        Figure(f"{name}: ours", ours_s, "s CPU"),
        Figure(f"{dialect}: ours / connectorx", ours_s / theirs_s, "x", at_most=2),
        Figure(f"{dialect}: own figures and sponsors that differ", wrong, "", at_most=0),
    ]


async def _least(work: Callable[[], Awaitable[object]], spent: Spent) -> float:
    """What one run costs, the least of some."""
    found = []
    for _ in range(REPEAT):
        before = spent()
        await work()
        found.append(spent() - before)
    return min(found)


def _read_only(address: str) -> list[pl.DataFrame]:
    return [pl.read_database_uri(query, address, engine="connectorx") for query in QUERIES]


async def _loaded(address: str) -> Picture:
    database = Database(address, Clock())
    made = calculation("benchmark")
    try:
        async with database.read() as questions:
            picture = await load(questions, made, cycle_of(made))
            await database.events.mark(questions)
            return picture
    finally:
        await database.close()


async def _with_server(address: str) -> Spent:
    """Counts this process and PostgreSQL's, those that have ended included."""
    connection = await asyncpg.connect(plain(address))
    server = int(_stat(await connection.fetchval("SELECT pg_backend_pid()"))[1])
    await connection.close()
    return lambda: time.process_time() + _of_server(server)


def _of_server(server: int) -> float:
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    ticks = sum(int(field) for child in children for field in _stat(int(child))[11:13])
    return (ticks + sum(int(field) for field in _stat(server)[11:15])) / TICKS


def _stat(pid: int) -> list[str]:
    """What the system says of a process, from its state on: its parent is the second field."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
