"""The sandbox as a process of its own."""

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.demo import free_port

pytestmark = pytest.mark.processes


async def start(port: int, folder: Path) -> asyncio.subprocess.Process:
    words = ["-m", "bot.sandbox", "--port", str(port), "--folder", str(folder), "--token", "77:secret"]
    process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    async with asyncio.timeout(20):
        assert f"http://127.0.0.1:{port}/".encode() in await process.stdout.readline()
    return process


async def ask(session: aiohttp.ClientSession, path: str) -> str:
    """The answer, once the port is open."""
    async with asyncio.timeout(20):
        while True:
            try:
                async with session.get(path) as answer:
                    return await answer.text()
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)


async def test_process_serves_page_and_api_and_ends_with_streams_open(tmp_path: Path) -> None:
    port = free_port(0)
    process = await start(port, tmp_path)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        assert "<title>Upline</title>" in await ask(session, "/")
        assert '"id": 77' in await ask(session, "/bot77:secret/getMe")
        async with session.post("/sandbox/users", json={"id": 5, "first_name": "Eva"}) as made:
            assert made.status == 200
        async with session.get("/sandbox/events") as stream:
            assert await stream.content.readline() == b"retry: 1000\n"
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(10):
                assert await process.wait() == 0
    again = await start(port, tmp_path)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        assert "Eva" in await ask(session, "/sandbox/people"), "people outlive the process in its folder"
    again.terminate()
    await again.communicate()


async def test_help_says_how_to_point_the_bot_at_it() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--help", stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    assert b"TELEGRAM_API_URL=http://127.0.0.1:8081" in printed
