"""kill -9 of workers in the middle of a campaign: nothing is lost, and next to nothing is said twice."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.sandbox.chat import User
from bot.sandbox.model import Options
from bot.sandbox.world import World
from core.db.database import Database
from notifications.settings import Settings
from tests.support.api import SERVICE_KEY, Api
from tests.support.crowd import crowd, states
from tests.support.sandbox import running_sandbox
from tests.support.workers import running_workers

PEOPLE, RATE, KILLS, LEASE_S = 300, 100, 10, 4.0
DONE_WITHIN_S = 60.0


def join(world: World, chats: list[int]) -> None:
    """Have everybody start the bot."""
    for chat in chats:
        world.add_user(User(id=chat, first_name="Ana")).started = True


def told(world: World, chats: list[int]) -> list[int]:
    """How many messages each chat got."""
    return [len(world.chats[chat].messages) for chat in chats]


async def until_sent(world: World, count: int) -> None:
    """Wait until so many messages went out, and the next are under way."""
    async with asyncio.timeout(DONE_WITHIN_S):
        await _until_sent(world, count)


async def _until_sent(world: World, count: int) -> None:
    seen = world.bus.last
    if sum(len(chat.messages) for chat in world.chats.values()) < count:
        if world.bus.last == seen:
            await world.bus.bell.wait(DONE_WITHIN_S)
        await _until_sent(world, count)


async def until_told(database: Database) -> dict[str, int]:
    """Wait until nothing waits any more; what became of the messages."""
    async with asyncio.timeout(DONE_WITHIN_S):
        return await _until_told(database)


async def _until_told(database: Database) -> dict[str, int]:
    found = await states(database)
    if "waiting" not in found:
        return found
    await asyncio.sleep(0.2)
    return await _until_told(database)


@pytest.mark.processes
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_ten_kills_lose_nothing_and_double_at_most_one_each(api: Api, tmp_path: Path) -> None:
    options = Options(limits=True, overall_per_second=RATE)
    async with running_sandbox(options) as sandbox:
        world, rng = sandbox.world, random.Random(7)
        chats = await crowd(api.database, PEOPLE)
        join(world, chats)
        address = str(api.client.make_url("")).rstrip("/")
        settings = Settings(address, SERVICE_KEY, world.token, sandbox.base, rate_per_s=RATE)
        async with running_workers(settings, 2, lease_s=LEASE_S) as workers:
            for kill in range(KILLS):
                await until_sent(world, (kill + 1) * PEOPLE // (KILLS + 2))
                await asyncio.sleep(rng.uniform(0, 0.02))
                await workers.kill_one(rng)
            ended = await until_told(api.database)
            assert await workers.stop() == [0, 0]

    counts = told(world, chats)
    doubled, missed = sum(count - 1 for count in counts if count), counts.count(0)
    unsure = ended.get("unsure", 0)
    assert sum(ended.values()) == PEOPLE
    assert set(ended) <= {"sent", "unsure"}
    assert missed <= unsure, "only what a kill left in doubt, of a kind that is not said twice, may not have gone"
    assert doubled + unsure <= KILLS, "a kill leaves at most one message in doubt"
    assert world.faults.report()["by_rule"] == {}, "nothing went too fast"
