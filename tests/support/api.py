"""The real service for tests: the real aiohttp application on a test's database, asked as a service, chat or staff."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from aiohttp.test_utils import TestClient, TestServer

from core.access.model import Link, Role
from core.db.database import Database
from core.kernel.ids import PersonId

if TYPE_CHECKING:  # the process that hands out tests loads this file as well, and would load the whole service
    from core.client import CoreClient
    from core.http.app import App

SERVICE_KEY = "a-service-key-for-tests"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, read."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str | None:
        """The stable code of a refusal."""
        return self.body.get("code") if isinstance(self.body, dict) else None


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks: her proof goes with every call."""

    client: "TestClient[Any, Any]"
    headers: Mapping[str, str] = field(default_factory=dict)

    async def get(self, path: str, **more: Any) -> Reply:
        return await self.call("GET", path, **more)

    async def post(self, path: str, json: Any = None, **more: Any) -> Reply:
        return await self.call("POST", path, json=json, **more)

    async def put(self, path: str, json: Any = None, **more: Any) -> Reply:
        return await self.call("PUT", path, json=json, **more)

    async def patch(self, path: str, json: Any = None, **more: Any) -> Reply:
        return await self.call("PATCH", path, json=json, **more)

    async def delete(self, path: str, **more: Any) -> Reply:
        return await self.call("DELETE", path, **more)

    async def call(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **more: Any) -> Reply:
        """`json` or `data`, `params` and further headers, as aiohttp takes them."""
        if more.get("json") is None:
            more.pop("json", None)
        async with self.client.request(method, path, headers={**self.headers, **(headers or {})}, **more) as answer:
            raw = await answer.read()
            is_json = answer.content_type.endswith("json") and raw
            return Reply(answer.status, orjson.loads(raw) if is_json else raw, answer.headers)


@dataclass(frozen=True, slots=True)
class Api:
    """The running service and ways to ask it."""

    client: "TestClient[Any, Any]"
    database: Database

    def stranger(self) -> Asker:
        """Somebody without any proof."""
        return Asker(self.client)

    def service(self) -> Asker:
        """Bot or worker."""
        return Asker(self.client, {"Authorization": f"Bearer {SERVICE_KEY}"})

    def chat(self, chat: int) -> Asker:
        """The bot in the name of a chat, linked or not."""
        return Asker(self.client, {"Authorization": f"Bearer {SERVICE_KEY}", "X-Chat": str(chat)})

    async def person(self, person: PersonId, chat: int) -> Asker:
        """The bot in the name of a chat that is linked to `person` from now on."""
        from core.access.store import add_link

        async with self.database.begin() as uow:
            assert await add_link(uow, Link(person=person, chat=chat, linked_at=uow.now))
            await uow.commit()
        return self.chat(chat)

    async def staff(self, role: Role) -> Asker:
        """A new member of staff."""
        from core.access import service as access

        async with self.database.begin() as uow:
            token = await access.add_staff(uow, f"test {role.value}", role)
            await uow.commit()
        return Asker(self.client, {"Authorization": f"Bearer {token}"})

    def core(self) -> "CoreClient":
        """Our own client on this service; close it."""
        from core.client import CoreClient

        return CoreClient(str(self.client.make_url("/")).rstrip("/"), SERVICE_KEY)


@pytest.fixture
def app(database: Database) -> "App":
    """The service with all rooms, before it is built: a test may provide parts or add routes."""
    from core.app import build_app

    return build_app(database, SERVICE_KEY)


@pytest.fixture
async def api(app: "App") -> AsyncIterator[Api]:
    """The running service."""
    async with TestClient(TestServer(app.build(), access_log=None)) as client:
        yield Api(client, app.database)
