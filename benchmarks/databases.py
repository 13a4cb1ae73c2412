"""The benchmark plan computed by databases in SQL (`sql/plan.sql`), beside ours on the same company.

Tables are filled and indexed before the clock starts, so ours keeps its layout too; from nothing is told beside it.
Each database gets the size that it can finish in reasonable time, and ours is measured at that size; nothing is
extrapolated. Sums of all figures and ranks must be the same.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import duckdb
import numpy as np

from benchmarks.figures import Figure
from benchmarks.support.postgres import postgres
from benchmarks.support.shapes import Company, calculation, company, recompute, state_of
from benchmarks.support.timing import cpu_of, cpu_s
from core.live.calculation import Calculation

SQL = (Path(__file__).parent / "sql" / "plan.sql").read_text()
PERSON = "CREATE TABLE person (id INTEGER PRIMARY KEY, sponsor INTEGER NOT NULL, distributor INTEGER NOT NULL)"
ORDERS = "CREATE TABLE orders (buyer INTEGER NOT NULL, qv BIGINT NOT NULL)"
Sums = tuple[int, ...]


def figures() -> Iterator[Figure]:
    """Measure each database."""
    made = calculation("benchmark")
    yield from _beside(made, "DuckDB", 1_000_000, _duckdb, at_least=15)
    yield from _beside(made, "PostgreSQL", 200_000, _postgresql, at_least=150)
    yield from _beside(made, "SQLite", 200_000, _sqlite, at_least=300)


def _beside(
    made: Calculation, name: str, people: int, measure: Callable[[Company], tuple[float, Sums]], *, at_least: float
) -> Iterator[Figure]:
    whose = company(people, 3 * people)
    state = state_of(whose, made)
    nothing = cpu_s(lambda: state_of(whose, made))
    ours = cpu_s(lambda: recompute(whose, made, state))
    theirs, sums = measure(whose)
    wrong = sum(one != other for one, other in zip(sums, _sums(whose, made), strict=True))
    size = f"{people:,} people, {3 * people:,} orders"
    yield Figure(f"{name}, {size}", theirs, "s CPU")
    yield Figure(f"ours, {size}", ours, "s CPU")
    yield Figure(f"{name} / ours from nothing", theirs / nothing, "x")
    yield Figure(f"{name} / ours", theirs / ours, "x", at_least=at_least)
    yield Figure(f"sums that {name} finds otherwise", wrong, "", at_most=0)


def _sums(whose: Company, made: Calculation) -> Sums:
    state = state_of(whose, made)
    levels = sum(int(state.column(f"level_{level}").sum()) for level in range(1, 11))
    totals = (int(state.column(code).sum()) for code in ("pv", "gv", "heads"))
    return (state.count, *totals, levels, int(state.ranks.astype(np.int64).sum()))


def _rows(whose: Company) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    numbers = range(1, len(whose.sponsor) + 1)
    people = zip(numbers, whose.sponsor.tolist(), whose.distributor.astype(int).tolist(), strict=True)
    return list(people), list(zip(whose.buyer.tolist(), whose.qv.tolist(), strict=True))


def _duckdb(whose: Company) -> tuple[float, Sums]:
    """Processor time and the one row that the statement gives."""
    with duckdb.connect() as connection:
        people = {
            "id": np.arange(1, len(whose.sponsor) + 1),
            "sponsor": whose.sponsor,
            "distributor": whose.distributor.astype(np.int32),
        }
        connection.register("given_people", people)
        connection.register("given_orders", {"buyer": whose.buyer, "qv": whose.qv})
        connection.execute("CREATE TABLE person AS FROM given_people; CREATE TABLE orders AS FROM given_orders")
        found: list[Sums] = []
        time = cpu_s(lambda: found.append(connection.execute(SQL).fetchall()[0]), repeat=1)
    return time, tuple(map(int, found[0]))


def _sqlite(whose: Company) -> tuple[float, Sums]:
    connection = sqlite3.connect(":memory:")
    people, orders = _rows(whose)
    connection.execute(PERSON)
    connection.execute(ORDERS)
    connection.executemany("INSERT INTO person VALUES (?, ?, ?)", people)
    connection.executemany("INSERT INTO orders VALUES (?, ?)", orders)
    connection.execute("CREATE INDEX orders_buyer ON orders (buyer, qv)")
    connection.execute("ANALYZE")
    found: list[Sums] = []
    time = cpu_s(lambda: found.append(connection.execute(SQL).fetchall()[0]), repeat=1)
    connection.close()
    return time, tuple(map(int, found[0]))


def _postgresql(whose: Company) -> tuple[float, Sums]:
    """Processor time and the one row that the statement gives."""
    temporary = tempfile.TemporaryDirectory(prefix="upline-benchmark-pg-", ignore_cleanup_errors=True)
    with temporary as folder, postgres(Path(folder)) as address:
        return asyncio.run(_asked(address, whose))


async def _asked(address: str, whose: Company) -> tuple[float, Sums]:
    """Processor time of the one server process that does it all."""
    connection = await asyncpg.connect(address)
    try:
        people, orders = _rows(whose)
        for statement in (PERSON, ORDERS):
            await connection.execute(statement)
        await connection.copy_records_to_table("person", records=people)
        await connection.copy_records_to_table("orders", records=orders)
        for setting in ("work_mem = '512MB'", "max_parallel_workers_per_gather = 0", "jit = off"):
            await connection.execute(f"SET {setting}")
        await connection.execute("ANALYZE")
        pid = await connection.fetchval("SELECT pg_backend_pid()")
        before = cpu_of(pid)
        row = await connection.fetchrow(SQL)
        assert row is not None, "sums are one row"
        return cpu_of(pid) - before, tuple(int(value) for value in row.values())
    finally:
        await connection.close()
