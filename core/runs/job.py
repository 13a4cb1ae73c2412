"""Work on runs beside the service: each in a process of its own, so that no answer waits for a calculation."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator

from aiohttp import web

from core.closing import service as closing
from core.db.database import Database
from core.kernel.errors import DomainError
from core.kernel.logs import logger
from core.runs.store import runs as store

LOOKS_EVERY_S = 2.0
COMMAND = ("-m", "core", "run", "work")
ONE_THREAD = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""What works beside the service leaves the other cores to it."""


class Working:
    """Looks for work that staff asked for, or that a killed process left, and starts a process for it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stopped = asyncio.Event()
        self.process: asyncio.subprocess.Process | None = None
        """The last one that was started."""

    async def life(self, _application: web.Application) -> AsyncIterator[None]:
        """Look while the service runs; a process under way is left to its end, for it needs nobody."""
        task = asyncio.create_task(self._run())
        yield
        self._stopped.set()
        await task

    async def _run(self) -> None:
        while not await self._waited():
            try:
                if await self._is_wanted():
                    await self._work()
            except DomainError as refused:  # the database is away: the next look may find it
                logger().warning("runs refused", code=refused.code)

    async def _waited(self) -> bool:
        """Wait a little; whether it is time to stop."""
        try:
            await asyncio.wait_for(self._stopped.wait(), LOOKS_EVERY_S)
        except TimeoutError:
            return False
        return True

    async def _is_wanted(self) -> bool:
        async with self._database.read() as questions:
            return bool(await store.wanted(questions)) or await closing.is_left(questions)

    async def _work(self) -> None:
        url = self._database.url.render_as_string(hide_password=False)
        environment = {**os.environ, **ONE_THREAD, "DATABASE_URL": url}
        self.process = process = await asyncio.create_subprocess_exec(sys.executable, *COMMAND, env=environment)
        stopped = asyncio.create_task(self._stopped.wait())
        ended = asyncio.create_task(process.wait())
        await asyncio.wait([stopped, ended], return_when=asyncio.FIRST_COMPLETED)
        if ended.done() and ended.result() != 0:
            logger().warning("work on runs ended", code=ended.result())
        for task in (stopped, ended):
            task.cancel()
