"""The benchmark's month in databases: what SQL can work out of it person by person and line by line.

The tables hold what settlement reads, days and moments among it, so that both look at the same rows. Figures and ranks
and all lines are left in tables and compared with ours cell by cell; lines come without reasons and in no order.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import asyncpg
import duckdb
import numpy as np
import polars as pl

from benchmarks.support.month import CYCLE, plan
from benchmarks.support.postgres import postgres
from benchmarks.support.timing import cpu_of, cpu_s
from core.bonuses.arrays import Settled
from core.calendar.rules import cycle_named
from core.settlement.cycle.figures import Standings, microseconds
from core.settlement.model import Company
from core.settlement.running import Outcome

FOLDER = Path(__file__).parents[1] / "sql"
STEPS = {"standing": "month_standing.sql", "award": "month_levels.sql", "stair": "month_stairs.sql"}
"""Tables that are made one after the other, each by a statement of its own."""
TABLES = {
    "person": "id INTEGER PRIMARY KEY, sponsor INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, "
    "joined DATE NOT NULL",
    "orders": "number INTEGER PRIMARY KEY, buyer INTEGER NOT NULL, ordered_at BIGINT NOT NULL, paid_at BIGINT, "
    "qv BIGINT NOT NULL",
}
READ = {
    "standing": "SELECT id, pv, gv, heads, rank FROM standing",
    "award": "SELECT payee, source, number, level, base, rate, amount FROM award",
    "stair": "SELECT payee, source, -1 AS number, level, base, rate, amount FROM stair",
}
SETTINGS = ("work_mem = '512MB'", "max_parallel_workers_per_gather = 0", "jit = off")


@dataclass(frozen=True)
class Found:
    """Processor seconds of each statement, and the tables that they have made."""

    seconds: dict[str, float]
    tables: dict[str, pl.DataFrame]

    def unlike(self, outcome: Outcome) -> int:
        """How many rows of all tables are not the same as ours."""
        stairs, levels = outcome.settled
        standings = outcome.standings
        ours = {
            "standing": _standing(standings),
            "award": _lines(levels, standings),
            "stair": _lines(stairs, standings),
        }
        return sum(_unlike(frame, self.tables[name]) for name, frame in ours.items())


def _unlike(ours: pl.DataFrame, theirs: pl.DataFrame) -> int:
    mine, its = (frame.cast(pl.Int64).sort(ours.columns) for frame in (ours, theirs))
    if mine.height != its.height:
        return abs(mine.height - its.height)
    return int(mine.select(pl.any_horizontal(pl.col(name) != its[name] for name in mine.columns).sum()).item())


def _standing(standings: Standings) -> pl.DataFrame:
    """Our figures and ranks as the table has them."""
    figures = {code: standings.kpi(code) for code in ("pv", "gv", "heads")}
    return pl.DataFrame({"id": standings.place + 1, **figures, "rank": standings.network.paid})


def _lines(settled: Settled, standings: Standings) -> pl.DataFrame:
    """Our lines of one bonus as the table has them."""
    lines, place = settled.lines, standings.place
    rates = np.array([int(rate) for rate in lines.rates], np.int64)[lines.rate]
    people = {"payee": place[lines.payee] + 1, "source": place[lines.source] + 1}
    rest = {"level": lines.level, "base": lines.base, "rate": rates, "amount": settled.amount}
    return pl.DataFrame({**people, "number": lines.order, **rest})


def in_duckdb(company: Company) -> Found:
    """By DuckDB in memory, with all its threads."""
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-duckdb-") as name, duckdb.connect() as connection:
        for table, path in _written(company, Path(name)).items():
            connection.execute(f"CREATE TABLE {table} ({TABLES[table]})")
            connection.execute(f"INSERT INTO {table} SELECT * FROM read_csv('{path}', header = true)")
        seconds = {step: cpu_s(partial(connection.execute, sql), repeat=1) for step, sql in _statements().items()}
        for step, query in READ.items():
            connection.execute(f"COPY ({query}) TO '{name}/{step}.csv' (HEADER)")
        return Found(seconds, {step: pl.read_csv(f"{name}/{step}.csv") for step in READ})


def in_postgresql(company: Company) -> Found:
    """By PostgreSQL in one process, with room enough to keep everything in memory."""
    temporary = tempfile.TemporaryDirectory(prefix="upline-benchmark-pg-", ignore_cleanup_errors=True)
    with temporary as folder, postgres(Path(folder)) as address:
        return asyncio.run(_asked(address, company, Path(folder)))


async def _asked(address: str, company: Company, folder: Path) -> Found:
    connection = await asyncpg.connect(address)
    try:
        for table, path in _written(company, folder).items():
            await connection.execute(f"CREATE TABLE {table} ({TABLES[table]})")
            await connection.copy_to_table(table, source=path, format="csv", header=True)
        for setting in SETTINGS:
            await connection.execute(f"SET {setting}")
        await connection.execute("ANALYZE")
        pid, seconds, tables = await connection.fetchval("SELECT pg_backend_pid()"), {}, {}
        for step, sql in _statements().items():
            before = cpu_of(pid)
            await connection.execute(sql.replace("CREATE TABLE", "CREATE TEMP TABLE"))
            seconds[step] = cpu_of(pid) - before
            await connection.execute(f"ANALYZE {step}")
            path = folder / f"{step}.out.csv"
            await connection.copy_from_query(READ[step], output=path, format="csv", header=True)
            tables[step] = pl.read_csv(path)
        return Found(seconds, tables)
    finally:
        await connection.close()


def _statements() -> dict[str, str]:
    period = cycle_named(plan().calendar, CYCLE).period
    said = {"start": microseconds(period.start), "end": microseconds(period.end), "ended": period.end.date()}
    return {step: (FOLDER / name).read_text().format(**said) for step, name in STEPS.items()}


def _written(company: Company, folder: Path) -> dict[str, Path]:
    """The tables as files."""
    person = company.people.select(
        (pl.int_range(pl.len()) + 1).alias("id"), pl.col("sponsor") + 1, "kind", "status", "joined_on"
    )
    orders = company.orders.select(pl.int_range(pl.len()), pl.col("person") + 1, "ordered_at", "paid_at", "qv")
    paths = {"person": folder / "person.csv", "orders": folder / "orders.csv"}
    person.write_csv(paths["person"])
    orders.write_csv(paths["orders"])
    return paths
