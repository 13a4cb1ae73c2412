"""The pace at which the bot sends, on a clock that a test moves."""

from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.limits import Bucket, Pace


@pytest.mark.parametrize(
    ("moments", "waits"),
    [
        ([0, 0, 0], [0, 0, 1]),  # a burst of two, then one a second
        ([0, 0, 5, 5, 5], [0, 0, 0, 0, 1]),  # it fills again, but not beyond the burst
        ([0, 0, 0, 0], [0, 0, 1, 2]),  # those who wait wait one behind the other
        ([0, 1, 2, 3], [0, 0, 0, 0]),  # at the pace there is no wait
    ],
)
def test_a_bucket(moments: list[float], waits: list[float]) -> None:
    bucket = Bucket(2, 1, 0)
    assert [bucket.take(moment) for moment in moments] == waits


def test_chats_do_not_wait_for_each_other() -> None:
    pace = Pace(lambda: 0.0, chat_burst=1, all_burst=100)
    assert [pace.wait_s("sendMessage", chat) for chat in (1, 2, 1)] == [0, 0, 1]


@pytest.mark.parametrize("endpoint", ["answerCallbackQuery", "getMe", "sendChatAction", "setMyCommands"])
def test_what_is_no_message_is_never_held_back(endpoint: str) -> None:
    pace = Pace(lambda: 0.0, chat_burst=1, all_burst=1)
    assert [pace.wait_s(endpoint, 1) for _ in range(3)] == [0, 0, 0]


async def test_what_telegram_turned_away_goes_out_when_it_said(monkeypatch: pytest.MonkeyPatch) -> None:
    now, slept = [0.0], []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr("bot.limits.asyncio.sleep", sleep)
    answers: list[Any] = [RetryAfter(7), True]

    async def call() -> bool:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return bool(answer)

    pace = Pace(lambda: now[0])
    assert await pace.process_request(call, (), {}, "sendMessage", {"chat_id": 1}, None) is True
    assert slept == [7.0]


async def test_while_telegram_wants_silence_nobody_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    now, spoken = [0.0], []

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    async def call() -> bool:
        spoken.append(now[0])
        return True

    monkeypatch.setattr("bot.limits.asyncio.sleep", sleep)
    pace = Pace(lambda: now[0])
    pace.be_silent(5)
    await pace.process_request(call, (), {}, "sendMessage", {"chat_id": 2}, None)
    assert spoken == [5.0]
