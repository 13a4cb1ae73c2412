"""Thousands of messages through real workers, a real service and the sandbox: at a set pace, and under kill -9.

The sandbox refuses what is faster than its limit, as Telegram does, and counts it.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.support.company import SERVICE_KEY, new_database
from bot.sandbox.chat import User
from bot.sandbox.model import Options
from bot.sandbox.world import World
from core.db.database import Database
from core.kernel.clock import Clock
from notifications.settings import Settings
from tests.support.crowd import crowd, states
from tests.support.processes import Program, free_port, run_to_end
from tests.support.sandbox import running_sandbox
from tests.support.workers import running_workers

PACED, PACE = 10_000, 30
KILLED, KILLED_PACE, KILL_EVERY_S = 5_000, 100, (2.0, 4.0)
LEASE_S = 20.0
NOON = "2026-11-22T12:00:00+00:00"
"""When everybody is awake."""
LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class Bench:
    """A service whose outbox is full, and a messenger."""

    database: Database
    world: World
    chats: Sequence[int]
    settings: Settings

    async def until_empty(self) -> dict[str, int]:
        """Wait until nothing waits any more; what became of the messages."""
        while "waiting" in (found := await states(self.database)):  # noqa: ASYNC110  the database has no bell
            await asyncio.sleep(LOOK_S)
        return found

    @property
    def told(self) -> list[int]:
        """How many messages each chat got."""
        return [len(self.world.chats[chat].messages) for chat in self.chats]

    @property
    def too_fast(self) -> int:
        """How often the messenger asked to wait."""
        found: dict[str, int] = self.world.faults.report()["by_rule"]
        return found.get("flood", 0)


@asynccontextmanager
async def _bench(dialect: str, people: int, rate: int, folder: Path) -> AsyncIterator[Bench]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with new_database(dialect) as address, running_sandbox(Options(limits=True, overall_per_second=rate)) as box:
        environ = {"DATABASE_URL": address, "SERVICE_KEY": SERVICE_KEY, "PORT": str(port), "CLOCK_START": NOON}
        await run_to_end(["core", "migrate"], environ)
        database = Database(address, Clock())
        chats = await crowd(database, people, datetime.fromisoformat(NOON))
        for chat in chats:
            box.world.add_user(User(id=chat, first_name="Ana")).started = True
        core = Program(["core", "serve"], environ, folder / f"core-{port}.log", f"{url}/health")
        await core.start()
        try:
            settings = Settings(url, SERVICE_KEY, box.world.token, box.base, rate_per_s=rate)
            yield Bench(database, box.world, chats, settings)
        finally:
            await core.stop()
            await database.close()


async def pace(dialect: str, folder: Path) -> list[Figure]:
    """Two workers at the pace of 30 a second."""
    async with _bench(dialect, PACED, PACE, folder) as bench, running_workers(bench.settings, 2, lease_s=60) as workers:
        begun = await _first_sent(bench.world)
        await bench.until_empty()
        last = bench.world.calls[-1]["at"]
        await workers.stop()
        rate = (PACED - 1) / (last - begun)
        name = f"{dialect}: {PACED:,} messages at {PACE}/s, two workers"
        return [
            Figure(f"{name}: their pace", rate, "/s"),
            Figure(f"{name}: share of the pace that is set", rate / PACE, "x", at_least=0.98),
            Figure(f"{name}: asked to wait (429)", bench.too_fast, at_most=0),
            Figure(f"{name}: lost or doubled", sum(count != 1 for count in bench.told), at_most=0),
        ]


async def kills(dialect: str, folder: Path) -> list[Figure]:
    """Three workers, of which one is killed every few seconds."""
    rng, count = random.Random(11), 0
    async with _bench(dialect, KILLED, KILLED_PACE, folder) as bench:
        async with running_workers(bench.settings, 3, lease_s=LEASE_S) as workers:
            done = asyncio.create_task(bench.until_empty())
            while not (await asyncio.wait({done}, timeout=rng.uniform(*KILL_EVERY_S)))[0]:
                await workers.kill_one(rng)
                count += 1
            ended = await done
            await workers.stop()
        doubled, missed = sum(told - 1 for told in bench.told if told), bench.told.count(0)
        unsure = ended.get("unsure", 0)
        name = f"{dialect}: {KILLED:,} messages at {KILLED_PACE}/s, {count} kills"
        return [
            Figure(f"{name}: lost", KILLED - sum(ended.values()) + max(0, missed - unsure), at_most=0),
            Figure(f"{name}: in doubt and left, as their kind says", unsure),
            Figure(f"{name}: of these not arrived", missed),
            Figure(f"{name}: doubled", doubled),
            Figure(f"{name}: doubled or in doubt, a kill", (doubled + unsure) / max(1, count), at_most=1),
            Figure(f"{name}: asked to wait (429)", bench.too_fast, at_most=0),
        ]


async def _first_sent(world: World) -> float:
    while not world.calls:
        await world.bus.bell.wait(1.0)
    begun: float = world.calls[0]["at"]
    return begun
