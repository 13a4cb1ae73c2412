"""kill -9 of bot and core in the middle of ten conversations: nobody's message stays without its answer."""

import asyncio
import json
import random
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bot.sandbox.model import DEFAULT_TOKEN
from tests.journeys.conftest import surroundings
from tests.support.processes import Program, free_port

QUESTIONS = [
    "how close am I to Diamond?",
    "/team",
    "who is inactive?",
    "/orders",
    "when does the month end?",
    "/gauges",
]
KILLS = 4
ANSWER_WITHIN_S = 60.0
Json = dict[str, Any]


class People:
    """Ten people at the sandbox's other side."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self.session, self.base = session, base

    async def act(self, path: str, **body: Any) -> Json:
        async with self.session.post(f"{self.base}/sandbox/{path}", json=body) as answer:
            found: Json = await answer.json()
            assert answer.status == 200, found
            return found

    async def answers_after(self, chat: int, message: int) -> list[Json]:
        """What the bot said after a message, word that core is away left out."""
        async with self.session.get(f"{self.base}/sandbox/chats/{chat}") as answer:
            said = (await answer.json())["messages"]
        return [one for one in said if one["message_id"] > message and one["from"]["is_bot"] and "reply_markup" in one]

    async def say(self, chat: int, act: Callable[[], Awaitable[Json]]) -> None:
        """Do something in a chat and wait for its answer.

        Raises:
            AssertionError: none came in time: the message is lost.
        """
        await self.answered(chat, (await act())["message_id"])

    async def answered(self, chat: int, message: int, count: int = 1) -> None:
        """Wait until a message, and as many in all with those after it, have their answers.

        Raises:
            AssertionError: as for `say`.
        """
        deadline = asyncio.get_running_loop().time() + ANSWER_WITHIN_S
        while len(await self.answers_after(chat, message)) < count:
            assert asyncio.get_running_loop().time() < deadline, f"message {message} of chat {chat} was never answered"
            await asyncio.sleep(0.1)

    async def converse(self, chat: int, questions: list[str]) -> None:
        """One conversation from the first hello on."""
        await self.act("users", id=chat)
        await self.act(f"chats/{chat}/start")
        await self.say(chat, lambda: self.act(f"chats/{chat}/contact"))
        for question in questions:
            await self.say(chat, lambda text=question: self.act(f"chats/{chat}/text", text=text))  # type: ignore[misc]  # bound


async def killing(programs: list[Program], rng: random.Random, done: asyncio.Event) -> int:
    """Kill one or the other without warning, and start it again at once; how often."""
    kills = 0
    while kills < KILLS and not done.is_set():
        await asyncio.sleep(rng.uniform(0.3, 1.0))
        program = programs[kills % len(programs)]
        await program.kill()
        await program.start()
        kills += 1
    return kills


@dataclass
class Office:
    """A company behind core and a messenger before it; the bots are the tests' own."""

    folder: Path
    environ: dict[str, str]
    service: Program
    telegram: Program
    people: People
    chats: list[int]

    def bot(self, name: str) -> Program:
        """A bot, not started."""
        return Program(["bot"], self.environ, self.folder / f"{name}.log", loaded=True)


@asynccontextmanager
async def office(folder: Path, company: Path) -> AsyncIterator[Office]:
    """A running one, on a copy of a company."""
    shutil.copytree(company, folder, dirs_exist_ok=True)
    ports = {"core": free_port(), "sandbox": free_port()}
    core, sandbox = (f"http://127.0.0.1:{port}" for port in ports.values())
    environ = {
        **surroundings(folder),
        "SERVICE_KEY": "a-key-that-is-long-enough",
        "PORT": str(ports["core"]),
        "CORE_URL": core,
        "TELEGRAM_TOKEN": DEFAULT_TOKEN,
        "TELEGRAM_API_URL": sandbox,
    }
    offered = folder / "people.json"
    service = Program(["core", "serve"], environ, folder / "core.log", f"{core}/ready", loaded=True)
    words = ["bot.sandbox", "--port", str(ports["sandbox"]), "--people", str(offered)]
    telegram = Program(words, environ, folder / "sandbox.log", f"{sandbox}/", loaded=True)
    chats = [one["id"] for one in json.loads(offered.read_text(encoding="utf-8"))]
    try:
        await asyncio.gather(service.start(), telegram.start())
        async with aiohttp.ClientSession() as session:
            yield Office(folder, environ, service, telegram, People(session, sandbox), chats)
    finally:
        await service.kill()
        await telegram.kill()


async def test_no_message_is_lost(demo_company: Path, tmp_path: Path) -> None:
    async with office(tmp_path, demo_company) as here:
        bot, rng, done = here.bot("bot"), random.Random(3), asyncio.Event()
        await bot.start()
        reaper = asyncio.create_task(killing([bot, here.service], rng, done))
        talks = (here.people.converse(chat, rng.sample(QUESTIONS, k=4)) for chat in here.chats[:10])
        try:
            await asyncio.gather(*talks)
        finally:
            done.set()
            killed = await reaper
            await bot.kill()
        assert killed >= 2, "the conversations were over before anything was killed"


async def test_a_bot_that_stands_by_takes_over_from_a_killed_one(demo_company: Path, tmp_path: Path) -> None:
    async with office(tmp_path, demo_company) as here:
        holder, heir = here.bot("holder"), here.bot("heir")
        chat, people = here.chats[0], here.people
        try:
            await holder.start()
            await people.converse(chat, ["/team"])
            await heir.start()
            await holder.kill()
            asked = (await people.act(f"chats/{chat}/text", text="/orders"))["message_id"]  # nobody asks for it now
            await people.act(f"chats/{chat}/text", text="/team")
            await people.answered(chat, asked, count=2)
            await people.say(chat, lambda: people.act(f"chats/{chat}/text", text="/gauges"))
            assert len(await people.answers_after(chat, asked)) == 3, "nothing is answered twice"
        finally:
            await holder.kill()
            await heir.kill()
