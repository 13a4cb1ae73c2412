"""Processes that work on runs and are killed for real."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from core.settlement.lines.chunks import LINES_MOST

ROOT = Path(__file__).parents[3]
PATIENCE_S = 60
NURSERY = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from core.closing import job
from core.db.database import Database
from core.kernel.errors import DomainError
from core.runs import releasing, working
from core.runs.model import Work
from core.settlement.lines import chunks
from tests.support.clock import StillClock

releasing.PAYEES_AT_ONCE = 1
job.WRITTEN_AT_ONCE = job.TOLD_AT_ONCE = 1
working.BYTES_AT_ONCE = 1
chunks.packed.__defaults__ = (int(sys.argv[1]),)


async def work(url, run, what):
    database = Database(url, StillClock(datetime(2026, 11, 22, 12, tzinfo=UTC)))
    try:
        state = await working.work(database, int(run), Work(what), actor="staff:1", tell=say)
        say("ended " + state.value)
    except DomainError as refused:
        say("refused " + refused.code)
    finally:
        await database.close()


def say(line):
    os.write(1, (str(os.getpid()) + " " + line + "\\n").encode())


signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever ends is gone at once
os.write(1, b"0 ready\\n")
for line in sys.stdin:
    if os.fork() == 0:
        say("born")
        asyncio.run(work(*line.split()))
        os._exit(0)
"""


class Nursery:
    """A process that has everything imported, and children of it that work: quick to be born, and really killed."""

    def __init__(self, award_lines: int = LINES_MOST) -> None:
        """Children keep so many award lines in a part."""
        environment = {**os.environ, "POLARS_MAX_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, str(award_lines)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said: dict[int, list[str]] = {}
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        self.listener.join()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            child, _, words = line.strip().partition(" ")
            self.said.setdefault(int(child), []).append(words)

    async def heard(self, enough: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                if enough():
                    return
                await asyncio.sleep(0.002)

    async def child(self, url: str, run: int, what: str) -> int:
        """A new child at work."""
        before = set(self.said)
        assert self.process.stdin is not None
        self.process.stdin.write(f"{url} {run} {what}\n")
        self.process.stdin.flush()
        await self.heard(lambda: len(set(self.said) - before - {0}) > 0)
        [number] = set(self.said) - before - {0}
        return number

    def is_over(self, child: int) -> bool:
        return self.said[child][-1].startswith(("ended", "refused"))

    async def killed_after(self, child: int, lines: int, seconds: float) -> None:
        """Killed some time after it said so many lines, unless it has ended by then."""
        await self.heard(lambda: len(self.said[child]) >= lines or self.is_over(child))
        await asyncio.sleep(seconds)
        while True:
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                return
            await asyncio.sleep(0.001)

    async def finished(self, child: int) -> str:
        """What it says in the end."""
        await self.heard(lambda: self.is_over(child))
        return self.said[child][-1]
