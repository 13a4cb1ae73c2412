"""Whole tables into arrays, a million rows in about a second, inside the given transaction.

On SQLite the driver's own rows feed numpy, on PostgreSQL a binary COPY does, whose rows are all of one length because
no column of ours in here is ever NULL.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, text

from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Ints

COPY_HEADER = 19
"""Bytes: signature, flags, and length of an extension that there is not."""
COPY_END = 2
FETCHED = 10_000


async def columns(uow: UnitOfWork, select: Select[*tuple[Any, ...]]) -> list[Ints]:
    """The columns of a query, each as 64-bit integers; every column must be a whole number and never NULL.

    On PostgreSQL every column must be BIGINT (cast what is not).
    """
    await uow.connection.execute(text("SELECT 1"))  # begins the transaction, which the driver by itself would not
    raw: Any = (await uow.connection.get_raw_connection()).driver_connection
    width = len(select.selected_columns)
    if uow.dialect == "postgresql":
        return _from_copy(await _copied(raw, _literal(select, uow)), width)
    async with raw.execute(_literal(select, uow)) as cursor:
        return await _fetched(cursor, width)


def _literal(select: Select[*tuple[Any, ...]], uow: UnitOfWork) -> str:
    """The query as text with its values inside: COPY takes no parameters. They are plan codes and moments, all ours."""
    return str(select.compile(dialect=uow.connection.dialect, compile_kwargs={"literal_binds": True}))


async def _copied(raw: Any, query: str) -> bytes:
    received: list[bytes] = []

    async def receive(data: bytes) -> None:
        received.append(bytes(data))

    await raw.copy_from_query(query, output=receive, format="binary")
    return b"".join(received)


def _from_copy(data: bytes, width: int) -> list[Ints]:
    fields: Sequence[tuple[str, str]] = [
        part for k in range(width) for part in ((f"length{k}", ">i4"), (f"v{k}", ">i8"))
    ]
    row = np.dtype([("fields", ">i2"), *fields])
    rows: NDArray[Any] = np.frombuffer(data[COPY_HEADER : len(data) - COPY_END], row)
    return [rows[f"v{k}"].astype(np.int64) for k in range(width)]


async def _fetched(cursor: Any, width: int) -> list[Ints]:
    """In parts small enough that the loop can do something else in between."""
    row = np.dtype([(f"v{k}", np.int64) for k in range(width)])
    parts: list[NDArray[Any]] = []
    while rows := await cursor.fetchmany(FETCHED):
        parts.append(np.fromiter(rows, row, len(rows)))
    found = np.concatenate(parts) if parts else np.zeros(0, row)
    return [np.ascontiguousarray(found[f"v{k}"]) for k in range(width)]
