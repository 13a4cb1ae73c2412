"""What an answer costs our bot in CPU, beside the least that a bot can do, in one messenger in one run.

Both run as processes of their own on the same sandbox, are asked at the same pace by the same people, and are charged
for all that their process does meanwhile: polling, storing what came in, asking core, rendering, sending.
"""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import uvloop

from benchmarks.figures import Figure
from benchmarks.support.company import SERVICE_KEY, Service, cpu_seconds, new_database, serving
from benchmarks.support.messenger import Messenger
from bot.sandbox.model import DEFAULT_TOKEN
from tests.support.processes import Program, free_port

CHATS = 100
ROUNDS = 2
COMMANDS = ("/team", "/orders", "/customers", "/help", "/settings")
BUTTONS = (("t", "o:0", "s"), ("home",))
"""What is tapped in a round: first the pages behind the starting page's buttons, then the way back to it."""
TEXTS = (
    "who is inactive?",
    "how is my team doing",
    "show me my orders pls",
    "which rank am i",
    "when does the month end",
)
Work = Callable[[], Awaitable[None]]


def figures() -> Iterator[Figure]:
    """Measure on SQLite; the bot knows nothing of databases."""
    yield from uvloop.run(_measured())


@dataclass(frozen=True, slots=True)
class Bench:
    """The sandbox, the people at it, and where programs write."""

    service: Service
    address: str
    people: Messenger
    chats: Sequence[int]
    logs: Path

    @asynccontextmanager
    async def running(self, module: str) -> AsyncIterator[Program]:
        """A bot, warm: everybody has had an answer from it."""
        environ = {
            "TELEGRAM_TOKEN": DEFAULT_TOKEN,
            "TELEGRAM_API_URL": self.address,
            "CORE_URL": self.service.url,
            "SERVICE_KEY": SERVICE_KEY,
        }
        program = Program([module], environ, self.logs / f"{module}.log")
        await program.start()
        try:
            await self.people.all_say(self.chats, ["/start"])
            yield program
        finally:
            await program.stop()


async def _measured() -> list[Figure]:
    async with bench(CHATS) as found:
        return await _compared(found)


@asynccontextmanager
async def bench(chats: int) -> AsyncIterator[Bench]:
    """The demo company on SQLite and a sandbox, with so many people who have a chat."""
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-log-") as folder:
        logs, port = Path(folder), free_port()
        address = f"http://127.0.0.1:{port}"
        sandbox = Program(["bot.sandbox", "--port", str(port)], {}, logs / "sandbox.log", f"{address}/")
        async with new_database("sqlite") as database, serving(database, chats, logs) as service:
            await sandbox.start()
            try:
                async with aiohttp.ClientSession() as session:
                    people, linked = Messenger(session, address), list(service.chats)
                    await people.join(linked)
                    yield Bench(service, address, people, linked, logs)
            finally:
                await sandbox.stop()


async def _compared(bench: Bench) -> list[Figure]:
    people, chats = bench.people, bench.chats
    async with bench.running("benchmarks.support.echo_bot") as echo_bot:
        echo = await _cost(echo_bot, len(chats), *[lambda: people.all_say(chats, TEXTS)] * ROUNDS)
    async with bench.running("bot") as bot:
        button = await _cost(bot, len(chats), *(lambda b=b: people.all_tap(chats, b) for b in BUTTONS))
        command = await _cost(bot, len(chats), *[lambda: people.all_say(chats, COMMANDS)] * ROUNDS)
        await people.all_say(chats[:1], TEXTS)  # the understanding is loaded beside the start; wait for it
        text = await _cost(bot, len(chats), *[lambda: people.all_say(chats, TEXTS)] * ROUNDS)
        new = await _cost(bot, len(chats), lambda: people.all_say(chats, ["/gauges"]))
        drawn = len(await _uploads(people))
        again = await _cost(bot, len(chats), lambda: people.all_say(chats, ["/gauges"]))
        drawn_again = len(await _uploads(people)) - drawn
    return [
        Figure("echo bot: an answer, CPU", echo, "ms"),
        Figure("our bot: a tapped button, CPU", button, "ms"),
        Figure("a button / the echo bot's answer", button / echo, "x", at_most=2),
        Figure("our bot: a command, CPU", command, "ms"),
        Figure("a command / the echo bot's answer", command / echo, "x", at_most=2),
        Figure("our bot: free text, CPU", text, "ms"),
        Figure("free text / the echo bot's answer", text / echo, "x", at_most=4),
        Figure("our bot: /gauges with a new picture, CPU", new, "ms"),
        Figure("our bot: /gauges with a picture that Telegram has, CPU", again, "ms"),
        Figure("a new picture, CPU: the difference", new - again, "ms", at_most=30),
        Figure(f"pictures drawn for {len(chats)} people", drawn),
        Figure("pictures drawn when they ask again", drawn_again, at_most=0),
    ]


async def _cost(program: Program, answers: int, *rounds: Work) -> float:
    """Milliseconds of the process's CPU for each answer, `answers` in each round."""
    before = cpu_seconds(program)
    for work in rounds:
        await work()
    return (cpu_seconds(program) - before) / answers / len(rounds) * 1000


async def _uploads(people: Messenger) -> list[dict[str, Any]]:
    """The bot's calls that sent a file; those that name one which Telegram has say so in a parameter."""
    return [call for call in await people.calls("sendPhoto") if "photo" not in call["params"]]
