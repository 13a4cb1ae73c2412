"""Workers as processes of their own that start in a blink: forked from a process that has imported everything."""

import asyncio
import logging
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess

from core.kernel.logs import configure
from notifications import app
from notifications.settings import Settings
from tests.support.children import FAMILY

ENDS_WITHIN_S = 30.0


def serve(settings: Settings, lease_s: float) -> None:
    """What `python -m notifications` does."""
    configure("worker", level=logging.ERROR)
    asyncio.run(_serve(settings, lease_s))


async def _serve(settings: Settings, lease_s: float) -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    await app.run(settings, stopped, lease_s=lease_s)


@dataclass
class Workers:
    """Some workers; any of them can be killed, and another starts in its place."""

    settings: Settings
    lease_s: float
    processes: list[ForkServerProcess] = field(default_factory=list)

    def start(self) -> None:
        """One more."""
        process = FAMILY.Process(target=serve, args=(self.settings, self.lease_s), daemon=True)
        process.start()
        self.processes.append(process)

    async def kill_one(self, rng: random.Random) -> None:
        """kill -9 of one, and another in its place."""
        process = self.processes.pop(rng.randrange(len(self.processes)))
        process.kill()
        await asyncio.to_thread(process.join)
        self.start()

    async def stop(self) -> list[int | None]:
        """SIGTERM to all, which must obey; how they ended."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            await asyncio.to_thread(process.join, ENDS_WITHIN_S)
        return [process.exitcode for process in self.processes]


@asynccontextmanager
async def running_workers(settings: Settings, count: int, *, lease_s: float) -> AsyncIterator[Workers]:
    """So many workers; whatever happens, none is left behind."""
    workers = Workers(settings, lease_s)
    try:
        for _ in range(count):
            workers.start()
        yield workers
    finally:
        for process in workers.processes:
            process.kill()
