"""From what a handler returns to bytes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from aiohttp import web
from pydantic import TypeAdapter

from core.http.model import Created, Finished

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that can be kept and given again."""

    status: int
    body: bytes | None = None
    location: str | None = None

    def response(self) -> web.Response:
        """As aiohttp sends it."""
        headers = {"Location": self.location} if self.location else None
        return web.Response(
            status=self.status, body=self.body, content_type=JSON if self.body is not None else None, headers=headers
        )


Dump = Callable[[Any], Answer | web.StreamResponse]


@cache
def compile_answer(returns: Any) -> Dump:
    """How results of this type become answers.

    Args:
        returns: the handler's return annotation: a model, `Page[T]`, `list[T]`, `Created[T]`, `Finished[T]`, None, or a
            response.
    """
    if returns in (None, NoneType):
        return lambda _result: Answer(204)
    if isinstance(returns, type) and issubclass(returns, web.StreamResponse):
        return lambda response: response
    if get_origin(returns) is Created:
        dump_item = _dumper(get_args(returns)[0])
        return lambda created: Answer(201, dump_item(created.item), created.location)
    if get_origin(returns) is Finished:
        return lambda finished: Answer(200, finished.body)
    dump = _dumper(returns)
    return lambda result: Answer(200, dump(result))


def with_etag(request: web.Request, answer: Answer) -> web.Response:
    """The answer with its tag, or 304 to an asker who has it already."""
    assert answer.body is not None, "an answer with a tag has a body"
    tag = f'"{hashlib.blake2b(answer.body, digest_size=16).hexdigest()}"'
    known = [part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")]
    if tag in known or "*" in known:
        return web.Response(status=304, headers={"ETag": tag})
    response = answer.response()
    response.headers["ETag"] = tag
    return response


def _dumper(kind: Any) -> Callable[[Any], bytes]:
    to_json = TypeAdapter(kind).serializer.to_json

    def dump(value: Any) -> bytes:
        return to_json(value)

    return dump
