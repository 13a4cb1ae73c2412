"""A connection that is opened when it is first asked something: a question that memory answers costs no transaction."""

from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack
from typing import Any, Concatenate, ParamSpec, TypeVar

import asyncpg
from sqlalchemy import Connection, Engine
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.util import greenlet_spawn

from core.db.model import DatabaseAway

P = ParamSpec("P")
T = TypeVar("T")


async def start(connection: AsyncConnection) -> None:
    """Open the connection.

    Raises:
        DatabaseAway: the database cannot be reached.
    """
    try:
        await connection.start()
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise DatabaseAway from error  # asyncpg connects outside SQLAlchemy's translation


async def begin(connection: AsyncConnection) -> None:
    """Open the connection and begin its transaction.

    Raises:
        DatabaseAway: the database cannot be reached.
    """
    await start(connection)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(connection.close)
        await connection.begin()
        stack.pop_all()


async def begun(engine: AsyncEngine) -> AsyncConnection:
    """A connection whose transaction has begun: `begin` for every writer, in one step for SQLAlchemy instead of two.

    Raises:
        DatabaseAway: the database cannot be reached.
    """
    try:
        return AsyncConnection(engine, await greenlet_spawn(_begun, engine.sync_engine))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise DatabaseAway from error  # asyncpg connects outside SQLAlchemy's translation


def _begun(engine: Engine) -> Connection:
    with ExitStack() as stack:
        connection = engine.connect()
        stack.callback(connection.close)
        connection.begin()
        stack.pop_all()
        return connection


class OnDemandConnection(AsyncConnection):
    """An `AsyncConnection` that begins by itself; everything that talks to the database begins it."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self._begun = False

    async def execute(self, *given: Any, **named: Any) -> Any:
        """As `AsyncConnection.execute`."""
        await self._begin()
        return await super().execute(*given, **named)

    async def exec_driver_sql(self, *given: Any, **named: Any) -> Any:
        """As `AsyncConnection.exec_driver_sql`."""
        await self._begin()
        return await super().exec_driver_sql(*given, **named)

    async def run_sync(self, fn: Callable[Concatenate[Connection, P], T], *arg: P.args, **kw: P.kwargs) -> T:
        """As `AsyncConnection.run_sync`."""
        await self._begin()
        return await super().run_sync(fn, *arg, **kw)

    async def get_raw_connection(self) -> Any:
        """As `AsyncConnection.get_raw_connection`."""
        await self._begin()
        return await super().get_raw_connection()

    async def close(self) -> None:
        """Nothing to close where nothing was asked."""
        if self._begun:
            await super().close()

    @property
    def begun(self) -> bool:
        """Whether anything was asked."""
        return self._begun

    async def _begin(self) -> None:
        if not self._begun:
            await begin(self)
            self._begun = True
