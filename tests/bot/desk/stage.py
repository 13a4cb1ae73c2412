"""A staff's group with the real core behind it: María asks, Dora and Carl of staff answer from their phones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot import app as bot_app
from bot.app import Parts
from bot.limits import Pace
from bot.sandbox.model import Options
from bot.settings import Settings
from core.access import members
from core.access import service as access
from core.access.model import Role
from core.client import CoreClient
from core.messaging.model import Channel
from notifications.channels import Carrier
from notifications.channels.telegram import Telegram
from notifications.delivery import Delivery
from tests.core.tickets.desks import Desk
from tests.support.api import SERVICE_KEY
from tests.support.clock import StillClock
from tests.support.sandbox import Sandbox, running_sandbox
from tests.support.transcript import transcript

GROUP, OTHER_GROUP = -1_001_000_000_500, -1_001_000_000_501
DORA, CARL, EVE, MARIA = 7001, 7002, 7666, 1
PATIENT = Options(strict=True, chat_burst=10_000, group_per_minute=10_000, overall_per_second=10_000)
PEOPLE = {
    DORA: ("Dora", "en", Role.SUPPORT),
    CARL: ("Carl", "de", Role.COMMISSIONS),
    EVE: ("Eve", "en", None),
    MARIA: ("María", "es", None),
}
"""Who has a phone, its language, and her role with the company; Eve is a stranger."""


@dataclass
class Stage:
    """Everybody with a phone, and the worker, who goes its rounds when it is told to."""

    desk: Desk
    sandbox: Sandbox
    parts: Parts
    core: CoreClient
    delivery: Delivery
    clock: StillClock

    async def writes(self, who: int, text: str, *, to: int | None = None, chat: int = GROUP, **more: Any) -> None:
        """Somebody types in a chat; `to` is the message that it replies to."""
        reply = {} if to is None else {"reply_to": to}
        sender = {} if chat > 0 else {"from": who}
        await self.sandbox.act(f"chats/{chat}/text", text=text, **sender, **reply, **more)
        await self.quiet()

    async def taps(self, who: int, data: str, message: int, *, chat: int = GROUP) -> dict[str, Any]:
        """Somebody taps, or forges a tap; how the bot answered it."""
        sender = {} if chat > 0 else {"from": who}
        await self.sandbox.act(f"chats/{chat}/tap", message_id=message, data=data, forged=True, **sender)
        await self.quiet()
        calls = await self.sandbox.look("calls?method=answerCallbackQuery")
        found: dict[str, Any] = calls[-1]["params"]
        return found

    async def says(self, chat: int = GROUP) -> list[dict[str, Any]]:
        """All messages of a chat."""
        found: list[dict[str, Any]] = (await self.sandbox.look(f"chats/{chat}"))["messages"]
        return found

    async def last(self, chat: int = GROUP) -> dict[str, Any]:
        """The newest of them."""
        return (await self.says(chat))[-1]

    async def works(self) -> None:
        """The worker looks what is new, and delivers it."""
        await self.core.watch_tickets()
        while await self.delivery.round():
            pass

    async def later(self, seconds: float = 11) -> None:
        """So much time passes at the company, and the worker works twice: what it delivers is news itself."""
        self.clock.advance(timedelta(seconds=seconds))
        await self.works()
        await self.works()

    async def card(self, number: int) -> int:
        """The group's message that is a ticket's card."""
        return int(next(one["message_id"] for one in await self.says() if f"{number}" in one.get("text", "")))

    async def quiet(self) -> None:
        """Wait until nothing is under way any more."""
        async with asyncio.timeout(10):
            await self._settled()

    async def _settled(self) -> None:
        if self.sandbox.world.updates.pending or self.parts.desk.busy or self.parts.services.talk.untold:
            await asyncio.sleep(0.005)
            await self._settled()

    async def transcript(self, chat: int = GROUP) -> str:
        return transcript(await self.says(chat), self.parts.app.bot.id)


@asynccontextmanager
async def staged(desk: Desk, clock: StillClock, *, forum: bool = False) -> AsyncIterator[Stage]:
    """The bot and a worker between the sandbox and the service."""
    base = str(desk.api.client.make_url("/")).rstrip("/")
    async with running_sandbox(PATIENT) as sandbox:
        for user, (name, language, _) in PEOPLE.items():
            await sandbox.act("users", id=user, first_name=name, language_code=language)
            sandbox.world.chats[user].started = True
        for group in (GROUP, OTHER_GROUP):
            await sandbox.act("groups", id=group, title="Staff", members=[DORA, CARL, EVE], forum=forum)
        settings = Settings(
            core_url=base,
            service_key=SERVICE_KEY,
            telegram_token=sandbox.world.token,
            telegram_api_url=sandbox.base,
            webhook_url=None,
            webhook_secret=None,
            webhook_port=8443,
        )
        parts = await bot_app.assemble(settings, pace=Pace(chat_burst=1000, all_burst=1000))
        await bot_app.begin(parts)
        core = CoreClient(base, SERVICE_KEY)
        carriers: dict[Channel, Carrier] = {Channel.TELEGRAM: Telegram(sandbox.base, sandbox.world.token)}
        try:
            yield Stage(desk, sandbox, parts, core, Delivery(core, carriers, "test", rate_per_s=1000), clock)
        finally:
            await bot_app.stop(parts)
            sandbox.world.updates.put("message", {})  # ends the last long poll, which the server would wait for
            await carriers[Channel.TELEGRAM].close()
            await core.close()


async def token_of(desk: Desk, name: str, role: Role | None) -> str:
    """A one-time link for a member, who is new where a role is given."""
    async with desk.api.database.begin() as uow:
        if role is not None:
            await access.add_staff(uow, name, role)
        token = await members.make_link_token(uow, name)
        await uow.commit()
    return token.token
