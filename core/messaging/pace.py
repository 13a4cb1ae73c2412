"""How fast messages may go: one schedule for all workers, and the bot's own answers go first.

Whoever sends takes turns that lie one step apart; the bot takes none: it sends, and pushes the next turns on. A chat
has its own step. All moments are real time.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from core.db.unit_of_work import UnitOfWork
from core.messaging import rules
from core.messaging.store import pace as store

AHEAD = timedelta(seconds=2)
"""Turns are given out for so long: enough to ask for the next ones meanwhile, little enough to obey a pause soon."""


async def room(uow: UnitOfWork, rate_per_s: float, now: datetime) -> tuple[int, datetime]:
    """How many turns can be given out now, and when the first of them is, as it looks before the row is locked."""
    free_at = await store.free_at(uow)
    return rules.room(free_at, now, rules.step(rate_per_s), AHEAD), max(free_at or now, now)


async def slots(uow: UnitOfWork, count: int, rate_per_s: float, now: datetime) -> list[float]:
    """Take `count` turns; nobody else has them, and none lies closer to another than the rate allows.

    Call it late in a transaction: until its end everybody else who sends has to wait.

    Returns:
        For each turn, how many seconds from now it is.
    """
    if not count:
        return []
    between = rules.step(rate_per_s)
    found, free_at = rules.turns(await store.locked_free_at(uow), now, count, between)
    await store.set_free(uow, free_at, between)
    return found


async def answered(uow: UnitOfWork, chats: Iterable[int], now: datetime) -> None:
    """The bot sent an answer to each of `chats` (one that got two is named twice): the next turns move on."""
    counts = Counter(chats)
    if counts:
        await store.push(uow, counts.total(), now, AHEAD)
        await store.set_chats_free(uow, {chat: now + count * rules.chat_step(chat) for chat, count in counts.items()})


async def pause(uow: UnitOfWork, seconds: float, now: datetime) -> None:
    """The messenger asked us to wait: nobody's turn comes before."""
    until = now + timedelta(seconds=seconds)
    if await store.locked_free_at(uow) < until:
        await store.set_free(uow, until)


async def chats_free(uow: UnitOfWork, chats: Collection[int]) -> dict[int, datetime]:
    """From when on each of `chats` may get its next message; one that is not named may at once."""
    return await store.chats_free(uow, chats)


async def take_chats(uow: UnitOfWork, sent_at: Mapping[int, datetime]) -> None:
    """Each of the chats gets a message at its moment; after `slots`, so that all lock these rows in one order."""
    await store.set_chats_free(uow, {chat: moment + rules.chat_step(chat) for chat, moment in sent_at.items()})


async def tidy(uow: UnitOfWork, now: datetime) -> None:
    """Forget chats that nothing keeps waiting."""
    await store.forget_before(uow, now)
