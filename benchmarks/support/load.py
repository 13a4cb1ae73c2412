"""Load on an HTTP service from a client that costs far less than the service: requests are bytes made beforehand."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import cast
from urllib.parse import urlsplit

OK, REDIRECTED = 200, 300


@dataclass
class Load:
    """What a stretch of load found."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    """In seconds, one an answer; of paced load, from when the question was due if no connection was free then."""
    failures: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def quantile(self, share: float) -> float:
        """The latency that this share of the answers does not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Wire(asyncio.Protocol):
    """One kept connection with one question on it at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The line is open."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by class

    def connection_lost(self, _error: Exception | None) -> None:
        """Nobody is there any more."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the service hung up"))

    def data_received(self, data: bytes) -> None:
        """A part of an answer."""
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._received[:end].lower()
        start = head.find(b"content-length:")
        length = 0 if start < 0 else int(head[start + 15 :].split(b"\r\n", 1)[0])
        if len(self._received) < end + 4 + length or self._answer is None:
            return
        body, self._received = self._received[end + 4 :], b""
        self._answer.set_result((int(head[9:12]), body))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


def get(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """A question as it goes over the wire."""
    return _request("GET", path, headers or {})


def post(path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """The same with JSON to take."""
    told = {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}
    return _request("POST", path, told) + body


def _request(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: benchmark", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


async def wires(url: str, count: int) -> list[Wire]:
    """So many kept connections."""
    where = urlsplit(url)
    assert where.hostname and where.port, "the service listens somewhere"
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(Wire, where.hostname, where.port) for _ in range(count)]
    return [wire for _, wire in made]


async def flood(lines: Sequence[Wire], requests: Sequence[bytes], seconds: float) -> Load:
    """Every connection asks its next question as soon as the last is answered."""
    load, began = Load(), time.perf_counter()
    until = began + seconds

    async def one(wire: Wire, start: int) -> None:
        for request in islice(cycle(requests), start, None):
            asked = time.perf_counter()
            if asked >= until:
                return
            await _ask(wire, request, asked, load)

    await asyncio.gather(*(one(wire, place * 7) for place, wire in enumerate(lines)))
    load.seconds = time.perf_counter() - began
    return load


async def paced(lines: Sequence[Wire], requests: Sequence[bytes], rate: float, seconds: float) -> Load:
    """So many questions a second at even distances, each on the next connection that is free."""
    load, began = Load(), time.perf_counter()
    due = iter([began + number / rate for number in range(int(rate * seconds))])
    questions = cycle(requests)

    async def one(wire: Wire) -> None:
        for moment in due:
            asked, wait = moment, moment - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
                asked = time.perf_counter()  # timers tick in milliseconds, for which the service is not to blame
            await _ask(wire, next(questions), asked, load)

    await asyncio.gather(*(one(wire) for wire in lines))
    load.seconds = time.perf_counter() - began
    return load


async def _ask(wire: Wire, request: bytes, asked: float, load: Load) -> None:
    status, _ = await wire.ask(request)
    load.latencies.append(time.perf_counter() - asked)
    load.failures += not OK <= status < REDIRECTED
