"""The demo's supervisor with small stand-in processes."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.sandbox import demo
from bot.sandbox.people import CommandPeople
from bot.sandbox.supervisor import GaveUp, Part, Supervisor

pytestmark = pytest.mark.processes

SLEEP = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEP!r}]).wait()"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def part(name: str, code: str, ready: Callable[[], Awaitable[bool]] = demo.stays_up) -> Part:
    return Part(name, python(code), dict(os.environ), ready, ready_seconds_max=3)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not condition():  # noqa: ASYNC110  # processes give no event to wait for
            await asyncio.sleep(0.05)


async def test_death_is_told_with_last_lines_and_the_part_is_started_again(tmp_path: Path) -> None:
    told: list[str] = []
    supervisor = Supervisor(tmp_path, told.append)
    flag = tmp_path / "first"
    code = f"import pathlib, sys, time; p = pathlib.Path({str(flag)!r}); print('hello', flush=True)\n"
    code += "if p.exists(): time.sleep(60)\nelse: p.touch(); time.sleep(1); print('out of luck'); sys.exit(3)"
    await supervisor.start(part("bot", code))
    watching = asyncio.create_task(supervisor.watch())
    await until(lambda: len(told) == 2 and (tmp_path / "bot.log").read_text().count("hello") == 2)
    watching.cancel()
    await supervisor.stop()
    assert told[0].startswith("bot has stopped (exit code 3).")
    assert "| out of luck" in told[0]
    assert told[1] == "Starting bot again."


async def test_part_that_dies_again_and_again_ends_the_demo(tmp_path: Path) -> None:
    told: list[str] = []
    supervisor = Supervisor(tmp_path, told.append)
    await supervisor.start(part("worker", "print('no')", ready=_true))
    with pytest.raises(GaveUp, match="worker stopped 4 times within a minute"):
        await asyncio.wait_for(supervisor.watch(), 20)
    await supervisor.stop()


async def _true() -> bool:
    return True


async def _false() -> bool:
    return False


async def test_part_that_never_gets_ready_is_given_up_with_its_words(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, print)
    with pytest.raises(GaveUp, match=r"web stopped before it was ready(.|\n)*SERVICE_KEY is missing"):
        await supervisor.start(part("web", "import sys; sys.exit('SERVICE_KEY is missing')", ready=_false))
    await supervisor.stop()


async def test_stop_reaches_children_of_children_and_the_stubborn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sandbox.supervisor.STOP_SECONDS", 0.5)
    told: list[str] = []
    supervisor = Supervisor(tmp_path, told.append)
    await supervisor.start(part("parent", PARENT))
    await supervisor.start(part("stubborn", STUBBORN))
    await until(lambda: all((tmp_path / f"{n}.log").exists() for n in ("parent", "stubborn")))
    await until(lambda: "up" in (tmp_path / "parent.log").read_text())
    groups = [running.process.pid for running in supervisor._running]
    await supervisor.stop()
    assert told == ["Some processes did not stop by themselves and are killed."]
    for group in groups:
        await until(lambda group=group: not alive(group))  # type: ignore[misc]  # mypy knows no default in a lambda


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


async def test_signal_stops_the_demo_and_all_its_processes(tmp_path: Path) -> None:
    script = f"""
import asyncio, os, sys
from bot.sandbox import demo
from bot.sandbox.supervisor import Part
async def nothing(supervisor, plan): pass
demo.prepare = nothing
demo.parts = lambda plan: [Part("web", [sys.executable, "-c", {SLEEP!r}], os.environ, demo.stays_up)]
demo.screen = lambda plan: "READY"
sys.exit(asyncio.run(demo.run(os.environ)))
"""
    environ = {**os.environ, "DEMO_FOLDER": str(tmp_path), "TELEGRAM_TOKEN": ""}
    process = await asyncio.create_subprocess_exec(
        *python(script), env=environ, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert process.stdout
    async with asyncio.timeout(20):
        while b"READY" not in await process.stdout.readline():
            assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        printed, wrong = await process.communicate()
    assert (process.returncode, b"Stopping" in printed) == (0, True), wrong


def test_demo_plans_a_sandbox_unless_a_token_is_set(tmp_path: Path) -> None:
    planned = demo.Demo.plan({"DEMO_FOLDER": str(tmp_path)})
    assert planned.environ["TELEGRAM_API_URL"] == planned.sandbox_url
    assert len(planned.environ["SERVICE_KEY"]) >= 16
    assert [made.name for made in demo.parts(planned)] == ["web", "sandbox", "bot", "worker"]
    real = demo.Demo.plan({"DEMO_FOLDER": str(tmp_path), "TELEGRAM_TOKEN": "1:abc"})
    assert [made.name for made in demo.parts(real)] == ["web", "bot", "worker"]
    assert "TELEGRAM_API_URL" not in real.environ


def test_taken_port_is_passed_over() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind((demo.HOST, 0))
        taken.listen()
        assert demo.free_port(taken.getsockname()[1]) != taken.getsockname()[1]


async def test_people_come_from_a_command(tmp_path: Path) -> None:
    listing = "import json; print(json.dumps([{'id': 5, 'first_name': 'Ana', 'note': 'Gold'}]))"
    [ana] = await CommandPeople(python(listing)).people()
    assert (ana.id, ana.first_name, ana.note) == (5, "Ana", "Gold")
    assert await CommandPeople(python("import sys; sys.exit(1)")).people() == ()


def test_each_day_has_a_company_of_its_own(tmp_path: Path) -> None:
    def planned(start: str) -> demo.Demo:
        return demo.Demo.plan({"DEMO_FOLDER": str(tmp_path), "CLOCK_START": start})

    first, same, next_day = (planned(f"2026-11-{when}+00:00") for when in ("22T08:00", "22T23:00", "23T08:00"))
    assert first.environ["DATABASE_URL"] == same.environ["DATABASE_URL"]
    assert first.environ["DATABASE_URL"] != next_day.environ["DATABASE_URL"]
    assert first.folder.name == first.day.isoformat() == "2026-11-22"


class Noted(Supervisor):
    """Runs nothing: notes what would be run, and says that there are people."""

    def __init__(self, tmp_path: Path) -> None:
        super().__init__(tmp_path, print)
        self.ran: list[str] = []
        self.people = "[]"
        self.fails = ""

    async def run_once(self, name: str, argv: object, environ: object) -> tuple[int, str]:
        self.ran.append(name)
        return int(name == self.fails), self.people if name == "people" else ""


async def test_company_that_was_not_finished_is_made_anew(tmp_path: Path) -> None:
    planned, runner = demo.Demo.plan({"DEMO_FOLDER": str(tmp_path)}), Noted(tmp_path)
    planned.folder.mkdir(parents=True)
    half = planned.folder / demo.DATABASE
    half.write_text("half a company")
    runner.fails = "company"
    with pytest.raises(GaveUp, match="could not be made"):
        await demo.prepare(runner, planned)
    with pytest.raises(GaveUp, match="Another terminal"):  # this very process stands for it
        await demo.prepare(runner, planned)
    planned.unfinished.write_text("999999999")  # no process has so high a number
    runner.fails = ""
    await demo.prepare(runner, planned)
    assert (half.exists(), planned.unfinished.exists()) == (False, False)
    half.write_text("a whole company")
    runner.ran, runner.people = [], '[{"id": 5}]'
    await demo.prepare(runner, planned)
    assert (runner.ran, half.exists()) == (["migrate", "people"], True)
