"""`make demo`: a believable company, the real service, bot and worker, and a messenger to try them in.

With `TELEGRAM_TOKEN` set the bot talks to Telegram instead, and no sandbox is started.
"""

import asyncio
import contextlib
import os
import secrets
import shlex
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

import aiohttp

from bot.sandbox.desk import NoDesk, prepare_desk
from bot.sandbox.model import DEFAULT_TOKEN
from bot.sandbox.supervisor import GaveUp, Part, Supervisor

HOST = "127.0.0.1"
PEOPLE = 3000
SEED = 7
DATABASE = "upline.db"
CORE_PORT = 8080
SANDBOX_PORT = 8081
WORKER = "worker"
_PROBE_SECONDS = 2.0
_COMPILE_SECONDS_MAX = 180.0
"""The first start compiles; on a busy machine that takes its time."""


@dataclass(frozen=True)
class Demo:
    """Where everything is: ports, folder, and the environment that all processes share.

    The company's orders end on the day it was founded, so each day has a folder and a company of its own.
    """

    day: date
    folder: Path
    core_port: int
    sandbox_port: int | None
    environ: Mapping[str, str]

    @property
    def sandbox_url(self) -> str:
        """Address of the stand-in and its chat page."""
        return f"http://{HOST}:{self.sandbox_port}"

    @property
    def unfinished(self) -> Path:
        """Stands beside the company while it is made: what a killed start left is not taken for a whole company."""
        return self.folder / "unfinished"

    @classmethod
    def plan(cls, environ: Mapping[str, str]) -> "Demo":
        """Choose ports and secrets; what the user has set stays."""
        day = company_day(environ)
        folder = Path(environ.get("DEMO_FOLDER") or "var/demo").resolve() / day.isoformat()
        core_port = int(environ.get("PORT") or free_port(CORE_PORT))
        real = bool(environ.get("TELEGRAM_TOKEN"))
        sandbox_port = None if real else free_port(SANDBOX_PORT, taken=core_port)
        shared = {
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / DATABASE}",
            "SERVICE_KEY": secrets.token_hex(24),
            "HOST": HOST,
            "PORT": str(core_port),
            "CORE_URL": f"http://{HOST}:{core_port}",
            "PYTHONUNBUFFERED": "1",
        }
        if sandbox_port:
            shared |= {"TELEGRAM_TOKEN": DEFAULT_TOKEN, "TELEGRAM_API_URL": f"http://{HOST}:{sandbox_port}"}
        given = {name: value for name, value in environ.items() if value}
        if sandbox_port:
            given.pop("TELEGRAM_API_URL", None)
            given.pop("WEBHOOK_URL", None)
        return cls(day, folder, core_port, sandbox_port, {**shared, **given})


def company_day(environ: Mapping[str, str]) -> date:
    """Today by the company's clock, as far as one is set, else by the wall where the demo runs."""
    with contextlib.suppress(ValueError):  # core says what is wrong with it
        return datetime.fromisoformat(environ.get("CLOCK_START", "")).date()
    return datetime.now().astimezone().date()


def tell(line: str, stream: TextIO = sys.stdout) -> None:
    """Say something at the terminal, at once."""
    stream.write(f"{line}\n")
    stream.flush()


def free_port(wished: int, taken: int | None = None) -> int:
    """The wished port when nobody listens there, else any that is free."""
    for port in (wished, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            if found != taken:
                return found
    return free_port(0, taken)


def module(*words: str) -> list[str]:
    """A command of ours, run by the same Python."""
    return [sys.executable, "-m", *words]


def parts(demo: Demo) -> list[Part]:
    """The processes in the order they are started."""
    core = f"http://{HOST}:{demo.core_port}/ready"
    found = [Part("web", module("core", "serve"), demo.environ, answers(core), ready_seconds_max=_COMPILE_SECONDS_MAX)]
    if demo.sandbox_port:
        offered = shlex.join(module("core", "demo-people"))
        words = ["--port", str(demo.sandbox_port), "--folder", str(demo.folder / "sandbox")]
        argv = [*module("bot.sandbox"), *words, "--people-command", offered]
        found.append(Part("sandbox", argv, demo.environ, answers(f"{demo.sandbox_url}/")))
        reached = answers(f"{demo.sandbox_url}/sandbox/calls?method=getMe", holding="getMe")
        found.append(Part("bot", module("bot"), demo.environ, reached))
    else:
        found.append(Part("bot", module("bot"), demo.environ, stays_up))
    found.append(Part(WORKER, module("notifications"), demo.environ, stays_up))
    return found


def answers(url: str, holding: str = "") -> Callable[[], Awaitable[bool]]:
    """A probe: the address answers 200, and the answer holds a word."""

    async def probe() -> bool:
        timeout = aiohttp.ClientTimeout(total=_PROBE_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
                return answer.status == 200 and holding in await answer.text()
        except (aiohttp.ClientError, TimeoutError):
            return False

    return probe


async def stays_up() -> bool:
    """No probe: what has not died at once is taken to be well."""
    await asyncio.sleep(1.5)
    return True


async def prepare(supervisor: Supervisor, demo: Demo) -> None:
    """Bring the database up to date and make the company, unless there is one.

    Raises:
        GaveUp: the database cannot be brought up to date, or the company cannot be made.
    """
    demo.folder.mkdir(parents=True, exist_ok=True)
    _clear_unfinished(demo)
    older = sorted(folder.name for folder in demo.folder.parent.iterdir() if _is_day(folder.name, before=demo.day))
    if older:
        tell(f"The company of {older[-1]} ends on that day and stays in {demo.folder.parent / older[-1]}.")
    code, said = await supervisor.run_once("migrate", module("core", "migrate"), demo.environ)
    if code != 0:
        raise GaveUp(f"The database could not be prepared.\n{said}")
    code, said = await supervisor.run_once("people", module("core", "demo-people"), demo.environ)
    if code == 0 and not said.endswith("[]"):
        tell(f"Today's company is kept; remove {demo.folder} to begin anew.")
        return
    await _make_company(supervisor, demo)


async def open_desk(supervisor: Supervisor, demo: Demo) -> None:
    """Prepare the staff's group; without one everything else goes on."""

    async def link_of(name: str) -> str:
        code, said = await supervisor.run_once("link", module("core", "staff", "link", name), demo.environ)
        starts = [line.removeprefix("start ") for line in said.splitlines() if line.startswith("start ")]
        return starts[0].strip() if code == 0 and starts else ""

    tell("Setting up the staff's group …")
    try:
        await prepare_desk(demo.sandbox_url, link_of)
    except (NoDesk, aiohttp.ClientError) as trouble:
        tell(f"There is no staff group in this demo. {trouble}", sys.stderr)


def _clear_unfinished(demo: Demo) -> None:
    """Remove what a start that was stopped while it made the company has left.

    Raises:
        GaveUp: it has not stopped.
    """
    if not demo.unfinished.exists():
        return
    with contextlib.suppress(ProcessLookupError, ValueError):
        os.kill(int(demo.unfinished.read_text()), 0)
        raise GaveUp("Another terminal is making this company; wait for it, or end it.")
    left = list(demo.folder.glob(f"{DATABASE}*"))
    if left:
        tell("The company was not finished the last time, and is made anew.")
    for file in left:
        file.unlink()


async def _make_company(supervisor: Supervisor, demo: Demo) -> None:
    tell("Making the company …")
    demo.unfinished.write_text(str(os.getpid()))
    size = ["--people", str(PEOPLE), "--seed", str(SEED), "--today", demo.day.isoformat()]
    code, said = await supervisor.run_once("company", module("core", "demo", *size), demo.environ)
    if code != 0:
        raise GaveUp(f"The company could not be made.\n{said}")
    demo.unfinished.unlink()


def _is_day(name: str, *, before: date) -> bool:
    try:
        return date.fromisoformat(name) < before
    except ValueError:
        return False


DESK = """
The group at the top of the list is the staff's: answer a card there as Noor or Marta, and she has it in her chat.
"""


def screen(demo: Demo) -> str:
    """What the person at the terminal needs to know, and nothing else."""
    where = f"Chat page   {demo.sandbox_url}/" if demo.sandbox_port else "Chat        in Telegram, with your own bot"
    desk = DESK if demo.sandbox_port else ""
    return f"""
Upline is running.

  {where}
  Service     http://{HOST}:{demo.core_port}/docs

Pick a person, press Start, share the phone number, and write for example
  how close am I to Diamond?
  ¿cuánto me falta para Diamante?
  wie weit bin ich von Diamant entfernt?
  my commission is missing an order
{desk}
Logs: {demo.folder / "logs"}     Stop: Ctrl-C
"""


async def run(environ: Mapping[str, str]) -> int:
    """Run the demo until Ctrl-C or SIGTERM.

    Returns:
        The exit code: 0 stopped by hand, 1 something did not work and was told.
    """
    demo = Demo.plan(environ)
    supervisor = Supervisor(demo.folder / "logs", tell)
    work = asyncio.create_task(_work(supervisor, demo))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        tell("\nStopping …")
        return 0
    except GaveUp as trouble:
        tell(str(trouble), sys.stderr)
        return 1
    finally:
        await supervisor.stop()
    return 0


async def _work(supervisor: Supervisor, demo: Demo) -> None:
    await prepare(supervisor, demo)
    for part in parts(demo):
        if part.name == WORKER and demo.sandbox_port:
            await open_desk(supervisor, demo)  # before the first cards go out
        tell(f"Starting {part.name} …")
        await supervisor.start(part)
    tell(screen(demo))
    await supervisor.watch()


def main() -> None:
    """The command line of `make demo`."""
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(asyncio.run(run(os.environ)))


if __name__ == "__main__":
    main()
