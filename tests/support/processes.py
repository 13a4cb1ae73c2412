"""Our own programs as real processes of the operating system, started, killed and awaited by tests."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import aiohttp

from core import __main__ as core
from core.settings import Settings
from tests.support.children import Child

READY_WITHIN_S = 120.0
PROBE_S = 0.05


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Program:
    """`python -m …`, which can be started, killed without warning, and started again."""

    words: list[str]
    environ: Mapping[str, str]
    log: Path
    ready_at: str | None = None
    """Address that answers 200 once the program is of use."""
    loaded: bool = False
    """Whether it is born of a process that has loaded it, instead of being started as people start it."""
    process: asyncio.subprocess.Process | Child | None = field(default=None, init=False)

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        environ = {**os.environ, **self.environ}
        if self.loaded:
            self.process = await Child.born(self.words, environ, self.log)
        else:
            with self.log.open("ab") as log:
                self.process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", *self.words, env=environ, stdout=log, stderr=log
                )
        if self.ready_at:
            await self._until_ready(self.ready_at)

    async def _until_ready(self, address: str) -> None:
        assert self.process is not None
        deadline = asyncio.get_running_loop().time() + READY_WITHIN_S
        async with aiohttp.ClientSession() as session:
            while asyncio.get_running_loop().time() < deadline:
                assert self.process.returncode is None, f"{self.words} ended: {self.log.read_text()[-3000:]}"
                try:
                    async with session.get(address) as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(PROBE_S)
        raise AssertionError(f"{self.words} was not ready in time: {self.log.read_text()[-3000:]}")

    async def kill(self) -> None:
        """kill -9."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM, and it must obey."""
        await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(number)
            await asyncio.wait_for(self.process.wait(), READY_WITHIN_S)


async def run_to_end(words: list[str], environ: Mapping[str, str]) -> str:
    """Run `python -m …` to its end, which must be a good one; what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *words,
        env={**os.environ, **environ},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    assert process.returncode == 0, complained.decode()
    return said.decode()


async def command(words: list[str], environ: Mapping[str, str]) -> str:
    """As `run_to_end` of `python -m core …`, but in this process: for preparations, where a start is no test."""
    arguments = core.parser(words[0]).parse_args(words)
    with redirect_stdout(StringIO()) as said, redirect_stderr(StringIO()) as complained:
        code = await arguments.run(arguments, Settings.read(environ))
    assert code == 0, complained.getvalue()
    return said.getvalue()
