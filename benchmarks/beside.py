"""Orders taken while a month is settled and paid beside them: none is refused, and none waits for long.

A real service that staff ask for preview, validation and release by its API, which it does in processes of their own;
and the command that makes a payment list. The month before this one is settled.
"""

import asyncio
import json
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import aiohttp
import uvloop

from benchmarks.figures import Figure
from benchmarks.service import known
from benchmarks.support.company import Service, new_database, serving_large
from benchmarks.support.load import Load, flood, paced, post, wires
from tests.support.processes import run_to_end

PEOPLE = int(os.environ.get("BESIDE_PEOPLE", "1000000"))
"""The bars are meant for a million; fewer people are for development."""
CLIENTS = 16
SATURATED_S = 6.0
ALONE_S = 20.0
SLICE_S = 2.0
MADE_A_WIRE = 3_000
STAFF, MAKER = ("anna", "bela", "carl"), "lucia"
"""The first settles, the others approve."""
LOOKS_EVERY_S = 0.5

Staff = Callable[..., Awaitable[Any]]


class Shop:
    """Requests of new paid orders, each of another id."""

    def __init__(self, service: Service, sku: str, codes: list[str]) -> None:
        self._service, self._sku, self._codes = service, sku, cycle(codes)
        self._taken = 0

    def orders(self, count: int) -> list[bytes]:
        """So many that were never sent."""
        return [self._order() for _ in range(count)]

    def _order(self) -> bytes:
        self._taken += 1
        moment = datetime.now(UTC).isoformat()
        line = {"sku": self._sku, "quantity": 1, "unit_price": "10", "cv": "10", "qv": "10"}
        order = {"order_id": f"BESIDE-{self._taken}", "person": next(self._codes), "lines": [line]}
        body = json.dumps({**order, "date": moment, "paid_on": moment}).encode()
        return post("/v1/orders", body, {"Authorization": f"Bearer {self._service.staff_token}"})


def figures() -> Iterator[Figure]:
    """Measure on SQLite and on PostgreSQL."""
    for dialect in ("sqlite", "postgresql"):
        yield from uvloop.run(_measured(dialect))


async def _measured(dialect: str) -> list[Figure]:
    month = datetime.now(UTC).date().replace(day=1) - timedelta(days=1)
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-log-") as logs:
        async with (
            new_database(dialect) as address,
            serving_large(address, CLIENTS, Path(logs), people=PEOPLE, month=month.replace(day=1)) as service,
        ):
            sku, codes = await known(service)
            shop = Shop(service, sku, codes)
            return [figure async for figure in _figures(dialect, service, shop, f"{month:%Y-%m}")]


async def _figures(name: str, service: Service, shop: Shop, month: str) -> AsyncIterator[Figure]:
    lines = await wires(service.url, CLIENTS)
    await flood(lines[:1], shop.orders(MADE_A_WIRE), 1.0)
    full = await asyncio.gather(*(flood([wire], shop.orders(MADE_A_WIRE), SATURATED_S) for wire in lines))
    rate = sum(one.rate for one in full)
    yield Figure(f"{name}, {PEOPLE:,} people: orders taken at most", rate, "/s")
    alone = await paced(lines, shop.orders(int(rate / 2 * ALONE_S)), rate / 2, ALONE_S)
    yield Figure(f"{name}: orders at half that rate, p99", alone.quantile(0.99) * 1000, "ms")
    took: dict[str, float] = {}
    settling = asyncio.create_task(_settled(service, month, took))
    beside, by_step = Load(), defaultdict[str, Load](Load)
    while not settling.done():
        step = list(took)[-1] if took else "start"
        part = await paced(lines, shop.orders(int(rate / 2 * SLICE_S)), rate / 2, SLICE_S)
        for load in (beside, by_step[step]):
            load.latencies += part.latencies
            load.failures += part.failures
    await settling
    for step, seconds in took.items():
        yield Figure(f"{name}: {step}", seconds, "s")
        if by_step[step].latencies:
            yield Figure(f"{name}: orders beside {step}, p99", by_step[step].quantile(0.99) * 1000, "ms")
    yield Figure(f"{name}: orders beside it, p99", beside.quantile(0.99) * 1000, "ms")
    yield Figure(f"{name}: orders beside it, the longest wait", max(beside.latencies) * 1000, "ms")
    yield Figure(f"{name}: p99 beside / alone", beside.quantile(0.99) / alone.quantile(0.99), "x", at_most=3)
    refused = sum(one.failures for one in (*full, alone, beside))
    yield Figure(f"{name}: orders refused, of {len(beside.latencies):,} beside", refused, at_most=0)
    for wire in lines:
        wire.close()


async def _settled(service: Service, month: str, took: dict[str, float]) -> None:
    """The month from its draft to a payment list; how long each step has taken goes into `took`, the latest last."""
    environ = {"DATABASE_URL": service.database_url}
    async with aiohttp.ClientSession(service.url) as session:
        starter, *approvers = [await _staff(session, environ, name) for name in STAFF]
        run = (await starter("/v1/runs", {"cycle": month}))["run"]
        for step, state in (("preview", "previewed"), ("validate", "validated"), ("release", "released")):
            with _timed(took, step):
                if step == "release":
                    for approver in approvers:
                        await approver(f"/v1/runs/{run}/approve")
                await starter(f"/v1/runs/{run}/{step}")
                await _reached(starter, run, state)
    day = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
    with _timed(took, "payment list"):
        await run_to_end(["core", "payments", "make", "EUR", day, "--as", MAKER], environ)


async def _staff(session: aiohttp.ClientSession, environ: Mapping[str, str], name: str) -> Staff:
    """A new member of commissions, who posts, or asks where there is nothing to post."""
    token = (await run_to_end(["core", "staff", "add", name, "--role", "commissions"], environ)).strip()

    async def asked(path: str, body: Any = None, method: str = "POST") -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        async with session.request(method, path, json=body, headers=headers) as answer:
            told = await answer.json()
            assert answer.ok, told
            return told

    return asked


async def _reached(staff: Staff, run: int, state: str) -> None:
    """Wait until the work that was asked for is done."""
    while True:
        card = await staff(f"/v1/runs/{run}", None, "GET")
        assert card["failed"] is None, card["failed"]
        if card["progress"] is None:
            assert card["state"] == state, await staff(f"/v1/runs/{run}/findings", None, "GET")
            return
        await asyncio.sleep(LOOKS_EVERY_S)


@contextmanager
def _timed(took: dict[str, float], step: str) -> Iterator[None]:
    began, took[step] = time.perf_counter(), 0.0
    yield
    took[step] = time.perf_counter() - began
