"""The demo company of one fixed day, the real core on it, and the bot in a sandbox."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import app as bot_app
from bot.app import Parts
from bot.limits import Pace
from bot.sandbox.model import Options
from bot.settings import Settings
from core.client import CoreClient
from core.messaging.model import Channel
from notifications.channels.telegram import Telegram
from notifications.delivery import Delivery
from tests.support.processes import Program, command, free_port
from tests.support.sandbox import Sandbox, running_sandbox

TODAY = "2026-11-22"
NOW = f"{TODAY}T15:00:00+00:00"
"""Waking hours from California to Berlin: what the company says by itself waits for them."""
KEY = "the-key-of-the-transcripts"
SUSPEND = """
UPDATE person SET status = 'suspended' WHERE id IN
  (SELECT max(id) FROM person WHERE kind = 'distributor' AND phone IS NOT NULL GROUP BY language)
"""
"""The demo company suspends nobody; here the newest distributor of each language is."""


@dataclass
class Stage:
    """What a conversation needs."""

    sandbox: Sandbox
    parts: Parts
    database: Path
    environ: dict[str, str]

    async def quiet(self) -> None:
        """Wait until the bot has nothing left to answer."""
        async with asyncio.timeout(20):
            await self._settled()

    async def _settled(self) -> None:
        if self.sandbox.world.updates.pending or self.parts.desk.busy or self.parts.services.talk.untold:
            await asyncio.sleep(0.005)
            await self._settled()

    async def deliver(self) -> None:
        """Send what the company has to say, as the worker does; every chat's turn has come meanwhile."""
        core, channel = CoreClient(self.environ["CORE_URL"], KEY), Telegram(self.sandbox.base, self.sandbox.world.token)
        worker = Delivery(core, {Channel.TELEGRAM: channel}, "talks")
        try:
            while await self._at_their_turn(worker):
                pass
        finally:
            await channel.close()
            await core.close()

    async def _at_their_turn(self, worker: Delivery) -> bool:
        await asyncio.to_thread(self._forget_pace)
        return await worker.round()

    def _forget_pace(self) -> None:
        with sqlite3.connect(self.database) as connection:
            connection.execute("DELETE FROM chat_pace")

    def rows(self, question: str, **values: object) -> list[tuple[str, ...]]:
        """Ask the company's database."""
        with sqlite3.connect(self.database) as connection:
            return connection.execute(question, values).fetchall()

    async def one_time_link(self, code: str) -> str:
        """The start parameter of a new link for a person."""
        said = await command(["link", code], self.environ)
        return said.split("start=")[-1].split()[0]


@asynccontextmanager
async def stage(folder: Path, company: Path | None = None) -> AsyncIterator[Stage]:
    """Everything running, in an empty folder: on a copy of a company's database, or in one of the demo's size."""
    port, database = free_port(), folder / "upline.db"
    environ = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{database}",
        "SERVICE_KEY": KEY,
        "PORT": str(port),
        "CORE_URL": f"http://127.0.0.1:{port}",
        "CLOCK_START": NOW,
    }
    if company is None:
        await command(["migrate"], environ)
        await command(["demo", "--today", TODAY], environ)
    else:
        shutil.copy(company, database)
    with sqlite3.connect(database) as connection:
        connection.execute(SUSPEND)
    core = Program(["core", "serve"], environ, folder / "core.log", f"{environ['CORE_URL']}/ready", loaded=True)
    await core.start()
    try:
        async with at_the_bot(database, environ) as found:
            yield found
    finally:
        await core.stop()


@asynccontextmanager
async def at_the_bot(database: Path, environ: dict[str, str]) -> AsyncIterator[Stage]:
    """The bot in a sandbox, beside a service that runs."""
    async with running_sandbox(Options(strict=True)) as sandbox:
        parts = await bot_app.assemble(_settings(sandbox, environ), pace=Pace(chat_burst=10_000, all_burst=10_000))
        await bot_app.begin(parts)
        try:
            yield Stage(sandbox, parts, database, environ)
        finally:
            await bot_app.stop(parts)
            sandbox.world.updates.put("message", {})  # ends the last long poll, which the server would wait for


def _settings(sandbox: Sandbox, environ: dict[str, str]) -> Settings:
    return Settings(
        core_url=environ["CORE_URL"],
        service_key=KEY,
        telegram_token=sandbox.world.token,
        telegram_api_url=sandbox.base,
        webhook_url=None,
        webhook_secret=None,
        webhook_port=8443,
    )
