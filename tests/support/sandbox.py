"""A sandbox served on a free port, and the two sides that speak to it."""

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp.test_utils import TestServer
from PIL import Image

from bot.sandbox.app import WORLD, build_app
from bot.sandbox.model import DemoPerson, Options
from bot.sandbox.people import StaticPeople
from bot.sandbox.world import World

ANA = DemoPerson(5100000001, "Ana", "Pérez", "anaperez", "es", "+573001112233", "Gold · Medellín", start="one-time_1")
EMMA = DemoPerson(5100000002, "Emma", "Clarke", "", "en", "+447700900123", "Silver · Leeds")
STRANGER = DemoPerson(5100000003, "Nobody", "Known", "", "de")


def picture(width: int = 40, height: int = 30, colour: str = "teal", kind: str = "PNG") -> bytes:
    """A small picture file."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, kind)
    return buffer.getvalue()


class Sandbox:
    """Both sides of a running sandbox: `call` is the bot's, `act` and `look` are people's."""

    def __init__(self, world: World, base: str, session: aiohttp.ClientSession) -> None:
        self.world = world
        self.base = base
        self._session = session

    async def call(self, method: str, **params: Any) -> tuple[int, dict[str, Any]]:
        """Call a Bot API method with JSON; bytes become multipart uploads."""
        uploads = {name: value for name, value in params.items() if isinstance(value, bytes)}
        url = f"{self.base}/bot{self.world.token}/{method}"
        if not uploads:
            async with self._session.post(url, json=params) as answer:
                return answer.status, await answer.json()
        form = aiohttp.FormData()
        for name, value in params.items():
            if name in uploads:
                form.add_field(name, io.BytesIO(uploads[name]), filename=f"{name}.png")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self._session.post(url, data=form) as answer:
            return answer.status, await answer.json()

    async def result(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.call(method, **params)
        assert status == 200, body
        return body["result"]

    async def act(self, path: str, **body: Any) -> Any:
        """A person's act, which must be possible."""
        async with self._session.post(f"{self.base}/sandbox/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def upload(self, path: str, *files: tuple[str, bytes], **form: str) -> Any:
        """A person's act that sends files, each with its name."""
        sent = aiohttp.FormData()
        for name, value in form.items():
            sent.add_field(name, value)
        for name, content in files:
            sent.add_field("file", io.BytesIO(content), filename=name)
        async with self._session.post(f"{self.base}/sandbox/{path}", data=sent) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def tried(self, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        """A person's act that may be impossible."""
        async with self._session.post(f"{self.base}/sandbox/{path}", json=body) as answer:
            return answer.status, await answer.json()

    async def look(self, path: str) -> Any:
        """What the control address shows."""
        async with self._session.get(f"{self.base}/sandbox/{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def started(self, person: DemoPerson = ANA) -> int:
        """Let a person start the bot; returns the chat."""
        await self.act("users", id=person.id)
        await self.act(f"chats/{person.id}/start")
        return person.id


@asynccontextmanager
async def running_sandbox(options: Options | None = None, folder: Path | None = None) -> AsyncIterator[Sandbox]:
    """A sandbox that offers Ana, Emma and a stranger."""
    app = build_app(people=StaticPeople((ANA, EMMA, STRANGER)), options=options, folder=folder)
    server = TestServer(app)
    await server.start_server()
    async with aiohttp.ClientSession() as session:
        yield Sandbox(app[WORLD], str(server.make_url("")).rstrip("/"), session)
    await server.close()
