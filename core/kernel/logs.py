"""Structured logs: one JSON object a line, with the request id, and never personal data or secrets.

Log codes, ids and counts; never names, texts, numbers of phones, tokens or figures of a person.
"""

import asyncio
import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from typing import Any

import orjson
import structlog

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id that ties a chat's update to all that it caused; each process sets it where a request or update comes in."""


def configure(process: str, *, level: int = logging.INFO) -> None:
    """Write logs to standard error as JSON; warnings of libraries join them.

    Args:
        process: `web`, `bot` or `worker`; part of every line.
    """
    structlog.configure(
        processors=[
            _with_context(process),
            _with_trace,
            _written,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    logger.cache_clear()
    requests.configure(process, heard=level <= logging.INFO)
    logging.basicConfig(handlers=[_Forward()], level=logging.WARNING, force=True)


@cache
def logger() -> Any:
    """The logger of the house; call as `logger().info("order_recorded", lines=3)`."""
    return structlog.get_logger().bind()


class _Requests:
    """Lines about requests, one each, so that they are much of what an answer costs.

    They are written all at once when the event loop has done what was ready, a turn later at most: writing lines is
    quick work that begins slowly, and structlog's way is three times as long.
    """

    def __init__(self) -> None:
        self._process, self._heard = "", False
        self._waiting: list[dict[str, object]] = []

    def configure(self, process: str, *, heard: bool) -> None:
        """Begin to write for a process, unless such lines are not `heard`; nothing is written before."""
        self._process, self._heard = process, heard

    def note(self, line: dict[str, object]) -> None:
        """Write the line with what every line of the house says; the caller must not use it any more."""
        if not self._heard:
            return
        line["timestamp"], line["request_id"] = datetime.now(UTC), REQUEST_ID.get()
        self._waiting.append(line)
        if len(self._waiting) == 1:
            asyncio.get_running_loop().call_soon(self._write)

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, []
        same: dict[str, object] = {"event": "request", "level": "info", "process": self._process}
        lines = [orjson.dumps(line | same, option=orjson.OPT_APPEND_NEWLINE) for line in waiting]
        sys.stderr.buffer.write(b"".join(lines))
        sys.stderr.buffer.flush()


requests = _Requests()


def _written(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> bytes:
    return orjson.dumps(line, default=repr)


def _with_context(process: str) -> structlog.typing.Processor:
    """All that every line says, in one go: each request writes a line, so this is much of what an answer costs."""

    def add(_logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        line["level"] = "error" if method == "exception" else method
        line["timestamp"] = datetime.now(UTC).isoformat(timespec="microseconds")
        line["process"] = process
        request_id = REQUEST_ID.get()
        if request_id:
            line.setdefault("request_id", request_id)
        return line

    return add


def _with_trace(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Where it happened and what kind of error it was, but not its words, which may repeat what somebody sent."""
    given = line.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        line["error"] = trace_of(error)
    return line


def trace_of(error: BaseException) -> list[str]:
    """The error, what caused it, and the places it came through; the words of our own asserts only."""
    found: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        words = f": {cause}" if isinstance(cause, AssertionError) else ""
        found.append(f"{type(cause).__module__}.{type(cause).__qualname__}{words}")
        frames = traceback.extract_tb(cause.__traceback__)
        found += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    return found


class _Forward(logging.Handler):
    """Hands what libraries log to our logger; of what goes with an error the first line alone, values left out.

    asyncio writes an error's own words into the lines after it, and these may repeat what somebody sent.
    """

    def emit(self, record: logging.LogRecord) -> None:
        message = str(record.msg).partition("\n")[0] if record.exc_info else record.getMessage()
        structlog.get_logger().log(
            record.levelno, "library", source=record.name, message=message, exc_info=record.exc_info
        )
