"""Several processes on the same accounts, one of them killed: nothing is lost, doubled or overdrawn."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service
from core.ledger.model import Overdrawn, Posted
from tests.support import posters
from tests.support.bookkeeping import account, posting
from tests.support.children import Child
from tests.support.planting import plant

T = TypeVar("T")
TOGETHER = 4
POSTERS = {"one": 1, "other": 2, "again": 1}
"""In which order each posts; what the first had begun is begun again in the same one."""


def starting_line(database: Database) -> Callable[[], Awaitable[object]]:
    """Where all wait for each other once their transactions have begun; SQLite has one writer, who waits for nobody."""
    return asyncio.Barrier(1 if database.dialect == "sqlite" else TOGETHER).wait


async def company(database: Database) -> dict[str, PersonId]:
    async with database.begin() as uow:
        numbers = await plant(uow, "\n".join(posters.NAMES))
        await posters.open_accounts(uow, numbers)
        await service.post(uow, posting("bank", "- bank EUR -1", "- opening EUR +1"))
        await uow.commit()
    return numbers


async def require_sound(database: Database, numbers: dict[str, PersonId]) -> int:
    """The book is sound and nobody's money came from nowhere; how many entries there are."""
    async with database.read() as questions:
        assert await service.verify(questions) == []
        left = [await service.balance(questions, account(f"{name} credit EUR", numbers)) for name in numbers]
        assert sum(left) == posters.OPENING * len(posters.NAMES)
        assert min(left) >= 0
        return (await service.size(questions))[1]


def gate_in(folder: Path) -> Path:
    """A pipe with a name: whoever reads it waits until somebody writes."""
    folder.mkdir()
    os.mkfifo(folder / "gate")
    return folder / "gate"


@dataclass(frozen=True, slots=True)
class Poster:
    """A child that posts once its gate is opened."""

    child: Child
    gate: Path

    @classmethod
    async def ready(cls, database: Database, seed: int, folder: Path) -> "Poster":
        """One that has its connection and waits."""
        gate, said = gate_in(folder), folder / "said"
        url = database.url.render_as_string(hide_password=False)
        child = await Child.born(["tests.support.posters", url, str(seed), str(gate)], os.environ, said)
        while not (said.exists() and "ready" in said.read_text()):
            assert child.returncode is None, said.read_text()
            await asyncio.sleep(0.02)
        return cls(child, gate)

    def go(self) -> None:
        """Open the gate."""
        assert self.child.returncode is None, "who has ended would never come to the gate"
        self.gate.write_text("go")


async def wait_for_entries(database: Database, count: int) -> None:
    entries = 0
    while entries < count:
        await asyncio.sleep(0.02)
        async with database.read() as questions:
            entries = (await service.size(questions))[1]


@pytest.mark.processes
async def test_two_processes_lose_nothing_even_when_one_is_killed(database: Database, tmp_path: Path) -> None:
    numbers = await company(database)
    one, other, again = [await Poster.ready(database, seed, tmp_path / name) for name, seed in POSTERS.items()]
    one.go()
    other.go()
    await wait_for_entries(database, 20)
    one.child.send_signal(signal.SIGKILL)
    await one.child.wait()
    again.go()
    assert [await poster.child.wait() for poster in (other, again)] == [0, 0]
    assert await require_sound(database, numbers) > posters.POSTINGS // 2


async def at_once(database: Database, work: Callable[[UnitOfWork, int], Awaitable[T]]) -> list[T | None]:
    """What each of several brings about when all begin at the same moment; None for those whom the book refuses.

    Each posts something of her own first, so that none is still preparing her statements when the others are done.
    """
    begun = starting_line(database)

    async def one(n: int) -> T | None:
        async with database.begin() as uow:
            await service.post(uow, posting(f"warm{n}", "- bank EUR -1", "- opening EUR +1"))
            await begun()
            try:
                done = await work(uow, n)
            except Overdrawn:
                return None
            await uow.commit()
            return done

    return await asyncio.gather(*map(one, range(TOGETHER)))


async def test_what_all_take_at_once_is_there_once(database: Database) -> None:
    numbers = await company(database)

    async def take(uow: UnitOfWork, n: int) -> Posted:
        return await service.post(uow, posting(f"k{n}", "Ana credit EUR -60", "Bo credit EUR +60", people=numbers))

    assert sum(done is not None for done in await at_once(database, take)) == 1
    await require_sound(database, numbers)


async def test_what_was_read_under_lock_is_still_true_when_it_is_posted(database: Database) -> None:
    numbers = await company(database)
    ana = account("Ana credit EUR", numbers)

    async def take_half(uow: UnitOfWork, n: int) -> int:
        there = (await service.lock(uow, [ana]))[ana]
        await asyncio.sleep(0.005)
        lines = (f"Ana credit EUR {-(there // 2)}", f"Bo credit EUR {there // 2:+}")
        await service.post(uow, posting(f"k{n}", *lines, people=numbers))
        return there

    assert sorted(filter(None, await at_once(database, take_half))) == [13, 25, 50, 100]
    await require_sound(database, numbers)


async def test_the_same_posting_at_once_is_posted_once(database: Database) -> None:
    numbers = await company(database)

    async def post(uow: UnitOfWork, _: int) -> Posted:
        return await service.post(uow, posting("once", "- bank USD -60", "Ana credit USD +60", people=numbers))

    done = [posted for posted in await at_once(database, post) if posted is not None]
    assert sorted(posted.is_new for posted in done) == [False, False, False, True]
    assert len({posted.entry for posted in done}) == 1
    await require_sound(database, numbers)
