"""The description of the API, for machines at /openapi.json and for people at /docs."""

from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

PAGE = Path(__file__).with_name("docs.html")
CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"

Endpoint = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add(application: web.Application, describe: Callable[[], dict[str, Any]]) -> None:
    """Serve both. The page needs nothing from elsewhere.

    Args:
        describe: makes the description; called once, when somebody first asks for it.
    """
    described = cache(lambda: orjson.dumps(describe()))
    application.router.add_get("/openapi.json", _always(described, "application/json"))
    application.router.add_get("/docs", _always(cache(PAGE.read_bytes), "text/html"))


def _always(body: Callable[[], bytes], content_type: str) -> Endpoint:
    async def serve(_request: web.Request) -> web.Response:
        return web.Response(
            body=body(),
            content_type=content_type,
            charset="utf-8" if content_type == "text/html" else None,
            headers={"Content-Security-Policy": CONTENT_POLICY, "X-Content-Type-Options": "nosniff"},
        )

    return serve
