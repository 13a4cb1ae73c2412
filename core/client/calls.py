"""One call of the API: what goes out, what comes back, and what can go wrong on the way."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from io import BytesIO
from typing import Any, TypeVar

import aiohttp
import orjson
from pydantic import BaseModel, TypeAdapter

from core.kernel.errors import CoreAway, Refused
from core.kernel.logs import REQUEST_ID

T = TypeVar("T")
Value = str | int | bool | date | Enum | None
TIMEOUT_S = 20.0
AWAY = frozenset({502, 503, 504})
LARGE_BYTES = 2**20
"""From here on a body goes out in pieces, between which others get their turn."""
ADAPTERS: dict[object, TypeAdapter[Any]] = {}


class Calls:
    """What every part of the client is built on: a session, the base address, and the headers that say who asks."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, headers: Mapping[str, str]) -> None:
        self._session = session
        self._base_url = base_url
        self._headers = headers

    async def _get(self, path: str, answer: type[T], **query: Value) -> T:
        """Ask.

        Args:
            answer: the type that the operation's handler returns.
            query: parameters; those that are None are left out.

        Raises:
            Refused: core said no, and why.
            CoreAway: core did not answer.
        """
        return adapter(answer).validate_json(await self._call("GET", path, query=query))

    async def _post(self, path: str, answer: type[T], body: BaseModel | None = None, **given: Any) -> T:
        """Do something; takes `idempotency_key` and raises what `_get` raises.

        A repeated call with the same key is carried out once, so after `CoreAway` the same call may be made again.
        """
        return adapter(answer).validate_json(await self._call("POST", path, body=body, **given) or b"null")

    async def _post_file(self, path: str, answer: type[T], content: bytes, *, name: str, **given: Any) -> T:
        """Send a file, as `_post` sends a body; `name` is what its sender calls it."""
        found = await self._call("POST", path, content=content, query={"name": name}, **given)
        return adapter(answer).validate_json(found)

    async def _put(self, path: str, answer: type[T], body: BaseModel | None = None, **given: Any) -> T:
        """Set the whole of something, as `_post` does."""
        return adapter(answer).validate_json(await self._call("PUT", path, body=body, **given) or b"null")

    async def _patch(self, path: str, answer: type[T], body: BaseModel | None = None, **given: Any) -> T:
        """Change a part of something, as `_post` does."""
        return adapter(answer).validate_json(await self._call("PATCH", path, body=body, **given) or b"null")

    async def _delete(self, path: str, **given: Any) -> None:
        """End something, as `_post` does."""
        await self._call("DELETE", path, **given)

    async def _call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Value] | None = None,
        body: BaseModel | None = None,
        content: bytes | None = None,
        idempotency_key: str | None = None,
    ) -> bytes:
        headers = dict(self._headers)
        request_id = REQUEST_ID.get()
        if request_id:
            headers.setdefault("X-Request-Id", request_id)
        if idempotency_key is not None:
            headers["Idempotency-Key"] = idempotency_key
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = body.model_dump_json().encode()
        try:
            async with self._session.request(
                method,
                self._base_url + path,
                params=written(query or {}),
                data=content if content is None or len(content) < LARGE_BYTES else BytesIO(content),
                headers=headers,
            ) as response:
                found = await response.read()
        except (TimeoutError, aiohttp.ClientError) as error:
            raise CoreAway from error
        if response.status >= 400:
            raise _refusal(response.status, found)
        return found


def adapter(answer: type[T]) -> TypeAdapter[T]:
    """Reads answers of one type; made once."""
    known: TypeAdapter[T] | None = ADAPTERS.get(answer)
    if known is None:
        known = ADAPTERS[answer] = TypeAdapter(answer)
    return known


def written(query: Mapping[str, Value]) -> dict[str, str]:
    """Parameters as the API reads them."""
    return {name: _text(value) for name, value in query.items() if value is not None}


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _refusal(status: int, body: bytes) -> Exception:
    try:
        problem = orjson.loads(body)
        refused = Refused(problem["code"], problem["facts"], status=status)
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return CoreAway() if status >= 500 else Refused("unknown", {}, status=status)
    return CoreAway() if status in AWAY else refused
