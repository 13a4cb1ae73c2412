"""The worker between a stand-in for core and the sandbox: said once, at its turn, and reported as it went."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from bot.sandbox.model import Options
from core.client import CoreClient
from core.kernel.environment import SettingsError
from core.messaging.model import Channel, Outgoing
from notifications import app
from notifications.channels.telegram import Telegram, _failure
from notifications.delivery import Delivery
from notifications.failures import AddressGone
from notifications.settings import Settings
from tests.notifications.examples import FACTS
from tests.support.core_stand_in import BOT_KEY, CoreStandIn, refused, running_core
from tests.support.sandbox import Sandbox, running_sandbox

CHAT, OTHER = 5200000001, 5200000002
WORDS = {"en": "The office is closed on Friday.", "es": "La oficina cierra el viernes."}


@dataclass
class Desk:
    """The worker and both its ends."""

    delivery: Delivery
    core: CoreStandIn
    sandbox: Sandbox

    def put(self, number: int = 1, kind: str = "announcement", facts: Any = None, **more: Any) -> None:
        """Put one message into the outbox."""
        part = {"id": number, "kind": kind, "facts": {"words": WORDS} if facts is None else facts}
        given = {"id": number, "parts": (part,), "chat_id": CHAT, "attempt": 1, "lapses_at": None, **more}
        self.core.outbox.append(Outgoing.model_validate(given))

    async def deliver(self, **more: Any) -> list[str]:
        """Put one message, and deliver it; what her chat shows then."""
        self.put(**more)
        await self.delivery.round()
        return [one["text"] for one in await self.shown() if "text" in one]

    async def shown(self, chat: int = CHAT) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.sandbox.look(f"chats/{chat}"))["messages"]
        return found

    @property
    def report(self) -> dict[str, Any]:
        """The last word on a message."""
        return self.core.reports[-1][1]


@asynccontextmanager
async def running_desk() -> AsyncIterator[Desk]:
    """A worker with two people who may be written to."""
    async with running_sandbox(Options(strict=True)) as sandbox, running_core() as (core, core_url):
        for chat in (CHAT, OTHER):
            await sandbox.act("users", id=chat, first_name="María")
            sandbox.world.chats[chat].started = True
        channel = Telegram(sandbox.base, sandbox.world.token)
        async with CoreClient(core_url, BOT_KEY) as client:
            yield Desk(Delivery(client, {Channel.TELEGRAM: channel}, "worker", idle_s=0.02), core, sandbox)
        await channel.close()


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with running_desk() as desk:
        yield desk


async def test_a_message_goes_out_in_the_readers_language_and_is_closed(desk: Desk) -> None:
    assert await desk.deliver(language="es") == ["La oficina cierra el viernes."]
    assert desk.report["message_id"] > 0
    assert desk.sandbox.world.faults.report()["total"] == 0


async def test_what_must_not_be_said_twice_is_noted_before_it_goes(desk: Desk) -> None:
    await desk.deliver(doubt="leave")
    assert [set(report) for _, report in desk.core.reports] == [{"holder", "lease_s"}, {"holder", "message_id"}]


async def test_what_was_taken_back_does_not_go(desk: Desk) -> None:
    desk.core.refusing["/v1/outbox/1/sending"] = refused("message_unknown", status=404)
    assert await desk.deliver(doubt="leave") == []
    assert desk.core.reports == []


async def test_what_cannot_be_noted_does_not_go(desk: Desk) -> None:
    desk.core.away_for = {"/v1/outbox/1/sending": 1}
    assert await desk.deliver(doubt="leave") == []


async def test_buttons_stand_below(desk: Desk) -> None:
    await desk.deliver(kind="order.updated", facts=FACTS["order.updated"][0])
    [message] = await desk.shown()
    rows = message["reply_markup"]["inline_keyboard"]
    assert [[one["callback_data"] for one in row] for row in rows] == [["n:1:orders:S-123"], ["n:1:less", "n:1:mute"]]


async def test_a_quiet_message_makes_no_sound(desk: Desk) -> None:
    await desk.deliver(silent=True)
    [call] = [call for call in desk.sandbox.world.calls if call["method"] == "sendMessage"]
    assert call["params"]["disable_notification"] is True


async def test_news_of_the_same_changes_the_message(desk: Desk) -> None:
    await desk.deliver(kind="order.updated", facts={"order": "S1", "state": "paid"})
    first = desk.report["message_id"]
    shown = await desk.deliver(number=2, kind="order.updated", facts={"order": "S1", "state": "shipped"}, edit=first)
    assert shown == ["📦 Order S1 is on its way."]
    assert desk.report["message_id"] == first


async def test_where_the_message_is_gone_another_is_sent(desk: Desk) -> None:
    desk.sandbox.world.options.strict = False
    await desk.deliver(kind="order.updated", facts={"order": "S1", "state": "paid"})
    first = desk.report["message_id"]
    desk.sandbox.world.delete_message(desk.sandbox.world.chats[CHAT], first)
    shown = await desk.deliver(number=2, kind="order.updated", facts={"order": "S1", "state": "shipped"}, edit=first)
    assert shown == ["📦 Order S1 is on its way."]
    assert desk.report["message_id"] != first


async def test_a_kind_that_nobody_can_write_is_reported_and_closes_no_chat(desk: Desk) -> None:
    await desk.deliver(kind="from.the.future")
    assert (desk.report["reason"], desk.report["permanent"], desk.report["chat_gone"]) == ("kind_unknown", True, False)


@pytest.mark.parametrize(("act", "reason"), [("block", "blocked"), ("deactivate", "deactivated")])
async def test_a_chat_that_takes_nothing_is_gone(desk: Desk, act: str, reason: str) -> None:
    await desk.sandbox.act(f"chats/{CHAT}/{act}")
    await desk.deliver()
    assert (desk.report["reason"], desk.report["chat_gone"]) == (reason, True)


async def test_a_group_that_grew_is_followed(desk: Desk) -> None:
    await desk.sandbox.act("groups", id=-77, title="Team")
    await desk.sandbox.act("chats/-77/migrate", to=-10077)
    await desk.deliver(chat_id=-77)
    assert (desk.report["migrated_to"], desk.report["chat_gone"]) == (-10077, False)


async def test_a_429_is_told_and_obeyed(desk: Desk) -> None:
    await desk.sandbox.act("failures", method="sendMessage", kind="429", count=1, seconds=1)
    desk.put()
    desk.put(2, chat_id=OTHER)
    begun = time.monotonic()
    await desk.delivery.round()
    assert time.monotonic() - begun >= 1
    assert [report.get("pause_all_s") for _, report in desk.core.reports] == [1.0, None]
    assert len(await desk.shown(OTHER)) == 1


async def test_a_pause_longer_than_the_lease_keeps_nobody_waiting_who_stops(desk: Desk) -> None:
    await desk.sandbox.act("failures", method="sendMessage", kind="429", count=1, seconds=1_000_000)
    desk.put()
    desk.put(2, chat_id=OTHER)
    async with asyncio.timeout(5):
        await desk.delivery.round()
    assert [report["pause_all_s"] for _, report in desk.core.reports] == [86_400.0]
    assert await desk.shown(OTHER) == []


@pytest.mark.parametrize(
    ("status", "answer", "is_gone", "permanent"),
    [
        (403, {"description": "Forbidden: user is restricted"}, True, True),
        (403, {}, False, False),  # the page of a proxy
        (400, {"description": "Bad Request: message is too long"}, False, True),
        (400, {}, False, False),
        (404, {"description": "Not Found"}, False, False),  # the token is wrong, not the message
        (401, {"description": "Unauthorized"}, False, False),
    ],
)
def test_only_telegrams_own_word_closes_a_chat_or_a_message(
    status: int, answer: dict[str, str], is_gone: bool, permanent: bool
) -> None:
    failure = _failure(status, answer)
    assert (isinstance(failure, AddressGone), failure.permanent) == (is_gone, permanent)


@pytest.mark.parametrize("kind", ["500", "502"])
async def test_when_telegram_stumbles_there_is_another_try(desk: Desk, kind: str) -> None:
    await desk.sandbox.act("failures", method="sendMessage", kind=kind, count=1)
    await desk.deliver()
    assert (desk.report["permanent"], desk.report["pause_all_s"]) == (False, 0)


@pytest.mark.parametrize("kind", ["reset", "reset_after"])
async def test_a_connection_lost_under_way_leaves_its_fate_unknown(desk: Desk, kind: str) -> None:
    await desk.sandbox.act("failures", method="sendMessage", kind=kind, count=1)
    await desk.deliver()
    assert desk.report == {"holder": "worker", "reason": "ServerDisconnectedError"}


async def test_without_a_connection_nothing_went_out(desk: Desk) -> None:
    channel = Telegram("http://127.0.0.1:9", "7:token")
    desk.delivery._carriers = {Channel.TELEGRAM: channel}
    await desk.deliver()
    await channel.close()
    assert (desk.report["reason"], desk.report["permanent"]) == ("ClientConnectorError", False)


async def test_a_message_that_cannot_be_made_holds_nobody_up(desk: Desk) -> None:
    assert await desk.deliver(facts={}) == []
    assert (desk.report["permanent"], desk.report["reason"]) == (False, "KeyError")
    assert len(await desk.deliver()) == 1


async def test_a_message_that_went_out_is_reported_until_core_hears_it(desk: Desk) -> None:
    desk.core.away_for = {"/v1/outbox/1/delivered": 2}
    assert len(await desk.deliver()) == 1
    assert desk.report["message_id"] > 0


async def test_messages_wait_for_their_turns(desk: Desk) -> None:
    desk.put(send_in_s=0.0)
    desk.put(2, chat_id=OTHER, send_in_s=0.3)
    begun = asyncio.get_running_loop().time()
    await desk.delivery.round()
    assert asyncio.get_running_loop().time() - begun >= 0.3
    assert [number for number, _ in desk.core.reports] == [1, 2]


async def test_who_is_late_does_not_hurry(desk: Desk) -> None:
    desk.delivery._step_s = 0.2
    await desk.sandbox.act("failures", method="sendMessage", kind="slow", count=1, seconds=0.3)
    desk.put()
    desk.put(2, chat_id=OTHER, send_in_s=0.1)
    desk.put(3, send_in_s=0.2)
    await desk.delivery.round()
    *_, second, third = (call["at"] for call in desk.sandbox.world.calls if call["method"] == "sendMessage")
    assert third - second >= 0.1  # in a burst they would arrive together; the second may arrive late by itself


async def test_what_is_in_hand_too_long_is_left_to_others(desk: Desk) -> None:
    desk.delivery._lease_s = 0.0
    assert await desk.deliver() == []
    assert desk.core.reports == []


async def test_one_message_after_the_other_goes_to_chats(desk: Desk) -> None:
    await desk.sandbox.act("failures", method="sendMessage", kind="slow", count=1, seconds=0.3)
    desk.put()
    desk.put(2, chat_id=OTHER)
    await desk.delivery.round()
    assert [number for number, _ in desk.core.reports] == [1, 2]


async def test_the_worker_finishes_what_is_in_hand_when_asked_to_stop(desk: Desk) -> None:
    stopped = asyncio.Event()
    desk.put(send_in_s=0.2)
    running = asyncio.create_task(desk.delivery.run(stopped))
    await asyncio.sleep(0.1)
    stopped.set()
    async with asyncio.timeout(5):
        await running
    assert len(await desk.shown()) == 1


async def test_a_worker_that_core_does_not_know_ends_and_names_the_variable() -> None:
    async with running_core() as (core, core_url):
        core.refusing["/v1/outreach/claim"] = refused("not_authenticated", status=401)
        settings = Settings(core_url, BOT_KEY, "7:a-token", "http://127.0.0.1:9")
        with pytest.raises(SettingsError, match="SERVICE_KEY"):
            await app.run(settings, asyncio.Event())
