"""The whole bot between the sandbox and a stand-in for core, and one person who chats with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot import app as bot_app
from bot.app import Parts
from bot.limits import Pace
from bot.sandbox.model import Options
from bot.settings import Settings
from tests.support.core_stand_in import BOT_KEY, CoreStandIn, Person, running_core
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.transcript import transcript

CHAT = 5200000001
PHONE = "+34600111222"
PATIENT = Options(strict=True, chat_burst=10_000, overall_per_second=10_000)
"""Tests are in a hurry; the pace has tests of its own."""


@dataclass
class Chatting:
    """One person at her phone; each act returns when the bot has answered."""

    parts: Parts
    sandbox: Sandbox
    core: CoreStandIn
    core_url: str
    chat: int = CHAT

    async def says(self, text: str) -> dict[str, Any]:
        """Type something; the newest message of the bot."""
        await self.sandbox.act(f"chats/{self.chat}/text", text=text)
        return await self.newest()

    async def starts(self, payload: str = "") -> dict[str, Any]:
        await self.sandbox.act(f"chats/{self.chat}/start", payload=payload)
        return await self.newest()

    async def replies(self, to: int, text: str) -> dict[str, Any]:
        """Reply to a message by its number; the newest message of the bot."""
        await self.sandbox.act(f"chats/{self.chat}/text", text=text, reply_to=to)
        return await self.newest()

    async def sends(self, kind: str, *files: tuple[str, bytes], **form: str) -> dict[str, Any]:
        """Send a file of a kind, or several as an album; the newest message of the bot."""
        path = "album" if len(files) > 1 else "file"
        await self.sandbox.upload(f"chats/{self.chat}/{path}", *files, kind=kind, **form)
        return await self.newest()

    async def taps(self, label: str) -> dict[str, Any]:
        """Tap the newest button whose label holds `label`."""
        await self.tap_only(label)
        return await self.newest()

    async def tap_only(self, label: str) -> None:
        for message in reversed(await self.messages()):
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
                for button in row:
                    if label in button["text"]:
                        await self.sandbox.act(
                            f"chats/{self.chat}/tap", message_id=message["message_id"], data=button["callback_data"]
                        )
                        return
        raise AssertionError(f"there is no button {label!r}: {await self.transcript()}")

    async def taps_to(self, data: str) -> None:
        """Tap the newest button that leads to a screen, whatever the language of its label."""
        for message in reversed(await self.messages()):
            rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
            if any(button.get("callback_data") == data for row in rows for button in row):
                await self.sandbox.act(f"chats/{self.chat}/tap", message_id=message["message_id"], data=data)
                await self.quiet()
                return
        raise AssertionError(f"no button leads to {data!r}: {await self.transcript()}")

    async def shares(self, **contact: Any) -> dict[str, Any]:
        """Share a contact; without fields her own."""
        await self.sandbox.act(f"chats/{self.chat}/contact", **contact)
        return await self.newest()

    async def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.sandbox.look(f"chats/{self.chat}"))["messages"]
        return found

    async def newest(self) -> dict[str, Any]:
        """The last message once nothing is under way any more."""
        await self.quiet()
        return (await self.messages())[-1]

    async def quiet(self) -> None:
        """Wait until nothing is under way any more."""
        async with asyncio.timeout(10):
            await self._settled()

    async def _settled(self) -> None:
        if self.sandbox.world.updates.pending or self.parts.desk.busy or self.parts.services.talk.untold:
            await asyncio.sleep(0.005)
            await self._settled()

    async def transcript(self) -> str:
        return transcript(await self.messages(), self.parts.app.bot.id)

    async def faults(self) -> Any:
        """What the bot did that Telegram would not like."""
        return await self.sandbox.look("faults?all=1")

    async def calls(self, method: str) -> list[dict[str, Any]]:
        """The bot's calls of a method."""
        found: list[dict[str, Any]] = await self.sandbox.look(f"calls?method={method}")
        return found


def settings_for(sandbox: Sandbox, core_url: str) -> Settings:
    """The bot's settings between the two."""
    return Settings(
        core_url=core_url,
        service_key=BOT_KEY,
        telegram_token=sandbox.world.token,
        telegram_api_url=sandbox.base,
        webhook_url=None,
        webhook_secret=None,
        webhook_port=8443,
    )


@asynccontextmanager
async def chatting(person: Person | None = None, *, language: str = "en") -> AsyncIterator[Chatting]:
    """A running bot; `person` is whose chat it is, None for a stranger's."""
    async with running_sandbox(PATIENT) as sandbox, running_core() as (core, core_url):
        user = {"id": CHAT, "first_name": "María", "language_code": language, "phone": PHONE}
        await sandbox.act("users", **user)
        sandbox.world.chats[CHAT].started = True
        if person is not None:
            core.chats[CHAT] = person
        settings = settings_for(sandbox, core_url)
        parts = await bot_app.assemble(settings, pace=Pace(chat_burst=1000, all_burst=1000))
        await bot_app.begin(parts)
        chat = Chatting(parts, sandbox, core, core_url)
        try:
            yield chat
        finally:
            await bot_app.stop(chat.parts)
            sandbox.world.updates.put("message", {})  # ends the last long poll, which the server would wait for
