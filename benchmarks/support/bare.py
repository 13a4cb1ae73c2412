"""The least that writes a posting: the driver alone, one transaction each, nothing checked."""

from typing import Any

from core.db.database import Database

ENTRY = "INSERT INTO entry (key, kind, reason, document_kind, document_id, at, caused_by, request_id) VALUES "
LINES = "INSERT INTO entry_line (entry_id, position, account_id, amount, least) VALUES "
FIXED = ("points.rule", "benchmark", "b")
ISSUED, PERSON = 101, 1


async def bare_postings(database: Database, block: str, count: int) -> None:
    """Give the first person a point, so many times."""
    write = _on_sqlite if database.dialect == "sqlite" else _on_postgres
    async with database.writer.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        for number in range(count):
            await write(raw, f"bare:{block}:{number}")


async def _on_sqlite(raw: Any, key: str) -> None:
    await raw.execute("BEGIN IMMEDIATE")
    cursor = await raw.execute(f"{ENTRY} (?, ?, ?, ?, ?, ?, ?, ?)", (key, *FIXED, key, 1, "benchmark", "benchmark"))
    entry = cursor.lastrowid
    await raw.execute(f"{LINES} (?, 1, ?, -1, NULL), (?, 2, ?, 1, 0)", (entry, ISSUED, entry, PERSON))
    await raw.execute("UPDATE account SET balance = balance + ? WHERE id = ?", (1, PERSON))
    await raw.execute("COMMIT")


async def _on_postgres(raw: Any, key: str) -> None:
    async with raw.transaction():
        values = (key, *FIXED, key, 1, "benchmark", "benchmark")
        entry = await raw.fetchval(f"{ENTRY} ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id", *values)
        await raw.execute(f"{LINES} ($1, 1, $2, -1, NULL), ($1, 2, $3, 1, 0)", entry, ISSUED, PERSON)
        await raw.execute("UPDATE account SET balance = balance + $1 WHERE id = $2", 1, PERSON)
