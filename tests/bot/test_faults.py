"""Core away, Telegram failing, processes killed, fingers that tap twice: nothing is lost and nothing acts twice."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot import app as bot_app
from bot.intake import Poller
from bot.limits import Pace
from core.kernel.environment import SettingsError
from tests.support.chatting import CHAT, PATIENT, Chatting, chatting, settings_for
from tests.support.core_stand_in import refused, running_core
from tests.support.sandbox import running_sandbox
from tests.support.story import maria

OTHER = CHAT + 1
AWAY = "I'll answer it as soon as I can again"


@pytest.fixture
async def chat() -> AsyncIterator[Chatting]:
    async with chatting(maria()) as chat:
        yield chat


async def texts(chat: Chatting) -> list[str]:
    """What the bot said, in order."""
    said = [one for one in await chat.messages() if one["from"]["id"] != CHAT]
    return [one.get("text", one.get("caption", "")) for one in said]


async def until(chat: Chatting, told: str) -> None:
    """Wait until the bot has said something with `told` in it."""
    async with asyncio.timeout(10):
        if not any(told in text for text in await texts(chat)):
            await asyncio.sleep(0.02)
            await until(chat, told)


# -- core


async def test_while_core_is_away_the_person_is_told_once_and_answered_when_it_is_back(chat: Chatting) -> None:
    await chat.says("/start")
    chat.core.away = True
    for command in ("/team", "/settings"):
        await chat.sandbox.act(f"chats/{CHAT}/text", text=command)
    await until(chat, AWAY)
    chat.core.away = False
    await until(chat, "Your settings")
    told = await texts(chat)
    assert sum(AWAY in text for text in told) == 1
    assert sum("13 people on your team" in text for text in told) == 1
    assert (await chat.faults())["total"] == 0


async def test_who_writes_later_in_the_same_outage_is_told_too(chat: Chatting) -> None:
    await chat.says("/start")
    chat.core.away = True
    await chat.sandbox.act(f"chats/{CHAT}/text", text="/team")
    await until(chat, AWAY)
    await chat.sandbox.act("users", id=OTHER, first_name="Ana", language_code="en")
    await chat.sandbox.act(f"chats/{OTHER}/start")
    async with asyncio.timeout(10):
        while not (await chat.sandbox.look(f"chats/{OTHER}"))["messages"][1:]:  # noqa: ASYNC110  another process's chat
            await asyncio.sleep(0.02)
    assert AWAY in (await chat.sandbox.look(f"chats/{OTHER}"))["messages"][1]["text"]
    assert sum(AWAY in text for text in await texts(chat)) == 1


async def test_a_bot_that_core_does_not_know_ends_and_names_the_variable() -> None:
    async with running_sandbox(PATIENT) as sandbox, running_core() as (core, core_url):
        settings = settings_for(sandbox, core_url)
        bot_id = settings.telegram_token.partition(":")[0]
        core.refusing[f"/v1/chats/{bot_id}/state"] = refused("not_authenticated", status=401)
        with pytest.raises(SettingsError, match="SERVICE_KEY"):
            await bot_app.run(settings, asyncio.Event())
        sandbox.world.updates.put("message", {})  # ends the last long poll, which the server would wait for


async def test_nothing_is_acknowledged_at_telegram_before_core_has_it(chat: Chatting) -> None:
    await chat.says("/start")
    chat.core.away = True
    await chat.sandbox.act(f"chats/{CHAT}/text", text="/team")
    await until(chat, AWAY)
    assert [update["message"]["text"] for update in chat.sandbox.world.updates.pending] == ["/team"]


async def test_another_outage_is_told_again(chat: Chatting) -> None:
    await chat.says("/start")
    for _ in range(2):
        chat.core.away = True
        before = len(await texts(chat))
        await chat.sandbox.act(f"chats/{CHAT}/text", text="/team")
        async with asyncio.timeout(10):
            await _longer_than(chat, before)
        chat.core.away = False
        await chat.quiet()
    assert sum(AWAY in text for text in await texts(chat)) == 2


async def _longer_than(chat: Chatting, count: int) -> None:
    if len(await texts(chat)) <= count:
        await asyncio.sleep(0.02)
        await _longer_than(chat, count)


async def test_a_tap_while_core_is_away_stops_spinning_and_is_answered_later(chat: Chatting) -> None:
    await chat.says("/settings")
    chat.core.away = True
    await chat.tap_only("Menu")
    await until(chat, AWAY)
    chat.core.away = False
    await until(chat, "What would you like to see?")
    await chat.quiet()
    assert (await chat.faults())["total"] == 0


async def test_a_refusal_is_a_sentence_and_not_a_code(chat: Chatting) -> None:
    answer = await chat.says("where is my order 99")
    assert "find order 99" in answer["text"]


# -- twice


async def test_a_double_tap_changes_nothing_and_is_no_error(chat: Chatting) -> None:
    await chat.says("/customers")
    await chat.tap_only("Bobby")
    await chat.tap_only("Bobby")
    await chat.quiet()
    assert (await chat.faults())["total"] == 0
    assert len(await chat.calls("editMessageText")) == 1


async def test_a_double_tap_that_opens_a_message_opens_one(chat: Chatting) -> None:
    await chat.says("/gauges")
    await chat.tap_only("Menu")
    await chat.tap_only("Menu")
    await chat.quiet()
    assert sum("What would you like to see?" in text for text in await texts(chat)) == 1
    assert (await chat.faults())["total"] == 0


async def test_a_double_tap_on_a_setting_sets_it_once(chat: Chatting) -> None:
    await chat.says("/settings")
    await chat.tap_only("Turn messages off")
    await chat.tap_only("Turn messages off")
    await chat.quiet()
    assert chat.core.chats[CHAT].me.notifications is False
    assert chat.core.asked["PATCH /v1/me/settings"] == 1


async def test_an_update_that_telegram_repeats_is_answered_once(chat: Chatting) -> None:
    await chat.says("/team")
    await chat.sandbox.act("repeat")
    await chat.quiet()
    assert sum("people on your team" in text for text in await texts(chat)) == 1


# -- killed


async def test_a_bot_killed_before_it_answered_leaves_the_answer_to_the_next(chat: Chatting) -> None:
    await chat.says("/start")
    chat.core.hold = True
    await chat.sandbox.act(f"chats/{CHAT}/text", text="/team")
    await chat.core.stored(2)
    await kill(chat)
    chat.core.hold = False
    await restart(chat)
    await until(chat, "people on your team")
    await chat.quiet()
    assert sum("people on your team" in text for text in await texts(chat)) == 1


async def test_a_bot_killed_after_it_answered_does_not_answer_again(chat: Chatting) -> None:
    await chat.says("/team")
    await kill(chat)
    chat.core.forget_done()
    await restart(chat)
    await chat.says("/settings")
    assert sum("people on your team" in text for text in await texts(chat)) == 1


async def test_after_a_restart_a_tap_that_changes_nothing_is_still_no_error(chat: Chatting) -> None:
    await chat.says("/settings")
    await kill(chat)
    await restart(chat)
    message = (await chat.messages())[-1]
    await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=message["message_id"], data="s", forged=True)
    await chat.quiet()
    assert await chat.calls("editMessageText") == []
    assert (await chat.faults())["total"] == 0


async def kill(chat: Chatting) -> None:
    """End the bot without a word to core, as a kill would."""
    parts = chat.parts
    assert isinstance(parts.intake, Poller)
    tasks = [*parts.intake.tasks, *parts.desk.tasks, *filter(None, [parts.services.talk.task])]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await parts.app.shutdown()
    await parts.core.close()


async def restart(chat: Chatting) -> None:
    """A fresh process of the bot."""
    pace = Pace(chat_burst=1000, all_burst=1000)
    chat.parts = await bot_app.assemble(settings_for(chat.sandbox, chat.core_url), pace=pace)
    await bot_app.begin(chat.parts)


# -- Telegram


@pytest.mark.parametrize("kind", ["500", "502", "429", "reset"])
async def test_telegram_stumbles_and_the_answer_still_comes(chat: Chatting, kind: str) -> None:
    await chat.sandbox.act("failures", method="sendMessage", kind=kind, count=1, seconds=1)
    assert "people on your team" in (await chat.says("/team"))["text"]
    assert (await chat.faults())["by_rule"].get("retry_after_ignored") is None


async def test_a_person_who_blocked_the_bot_holds_nobody_up(chat: Chatting) -> None:
    await chat.says("/start")
    await chat.sandbox.act(f"chats/{CHAT}/text", text="/team")
    await chat.sandbox.act(f"chats/{CHAT}/block")
    await chat.quiet()
    await chat.sandbox.act(f"chats/{CHAT}/unblock")
    assert "Your settings" in (await chat.says("/settings"))["text"]


async def test_a_picture_that_telegram_lost_is_sent_anew(chat: Chatting) -> None:
    await chat.says("/gauges")
    chat.core.files = dict.fromkeys(chat.core.files, "AgACgone")
    await kill(chat)
    await restart(chat)
    assert (await chat.says("/gauges"))["photo"]


async def test_a_message_that_is_gone_is_said_anew(chat: Chatting) -> None:
    message = await chat.says("/settings")
    chat.sandbox.world.chats[CHAT].messages.pop(message["message_id"])
    maria = {"id": CHAT, "is_bot": False, "first_name": "M", "language_code": "en"}
    query = {"id": "1", "from": maria, "chat_instance": "1", "data": "home", "message": message}
    chat.sandbox.world.updates.put("callback_query", query)
    await chat.quiet()
    assert "What would you like to see?" in (await texts(chat))[-1]
