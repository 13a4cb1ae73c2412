"""What is seen of every request: an id, a line in the log, metrics, and a problem where something went wrong."""

import re
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.web_exceptions import HTTPException
from prometheus_client import Histogram
from prometheus_client.exposition import generate_latest

from core.http.model import InternalFault
from core.http.problems import in_our_words, problem
from core.kernel.errors import DomainError
from core.kernel.ids import new_id
from core.kernel.logs import REQUEST_ID, logger, requests

HEADER = "X-Request-Id"
REQUEST_ID_FORM = re.compile(r"[A-Za-z0-9._:-]{1,64}")
QUIET = frozenset({"/health", "/ready", "/metrics"})
"""Asked every few seconds by machines; their lines would hide the others."""

SECONDS = Histogram(
    "upline_request_seconds",
    "Time from request to answer, and how many answers of each status.",
    ["method", "path", "status"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
SERIES: dict[tuple[str, str, int], Histogram] = {}
"""Prometheus's own look-up of a series costs as much as the rest of the bookkeeping."""

Next = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def observe(request: web.Request, handler: Next) -> web.StreamResponse:
    """The outermost layer; the one place of the service where every exception is caught."""
    given = request.headers.get(HEADER, "")
    request_id = given if REQUEST_ID_FORM.fullmatch(given) else new_id().hex
    token = REQUEST_ID.set(request_id)
    started = time.perf_counter()
    try:
        response = await _answered(request, handler, request_id)
        if not response.prepared:
            response.headers[HEADER] = request_id
        _record(request, response.status, time.perf_counter() - started)
        return response
    finally:
        REQUEST_ID.reset(token)


async def _answered(request: web.Request, handler: Next, request_id: str) -> web.StreamResponse:
    try:
        return await handler(request)
    except DomainError as error:
        if error.status >= 500:
            cause = type(error.__cause__).__name__ if error.__cause__ else None
            logger().warning("refused", code=error.code, path=path_of(request), cause=cause)
        return problem(request, error, request_id)
    except HTTPException as error:
        if error.status < 400:
            raise
        return problem(request, in_our_words(error), request_id)
    except Exception:  # noqa: BLE001  # one of the three edges
        logger().exception("internal_error", method=request.method, path=path_of(request))
        return problem(request, InternalFault(), request_id)


def path_of(request: web.Request) -> str:
    """The route's path with names in place of values, so that metrics stay few and logs impersonal."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unknown"


def metrics() -> web.Response:
    """All metrics of this process as Prometheus reads them."""
    return web.Response(body=generate_latest(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


def _record(request: web.Request, status: int, seconds: float) -> None:
    path = path_of(request)
    key = (request.method, path, status)
    series = SERIES.get(key)
    if series is None:
        series = SERIES[key] = SECONDS.labels(request.method, path, str(status))
    series.observe(seconds)
    if path not in QUIET:
        requests.note({"method": request.method, "path": path, "status": status, "ms": round(seconds * 1000, 2)})
