"""How fast messages may go: by the arithmetic, and by the rows that all workers and the bot share."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.messaging import pace, rules
from tests.core.messaging.desk import ask, update

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HALF = SECOND / 2
CHAT, GROUP = 5, -5


@pytest.mark.parametrize(
    ("free_in", "count", "turns", "then_free_in"),
    [
        (None, 3, [0, 0.5, 1], 1.5),
        (-7, 1, [0], 0.5),
        (0.2, 2, [0.2, 0.7], 1.2),
        (0.2, 0, [], 0.2),
    ],
)
def test_turns_follow_one_another(free_in: float | None, count: int, turns: list[float], then_free_in: float) -> None:
    free_at = None if free_in is None else NOON + free_in * SECOND
    found, then_free_at = rules.turns(free_at, NOON, count, HALF)
    assert found == pytest.approx(turns)
    assert then_free_at == NOON + then_free_in * SECOND


@pytest.mark.parametrize(("free_in", "room"), [(None, 4), (-1, 4), (1.2, 2), (1.99, 1), (2, 0), (60, 0)])
def test_turns_are_given_out_for_a_little_while_only(free_in: float | None, room: int) -> None:
    free_at = None if free_in is None else NOON + free_in * SECOND
    assert rules.room(free_at, NOON, HALF, 2 * SECOND) == room


@pytest.mark.parametrize(("rate", "microseconds"), [(30, 33_334), (25, 40_000), (0.5, 2_000_000), (1000, 1000)])
def test_a_step_never_passes_the_rate(rate: float, microseconds: int) -> None:
    assert rules.step(rate) == timedelta(microseconds=microseconds)


@pytest.mark.parametrize(("attempt", "least"), [(1, 5), (2, 10), (3, 20), (11, 3600), (15, 3600)])
def test_pauses_grow_and_differ_by_message(attempt: int, least: float) -> None:
    pauses = {rules.pause_s(message, attempt) for message in range(50)}
    assert least <= min(pauses) < max(pauses) <= least * (1 + rules.JITTER)
    assert len(pauses) == 50
    assert rules.pause_s(7, attempt) == rules.pause_s(7, attempt)


async def test_a_thousand_turns_at_thirty_a_second_by_two_workers_are_a_third_of_a_minute_without_a_burst(
    database: Database,
) -> None:
    other = Database(database.url.render_as_string(hide_password=False), database.clock)

    async def work(door: Database) -> list[float]:
        found: list[float] = []
        for _ in range(10):
            async with door.begin() as uow:
                found += await pace.slots(uow, 50, 30, NOON)
                await uow.commit()
        return found

    try:
        both = await asyncio.gather(work(database), work(other))
    finally:
        await other.close()
    turns = sorted(both[0] + both[1])
    assert len(turns) == 1000
    assert all(later - earlier >= 1 / 30 for earlier, later in pairwise(turns))
    assert turns[-1] == pytest.approx(999 / 30, abs=0.001)


async def test_the_bots_answers_go_first_and_push_the_turns_on(uow: UnitOfWork) -> None:
    assert await pace.slots(uow, 1, 2, NOON) == [0]
    sent = [{"update_id": 1, "step": str(step), "chat_id": CHAT, "message_id": step} for step in range(3)]
    await ask(uow, "bot", now=NOON, updates=[update(1, CHAT)], sent=sent)
    assert await pace.slots(uow, 1, 2, NOON) == [2.0], (
        "half a second for the turn, the rest for three answers, two at most"
    )
    assert await pace.chats_free(uow, [CHAT]) == {CHAT: NOON + 3 * SECOND}


async def test_answers_push_by_two_seconds_at_most_and_never_end_a_pause(uow: UnitOfWork) -> None:
    await pace.slots(uow, 1, 2, NOON)
    await pace.answered(uow, [CHAT] * 50, NOON)
    assert await pace.room(uow, 2, NOON) == (0, NOON + 2 * SECOND)
    await pace.pause(uow, 30, NOON)
    await pace.answered(uow, [CHAT], NOON)
    assert await pace.room(uow, 2, NOON) == (0, NOON + 30 * SECOND)


async def test_a_pause_is_everybodys_and_a_shorter_one_does_not_end_it(uow: UnitOfWork) -> None:
    await pace.pause(uow, 7, NOON)
    await pace.pause(uow, 3, NOON)
    assert await pace.slots(uow, 2, 2, NOON) == [7.0, 7.5]


async def test_a_chat_gets_one_message_a_second_and_a_group_twenty_a_minute(uow: UnitOfWork) -> None:
    await pace.take_chats(uow, {CHAT: NOON, GROUP: NOON})
    await pace.take_chats(uow, {CHAT: NOON - SECOND})
    assert await pace.chats_free(uow, [CHAT, GROUP, 9]) == {CHAT: NOON + SECOND, GROUP: NOON + 3 * SECOND}
    await pace.tidy(uow, NOON + 2 * SECOND)
    assert await pace.chats_free(uow, [CHAT, GROUP]) == {GROUP: NOON + 3 * SECOND}
