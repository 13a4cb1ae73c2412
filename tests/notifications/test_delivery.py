"""The worker between a stand-in for core and the sandbox: said once, in her language, and only while she wants it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.sandbox.model import Options
from core.client import CoreClient
from core.kernel.environment import SettingsError
from core.messaging.model import Outgoing
from notifications import app
from notifications.channels.telegram import Telegram
from notifications.delivery import Delivery
from notifications.settings import Settings
from tests.support.core_stand_in import BOT_KEY, CoreStandIn, refused, running_core
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.story import maria

CHAT = 5200000001
WORDS = {"en": "The office is closed on Friday.", "es": "La oficina cierra el viernes."}


@dataclass
class Desk:
    """The worker and both its ends."""

    delivery: Delivery
    core: CoreStandIn
    sandbox: Sandbox

    async def deliver(self, kind: str = "announcement", facts: Any = None, **more: Any) -> list[str]:
        """Put one message into the outbox and deliver it; what her chat shows then."""
        part = {"id": 1, "kind": kind, "facts": {"words": WORDS} if facts is None else facts}
        given = {"id": 1, "parts": (part,), "chat_id": CHAT, "attempt": 1, "lapses_at": None, **more}
        self.core.outbox.append(Outgoing.model_validate(given))
        await self.delivery.round(asyncio.Event())
        return [one["text"] for one in (await self.sandbox.look(f"chats/{CHAT}"))["messages"]]

    @property
    def report(self) -> dict[str, Any]:
        """The last word on a message."""
        return self.core.reports[-1][1]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with running_sandbox(Options(strict=True)) as sandbox, running_core() as (core, core_url):
        await sandbox.act("users", id=CHAT, first_name="María")
        sandbox.world.chats[CHAT].started = True
        core.chats[CHAT] = maria()
        channel = Telegram(sandbox.base, sandbox.world.token)
        async with CoreClient(core_url, BOT_KEY) as client:
            yield Desk(Delivery(client, channel, "worker", idle_s=0.02), core, sandbox)
        await channel.close()


async def test_a_message_goes_out_in_the_readers_language_and_is_closed(desk: Desk) -> None:
    assert await desk.deliver() == ["La oficina cierra el viernes."]
    assert desk.report["message_id"] > 0


async def test_whoever_turned_messages_off_hears_nothing(desk: Desk) -> None:
    desk.core.chats[CHAT].me = desk.core.chats[CHAT].me.model_copy(update={"notifications": False})
    assert await desk.deliver() == []
    assert desk.report["reason"] == "not_wanted"


async def test_what_concerns_her_safety_cannot_be_turned_off(desk: Desk) -> None:
    desk.core.chats[CHAT].me = desk.core.chats[CHAT].me.model_copy(update={"notifications": False})
    assert len(await desk.deliver(kind="access.chat_moved", facts={})) == 1


async def test_a_strangers_chat_is_spoken_to_in_the_language_it_chose(desk: Desk) -> None:
    desk.core.chats.clear()
    desk.core.states[CHAT] = {"language": "en"}
    assert await desk.deliver() == ["The office is closed on Friday."]


async def test_a_person_without_a_chat_is_reported(desk: Desk) -> None:
    await desk.deliver(chat_id=None)
    assert (desk.report["reason"], desk.report["chat_gone"]) == ("no_chat", False)


async def test_a_kind_that_nobody_can_write_is_reported_and_closes_no_chat(desk: Desk) -> None:
    await desk.deliver(kind="from.the.future")
    assert (desk.report["reason"], desk.report["chat_gone"]) == ("kind_unknown", False)


async def test_a_chat_that_blocked_us_is_gone(desk: Desk) -> None:
    await desk.sandbox.act(f"chats/{CHAT}/block")
    await desk.deliver()
    assert (desk.report["permanent"], desk.report["chat_gone"]) == (True, True)


@pytest.mark.parametrize(("kind", "retry_in_s"), [("429", 7.0), ("500", 5.0), ("502", 5.0), ("reset", 5.0)])
async def test_when_telegram_stumbles_there_is_another_try(desk: Desk, kind: str, retry_in_s: float) -> None:
    await desk.sandbox.act("failures", method="sendMessage", kind=kind, count=1, seconds=7)
    await desk.deliver()
    assert (desk.report["permanent"], desk.report["retry_in_s"]) == (False, retry_in_s)


async def test_pauses_grow_and_the_last_try_is_the_last(desk: Desk) -> None:
    for attempt, (permanent, retry_in_s) in {3: (False, 20.0), 11: (False, 3600.0), 12: (True, 3600.0)}.items():
        await desk.sandbox.act("failures", method="sendMessage", kind="500", count=1)
        await desk.deliver(attempt=attempt)
        assert (desk.report["permanent"], desk.report["retry_in_s"]) == (permanent, retry_in_s)


async def test_a_message_that_cannot_be_made_holds_nobody_up(desk: Desk) -> None:
    assert await desk.deliver(facts={}) == []
    assert (desk.report["permanent"], desk.report["reason"]) == (False, "KeyError")
    assert len(await desk.deliver()) == 1


async def test_a_message_that_went_out_is_reported_until_core_hears_it(desk: Desk) -> None:
    desk.core.away_for = {"/v1/outbox/1/delivered": 2}
    assert len(await desk.deliver()) == 1
    assert desk.report["message_id"] > 0


async def test_the_worker_stops_when_asked(desk: Desk) -> None:
    stopped = asyncio.Event()
    running = asyncio.create_task(desk.delivery.run(stopped))
    stopped.set()
    async with asyncio.timeout(5):
        await running


async def test_a_worker_that_core_does_not_know_ends_and_names_the_variable() -> None:
    async with running_core() as (core, core_url):
        core.refusing["/v1/outreach/claim"] = refused("not_authenticated", status=401)
        settings = Settings(core_url, BOT_KEY, "7:a-token", "http://127.0.0.1:9")
        with pytest.raises(SettingsError, match="SERVICE_KEY"):
            await app.run(settings, asyncio.Event())
