"""Whole tables into arrays, a million rows in about a second, inside the given transaction.

SQLite writes each column as one text, PostgreSQL copies rows out in binary, all of one length because no column in here
is ever NULL. Rows come in any order.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, func, select, text

from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Ints
from core.live.digits import whole_numbers

COPY_HEADER = 19
"""Bytes: signature, flags, and length of an extension that there is not."""
COPY_END = 2

Query = Select[*tuple[Any, ...]]


async def columns(uow: UnitOfWork, query: Query) -> list[Ints]:
    """The columns of a query, each as 64-bit integers; every column must be a whole number and never NULL.

    On PostgreSQL every column must be BIGINT (cast what is not).
    """
    await uow.connection.execute(text("SELECT 1"))  # begins the transaction, which the driver by itself would not
    raw: Any = (await uow.connection.get_raw_connection()).driver_connection
    width = len(query.selected_columns)
    if uow.dialect == "postgresql":
        return _from_copy(await _copied(raw, _literal(query, uow)), width)
    return await _gathered(raw, _literal(_as_texts(query), uow))


def _as_texts(query: Query) -> Query:
    inner = query.subquery()
    return select(*(func.group_concat(column) for column in inner.columns))


async def _gathered(raw: Any, query: str) -> list[Ints]:
    """Every column as one text, which SQLite writes quicker than the driver makes rows, and we read as quickly."""
    async with raw.execute(query) as cursor:
        texts = await cursor.fetchone()
    return [await asyncio.to_thread(whole_numbers, column) for column in texts]


def _literal(query: Query, uow: UnitOfWork) -> str:
    """The query as text with its values inside: COPY takes no parameters. They are plan codes and moments, all ours."""
    return str(query.compile(dialect=uow.connection.dialect, compile_kwargs={"literal_binds": True}))


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
