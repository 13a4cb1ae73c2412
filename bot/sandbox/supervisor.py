"""Starts processes, waits for them, tells when one dies, and stops them all; no word about what they are for."""

import asyncio
import os
import signal
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TAIL_LINES = 15
STOP_SECONDS = 8.0
RESTARTS_MAX = 3
RESTARTS_WITHIN_SECONDS = 60.0
LINE_BYTES_MAX = 1024 * 1024

Tell = Callable[[str], None]


class GaveUp(Exception):
    """A process died too often, or did not get ready in time; the message is for the person at the terminal."""


@dataclass(frozen=True)
class Part:
    """One process: what it is called, how it is started, and how it is seen to be ready."""

    name: str
    argv: Sequence[str]
    environ: Mapping[str, str]
    ready: Callable[[], Awaitable[bool]]
    ready_seconds_max: float = 60.0


@dataclass
class _Running:
    part: Part
    process: asyncio.subprocess.Process
    tail: deque[str]
    copying: asyncio.Task[None]
    deaths: deque[float] = field(default_factory=deque)


class Supervisor:
    """Keeps parts running; everything they print goes to one log file each."""

    def __init__(self, logs: Path, tell: Tell) -> None:
        self._logs = logs
        self._tell = tell
        self._running: list[_Running] = []
        logs.mkdir(parents=True, exist_ok=True)

    async def run_once(self, name: str, argv: Sequence[str], environ: Mapping[str, str]) -> tuple[int, str]:
        """Run a command to its end.

        Returns:
            Its exit code and its last lines.
        """
        running = await self._spawn(Part(name, argv, environ, ready=_at_once))
        self._running.append(running)
        code = await running.process.wait()
        await running.copying
        self._running.remove(running)
        return code, "\n".join(running.tail)

    async def start(self, part: Part) -> None:
        """Start a process and wait until it is ready.

        Raises:
            GaveUp: it died, or was not ready in time.
        """
        running = await self._spawn(part)
        self._running.append(running)
        await self._until_ready(running)

    async def watch(self) -> None:
        """Watch for deaths; a dead process is told of and started again, a few times.

        Raises:
            GaveUp: one died too often.
        """
        while True:
            ends = {asyncio.create_task(running.process.wait()): running for running in self._running}
            done, waiting = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for task in waiting:
                task.cancel()
            for task in done:
                await self._revive(ends[task])

    async def stop(self) -> None:
        """Stop everything, the last started first; who does not listen is killed."""
        for running in reversed(self._running):
            _signal(running.process, signal.SIGTERM)
        ends = [running.process.wait() for running in self._running]
        try:
            await asyncio.wait_for(asyncio.gather(*ends), STOP_SECONDS)
        except TimeoutError:
            self._tell("Some processes did not stop by themselves and are killed.")
        for running in self._running:
            _signal(running.process, signal.SIGKILL)  # whatever they may have left behind in their group
            await running.process.wait()
            await running.copying
        self._running.clear()

    async def _spawn(self, part: Part) -> _Running:
        process = await asyncio.create_subprocess_exec(
            *part.argv,
            env=dict(part.environ),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us alone, and a signal to the group reaches all its children
            limit=LINE_BYTES_MAX,
        )
        tail: deque[str] = deque(maxlen=TAIL_LINES)
        return _Running(part, process, tail, asyncio.create_task(self._copy(part, process, tail)))

    async def _copy(self, part: Part, process: asyncio.subprocess.Process, tail: deque[str]) -> None:
        assert process.stdout is not None, "it was asked for"
        with (self._logs / f"{part.name}.log").open("ab") as log:
            async for line in process.stdout:
                log.write(line)
                log.flush()
                tail.append(line.decode(errors="replace").rstrip())

    async def _until_ready(self, running: _Running) -> None:
        part = running.part
        deadline = time.monotonic() + part.ready_seconds_max
        while not await part.ready():
            if running.process.returncode is not None:
                await running.copying
                raise GaveUp(f"{part.name} stopped before it was ready.{self._last_lines(running)}")
            if time.monotonic() > deadline:
                raise GaveUp(
                    f"{part.name} was not ready within {part.ready_seconds_max:.0f} seconds.{self._last_lines(running)}"
                )
            await asyncio.sleep(0.1)

    async def _revive(self, dead: _Running) -> None:
        await dead.copying
        how = _how(dead.process.returncode)
        self._tell(f"{dead.part.name} has stopped ({how}).{self._last_lines(dead)}")
        now = time.monotonic()
        deaths = deque(at for at in [*dead.deaths, now] if at > now - RESTARTS_WITHIN_SECONDS)
        if len(deaths) > RESTARTS_MAX:
            raise GaveUp(f"{dead.part.name} stopped {len(deaths)} times within a minute; giving up.")
        self._tell(f"Starting {dead.part.name} again.")
        revived = await self._spawn(dead.part)
        revived.deaths = deaths
        self._running[self._running.index(dead)] = revived
        await self._until_ready(revived)

    def _last_lines(self, running: _Running) -> str:
        if not running.tail:
            return " It printed nothing."
        lines = "".join(f"\n  | {line}" for line in running.tail)
        return f" Its last lines (all are in {self._logs / running.part.name}.log):{lines}"


def _how(code: int | None) -> str:
    return f"killed by {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return  # it has ended, and its group with it


async def _at_once() -> bool:
    return True
