"""Several processes at the same inbox and outbox at once: each is a database of its own on the same data."""

import asyncio
from collections import Counter

from core.db.database import Database
from core.kernel.clock import Clock
from tests.core.messaging.desk import ask_alone, ids, update

CHATS = 6
PER_CHAT = 4


def processes(database: Database, count: int) -> list[Database]:
    return [Database(database.url.render_as_string(hide_password=False), Clock()) for _ in range(count)]


async def work(database: Database, holder: str, seen: list[tuple[int, str]]) -> None:
    """Take work, note it, say that it is done, until nothing is left."""
    idle = 0
    done: list[int] = []
    while idle < 3:
        claims = await ask_alone(database, holder, done=done, chats_max=1)
        done = ids(claims)
        seen.extend((update_id, holder) for update_id in done)
        idle = 0 if done else idle + 1
        await asyncio.sleep(0)


async def test_no_update_is_handled_twice_and_none_is_forgotten(database: Database) -> None:
    updates = [update(number, chat_id=number % CHATS) for number in range(CHATS * PER_CHAT)]
    await ask_alone(database, "store", updates=updates, chats_max=0)
    others = processes(database, 3)
    seen: list[tuple[int, str]] = []
    try:
        await asyncio.gather(*(work(other, f"p{number}", seen) for number, other in enumerate(others)))
    finally:
        for other in others:
            await other.close()
    assert Counter(update_id for update_id, _ in seen) == Counter(range(CHATS * PER_CHAT))


async def test_two_who_store_the_same_batch_at_once_handle_it_once(database: Database) -> None:
    first, second = processes(database, 2)
    batch = [update(number, chat_id=number % 3) for number in range(12)]
    try:
        claims = await asyncio.gather(
            ask_alone(first, "a", updates=batch), ask_alone(second, "b", updates=list(reversed(batch)))
        )
    finally:
        await first.close()
        await second.close()
    assert sorted(ids(claims[0]) + ids(claims[1])) == list(range(12))
