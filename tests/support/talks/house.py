"""Every process of ours as a real one, around a messenger: what journeys kill and start again."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.sandbox.model import DEFAULT_TOKEN
from tests.support.processes import Program, command, free_port

Json = dict[str, Any]
TODAY = "2026-11-22"
BEGINS = datetime.fromisoformat("2026-11-23T15:00:05+00:00")
"""A Monday on which it is day from California to Berlin, and working time at the company."""
PEOPLE = 300


QUIET = "UPDATE ticket SET escalates_at = NULL", "DELETE FROM ticket_news"
"""The company's other tickets keep to themselves."""
SET_CLOCK = "UPDATE company_state SET value = json_set(value, '$.offset_us', ?) WHERE key = 'clock'"
MOVE_CLOCK = (
    "UPDATE company_state SET value = json_set(value, '$.offset_us', json_extract(value, '$.offset_us') + ?)"
    " WHERE key = 'clock'"
)
"""The company's clock is fixed for good; only a test lets it leap, while core does not run."""


async def found(folder: Path) -> None:
    """Make the company in a folder."""
    environ = {"DATABASE_URL": _database(folder), "CLOCK_START": f"{TODAY}T12:00:00+00:00"}
    await command(["migrate"], environ)
    await command(["demo", "--people", str(PEOPLE), "--today", TODAY], environ)


@dataclass
class House:
    """The processes, and the messenger from its people's side."""

    folder: Path
    session: aiohttp.ClientSession
    sandbox_url: str
    environ: dict[str, str]
    core: Program
    bot: Program
    worker: Program

    async def act(self, path: str, **body: Any) -> Json:
        """What somebody does."""
        async with self.session.post(f"{self.sandbox_url}/sandbox/{path}", json=body) as answer:
            found: Json = await answer.json()
            assert answer.status == 200, (path, found)
            return found

    async def send_file(self, chat: int, kind: str, content: bytes, name: str, **fields: Any) -> None:
        """Somebody sends a file."""
        form = aiohttp.FormData({"kind": kind, **{key: str(value) for key, value in fields.items()}})
        form.add_field("file", content, filename=name)
        async with self.session.post(f"{self.sandbox_url}/sandbox/chats/{chat}/file", data=form) as answer:
            assert answer.status == 200, await answer.text()

    async def look(self, path: str) -> Any:
        """What the sandbox shows."""
        async with self.session.get(f"{self.sandbox_url}/sandbox/{path}") as answer:
            return await answer.json()

    async def messages(self, chat: int) -> list[Json]:
        """All of a chat."""
        found: list[Json] = (await self.look(f"chats/{chat}"))["messages"]
        return found

    async def watch(self) -> None:
        """Have core look after the staff's group at once, as the worker does every few seconds."""
        headers = {"Authorization": f"Bearer {self.environ['SERVICE_KEY']}"}
        async with self.session.post(f"{self.environ['CORE_URL']}/v1/support/watch", headers=headers) as answer:
            assert answer.status == 200, await answer.text()

    async def later(self, passed: timedelta) -> None:
        """kill -9 of core; when it is back, so much time has passed."""
        await self.core.kill()
        with sqlite3.connect(self.folder / "upline.db") as connection:
            connection.execute(MOVE_CLOCK, (passed // timedelta(microseconds=1),))
        await self.core.start()

    async def staff_link(self, name: str) -> str:
        """The start parameter of a one-time link for a member of staff."""
        said = await command(["staff", "link", name], self.environ)
        return next(line.removeprefix("start ") for line in said.splitlines() if line.startswith("start "))

    def rows(self, question: str, **values: object) -> list[tuple[Any, ...]]:
        """Ask the company's database."""
        with sqlite3.connect(self.folder / "upline.db") as connection:
            return connection.execute(question, values).fetchall()


@asynccontextmanager
async def house(folder: Path, company: Path) -> AsyncIterator[House]:
    """All of it running on a copy of a company."""
    shutil.copy(company / "upline.db", folder / "upline.db")
    with sqlite3.connect(folder / "upline.db") as connection:
        for statement in QUIET:
            connection.execute(statement)
        offset = (BEGINS - datetime.now(UTC)) // timedelta(microseconds=1)
        connection.execute(SET_CLOCK, (offset,))
    ports = {"core": free_port(), "sandbox": free_port()}
    core, sandbox = (f"http://127.0.0.1:{port}" for port in ports.values())
    environ = {
        "DATABASE_URL": _database(folder),
        "SERVICE_KEY": "a-key-that-is-long-enough",
        "PORT": str(ports["core"]),
        "CORE_URL": core,
        "TELEGRAM_TOKEN": DEFAULT_TOKEN,
        "TELEGRAM_API_URL": sandbox,
    }
    service = Program(["core", "serve"], environ, folder / "core.log", f"{core}/ready")
    telegram = Program(["bot.sandbox", "--port", str(ports["sandbox"])], environ, folder / "sandbox.log", f"{sandbox}/")
    bot, worker = (Program([name], environ, folder / f"{name}.log") for name in ("bot", "notifications"))
    programs: Sequence[Program] = (service, telegram, bot, worker)
    try:
        await asyncio.gather(service.start(), telegram.start())
        await asyncio.gather(bot.start(), worker.start())
        for program in programs:
            program.loaded = True  # each has begun as its command; to come back it need not load everything again
        async with aiohttp.ClientSession() as session:
            yield House(folder, session, sandbox, environ, service, bot, worker)
    finally:
        for program in programs:
            await program.kill()


def _database(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'upline.db'}"


def buttons(message: Mapping[str, Any]) -> list[str]:
    """The data of a message's buttons."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [str(button.get("callback_data", "")) for row in rows for button in row]
