"""The progress operation of a real service, authentication and freshness included, beside its empty handler.

Both are asked in turn over the same sixteen connections, so that whatever else the machine does hits both alike.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import aiohttp
import uvloop
from sqlalchemy import text

from benchmarks.figures import Figure
from benchmarks.support.company import Service, cpu_seconds, new_database, serving
from benchmarks.support.load import Load, Wire, flood, get, paced, wires
from core.db.database import Database
from core.db.events import EventLog
from core.db.unit_of_work import Questions
from core.kernel.clock import Clock
from core.live.computing import compute_open
from core.people import service as people
from core.progress import service as progress

CLIENTS = 16
CHATS = 200
ROUNDS = 5
ROUND_S = 2.0
ORDERS_S = 8.0
ORDERS_A_SECOND = 20


def figures() -> Iterator[Figure]:
    """Measure on SQLite and on PostgreSQL."""
    for dialect in ("sqlite", "postgresql"):
        yield from uvloop.run(_measured(dialect))


async def _measured(dialect: str) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-log-") as logs:
        async with new_database(dialect) as address, serving(address, CHATS, Path(logs)) as service:
            return [figure async for figure in _figures(dialect, service)]


async def _figures(name: str, service: Service) -> AsyncIterator[Figure]:
    questions = [get("/v1/me/progress", service.headers(chat)) for chat in service.chats]
    lines = await wires(service.url, CLIENTS)
    first = await flood_once(lines[0], questions)
    yield Figure(f"{name}: progress for the first time, median", first.quantile(0.5) * 1000, "ms")
    empty, full = await _in_turn(service, lines, questions)
    ratio = median(b.load.rate / a.load.rate for a, b in zip(empty, full, strict=True))
    rate = median(b.load.rate for b in full)
    yield Figure(f"{name}: empty handler, 16 clients", median(a.load.rate for a in empty), "/s")
    yield Figure(f"{name}: progress, 16 clients", rate, "/s")
    yield Figure(f"{name}: progress / empty handler, rate", ratio, "x", at_least=0.6)
    cost = median(b.cpu for b in full)
    yield Figure(f"{name}: progress, CPU of the service", cost * 1e6, "us")
    yield Figure(f"{name}: empty handler / progress, CPU", median(a.cpu for a in empty) / cost, "x")
    idle, half = [], []
    for _ in range(ROUNDS):
        idle.append(await paced(lines, [get("/health")], rate / 2, ROUND_S))
        half.append(await paced(lines, questions, rate / 2, ROUND_S))
    yield Figure(f"{name}: progress at half that rate, p50", median(one.quantile(0.5) for one in half) * 1000, "ms")
    yield Figure(f"{name}: progress at half that rate, p99", median(one.quantile(0.99) for one in half) * 1000, "ms")
    yield Figure(f"{name}: p99 / p50", median(map(_spread, half)), "x", at_most=10)
    yield Figure(f"{name}: p99 / p50 of the empty handler at that rate", median(map(_spread, idle)), "x")
    busy, posted = await _with_orders(service, lines, questions)
    yield Figure(f"{name}: progress while orders come, 16 clients", busy.rate, "/s")
    yield Figure(f"{name}: orders taken meanwhile", posted / busy.seconds, "/s")
    wrong = await _wrong(service, lines[0], questions)
    yield Figure(f"{name}: answers unlike a recomputation, of {CHATS}", wrong, at_most=0)
    loads = [*half, busy, *(one.load for one in (*empty, *full))]
    yield Figure(f"{name}: failed answers", sum(one.failures for one in loads), at_most=0)
    for wire in lines:
        wire.close()


def _spread(load: Load) -> float:
    return load.quantile(0.99) / load.quantile(0.5)


class Round:
    """One stretch of load and what an answer cost the service in CPU seconds."""

    def __init__(self, load: Load, spent: float) -> None:
        self.load, self.cpu = load, spent / len(load.latencies)


async def _in_turn(service: Service, lines: list[Wire], questions: list[bytes]) -> tuple[list[Round], list[Round]]:
    found: tuple[list[Round], list[Round]] = ([], [])
    for _ in range(ROUNDS):
        for rounds, requests in zip(found, ([get("/health")], questions), strict=True):
            before = cpu_seconds(service.program)
            load = await flood(lines, requests, ROUND_S)
            rounds.append(Round(load, cpu_seconds(service.program) - before))
    return found


async def flood_once(wire: Wire, questions: list[bytes]) -> Load:
    """Every question once, one after the other."""
    load, clock = Load(), time.perf_counter
    for question in questions:
        began = clock()
        status, body = await wire.ask(question)
        assert status == 200, body.decode()
        load.latencies.append(clock() - began)
    return load


async def _with_orders(service: Service, lines: list[Wire], questions: list[bytes]) -> tuple[Load, int]:
    """Load on progress while staff post paid orders, each of which makes every kept answer void."""
    over = asyncio.Event()
    posting = asyncio.create_task(_post_orders(service, over))
    load = await flood(lines, questions, ORDERS_S)
    over.set()
    return load, await posting


async def _post_orders(service: Service, over: asyncio.Event) -> int:
    """Paid orders of linked people at a steady pace until it is over; how many were taken."""
    sku, codes = await known(service)
    headers = {"Authorization": f"Bearer {service.staff_token}"}
    posted = 0
    async with aiohttp.ClientSession(service.url, headers=headers, raise_for_status=True) as session:
        while not over.is_set():
            moment = datetime.now(UTC).isoformat()
            line = {"sku": sku, "quantity": 1, "unit_price": "10", "cv": "10", "qv": "10"}
            order = {"order_id": f"BENCHMARK-{posted}", "person": codes[posted % len(codes)], "lines": [line]}
            async with session.post("/v1/orders", json={**order, "date": moment, "paid_on": moment}):
                posted += 1
            await asyncio.sleep(1 / ORDERS_A_SECOND)
    return posted


async def known(service: Service) -> tuple[str, list[str]]:
    """A product's sku and the codes of the people who have chats."""
    async with _asked(service) as questions:
        skus = await questions.connection.execute(text("SELECT sku FROM product ORDER BY id LIMIT 1"))
        cards = await people.cards(questions, list(service.chats.values()))
    return str(skus.scalar_one()), [card.code for card in cards.values()]


@asynccontextmanager
async def _asked(service: Service) -> AsyncIterator[Questions]:
    database = Database(service.database_url, Clock())
    try:
        async with database.read() as questions:
            yield questions
    finally:
        await database.close()


async def _wrong(service: Service, wire: Wire, questions: list[bytes]) -> int:
    """How many answers are not what comes out when everything is computed from the database."""
    wrong = 0
    async with _asked(service) as asked:
        state = (await compute_open(asked, EventLog(asked.connection.engine))).state
        for question, person in zip(questions, service.chats.values(), strict=True):
            expected = await progress.progress(asked, state, person)
            wrong += (await wire.ask(question)) != (200, expected.model_dump_json().encode())
    return wrong
