"""How updates come in: by webhook, and by polls of the one that holds the lease."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import unused_port

from bot import app as bot_app
from bot.intake import SECRET_HEADER, Poller, chat_of, incoming
from bot.limits import Pace
from tests.support.chatting import CHAT, Chatting, chatting, settings_for
from tests.support.story import maria

SECRET = "a-secret-word"


@pytest.mark.parametrize(
    ("body", "chat"),
    [
        ({"message": {"chat": {"id": 7}}}, 7),
        ({"callback_query": {"message": {"chat": {"id": 7}}}}, 7),
        ({"callback_query": {"inline_message_id": "x"}}, 0),
        ({"poll": {}}, 0),
        ({"message": None}, 0),
    ],
)
def test_the_chat_of_an_update(body: dict[str, Any], chat: int) -> None:
    assert chat_of(body) == chat


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b", "ab"),
        ("\x00\x00", ""),
        ("\\u0000", "\\u0000"),  # six letters that somebody typed
        ("\\\x00", "\\"),
        ("\\\\u0000\x00", "\\\\u0000"),
    ],
)
def test_a_character_that_no_database_keeps_is_dropped_and_nothing_else(text: str, kept: str) -> None:
    stored = incoming({"update_id": 1, "message": {"chat": {"id": 7}, "text": text}})
    assert stored.body["message"]["text"] == kept


@pytest.fixture
async def hooked() -> AsyncIterator[tuple[Chatting, str]]:
    """A bot that Telegram brings updates to, and its address."""
    async with chatting(maria()) as chat:
        await bot_app.stop(chat.parts)
        port = unused_port()
        url = f"http://127.0.0.1:{port}/hook"
        settings = replace(
            settings_for(chat.sandbox, chat.core_url),
            webhook_url="https://example.org/hook",
            webhook_secret=SECRET,
            webhook_port=port,
        )
        chat.parts = await bot_app.assemble(settings, pace=Pace(chat_burst=1000, all_burst=1000))
        await bot_app.begin(chat.parts)
        chat.sandbox.world.updates.webhook_url = ""  # this test is Telegram itself
        yield chat, url


async def bring(url: str, body: Any, secret: str = SECRET) -> int:
    headers = {SECRET_HEADER: secret}
    async with aiohttp.ClientSession() as session, session.post(url, json=body, headers=headers) as answer:
        return answer.status


def said(text: str, update_id: int = 1) -> dict[str, Any]:
    maria = {"id": CHAT, "is_bot": False, "first_name": "María", "language_code": "en"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    message = {"message_id": 1, "date": 1, "chat": {"id": CHAT, "type": "private"}, "from": maria}
    return {"update_id": update_id, "message": {**message, "text": text, "entities": entities}}


async def test_an_update_is_acknowledged_once_core_has_it_and_then_answered(hooked: tuple[Chatting, str]) -> None:
    chat, url = hooked
    assert await bring(url, said("/team")) == 200
    await chat.core.stored(1)
    assert "people on your team" in (await chat.newest())["text"]


async def test_while_core_is_away_telegram_is_told_to_come_again(hooked: tuple[Chatting, str]) -> None:
    chat, url = hooked
    chat.core.away = True
    assert await bring(url, said("/team")) == 503
    chat.core.away = False
    assert await bring(url, said("/team")) == 200


async def test_an_update_without_the_secret_word_is_refused(hooked: tuple[Chatting, str]) -> None:
    chat, url = hooked
    assert await bring(url, said("/team"), secret="wrong") == 403
    assert chat.core.asked["GET /v1/me/team"] == 0


@pytest.mark.parametrize("body", [[], {}, {"update_id": "x"}, {"update_id": 1, "message": {"chat": {"id": "x"}}}, 7])
async def test_what_is_no_update_is_refused(hooked: tuple[Chatting, str], body: Any) -> None:
    _, url = hooked
    assert await bring(url, body) == 400


async def test_an_update_that_says_nothing_to_us_is_done_with(hooked: tuple[Chatting, str]) -> None:
    chat, url = hooked
    assert await bring(url, {"update_id": 5, "message": {"chat": {"id": CHAT}}}) == 200
    await chat.core.stored(1)
    assert await bring(url, said("/team", 6)) == 200
    await chat.core.stored(2)
    assert "people on your team" in (await chat.newest())["text"]


async def test_who_does_not_hold_the_lease_stands_by() -> None:
    async with chatting(maria()) as chat:
        await chat.says("/start")
        chat.core.lease_holder = "another"
        async with asyncio.timeout(10):
            await polls_end(chat)
        await chat.sandbox.act(f"chats/{CHAT}/text", text="/team")
        chat.core.lease_holder = None
        async with asyncio.timeout(10):
            assert "people on your team" in (await chat.newest())["text"]


async def polls_end(chat: Chatting) -> None:
    assert isinstance(chat.parts.intake, Poller)
    if chat.parts.intake.held:
        await asyncio.sleep(0.05)
        await polls_end(chat)
