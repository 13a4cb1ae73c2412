import asyncio
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text

from core.db import engine
from core.db.database import Database
from core.db.events import Mark
from core.db.model import DatabaseAway, DatabaseBusy
from core.db.on_demand import begun
from core.db.state import fact, fix_clock, put
from core.kernel.clock import Clock
from tests.support import increments
from tests.support.children import Child
from tests.support.database import CUT_OTHERS, plain

EACH = 40


async def test_no_update_of_two_tasks_is_lost(database: Database) -> None:
    await increments.start(database)
    await asyncio.gather(*(increments.increment(database, times=10) for _ in range(4)))
    assert await increments.total(database) == 40


@pytest.mark.processes
async def test_no_update_of_two_processes_is_lost(database: Database, tmp_path: Path) -> None:
    await increments.start(database)
    words = ["tests.support.increments", database.url.render_as_string(hide_password=False), str(EACH)]
    children = [await Child.born(words, os.environ, tmp_path / "said") for _ in range(2)]
    assert [await child.wait() for child in children] == [0, 0], (tmp_path / "said").read_text()
    assert await increments.total(database) == 2 * EACH


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_who_is_cancelled_while_she_begins_leaves_nothing_begun(database: Database) -> None:
    """As a request is whose caller is gone; SQLite's one writer would refuse everybody from then on."""

    async with database.begin():
        pass  # so that the connection is there
    for ticks in range(40):
        beginning = asyncio.create_task(begun(database.writer))
        for _ in range(ticks):
            await asyncio.sleep(0)
        beginning.cancel()
        await asyncio.wait([beginning])
        if not beginning.cancelled():
            await beginning.result().close()
        async with database.begin() as uow:
            assert await fact(uow, increments.KEY) is None


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for locks a hundredth as long."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    monkeypatch.setattr(engine, "POOL_TIMEOUT_S", 0.1)


async def test_a_locked_database_is_told_as_busy(impatient: None, tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.db'}"
    one, other = Database(url, Clock()), Database(url, Clock())
    async with one.begin():
        with pytest.raises(DatabaseBusy):
            async with other.begin():
                pass
        with pytest.raises(DatabaseBusy):
            async with one.begin():
                pass
    await one.close()
    await other.close()


@pytest.mark.parametrize("url", ["sqlite+aiosqlite:////proc/no/such.db", "postgresql+asyncpg://u@127.0.0.1:9/none"])
async def test_an_absent_database_is_told_as_away(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "mkdir", lambda *_args, **_options: None)
    database = Database(url, Clock())
    with pytest.raises(DatabaseAway):
        async with database.begin():
            pass
    with pytest.raises(DatabaseAway):
        await database.events.read_after(Mark())
    await database.close()
    await asyncio.sleep(0.05)  # the driver's thread still reports to this loop


async def test_lost_connections_are_told_as_away_and_replaced(postgres_url: str) -> None:
    database = Database(postgres_url, Clock())

    async def write() -> None:
        async with database.begin() as uow:
            await uow.connection.execute(text("SELECT 1"))

    async def read() -> None:
        async with database.read() as questions:
            await questions.connection.execute(text("SELECT 1"))

    async def read_events() -> None:
        await database.events.read_after(Mark())

    for ask in (write, read, read_events):
        await ask()
        await cut_all(postgres_url)
        with suppress(DatabaseAway):
            await ask()
        await ask()
    await database.close()


async def cut_all(url: str) -> None:
    """End every connection to a database, as a server does that is shut down."""
    connection = await asyncpg.connect(plain(url))
    try:
        await connection.execute(CUT_OTHERS)
    finally:
        await connection.close()


async def test_the_first_process_fixes_the_clock_for_all(database: Database) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    first = await fix_clock(database, start)
    assert abs(first.now() - start) < timedelta(minutes=1)
    later = await fix_clock(database, datetime(2000, 1, 1, tzinfo=UTC))
    unset = await fix_clock(database, None)
    assert first.offset == later.offset == unset.offset


async def test_a_clock_that_nobody_moved_is_real_time(database: Database) -> None:
    assert (await fix_clock(database, None)).offset == timedelta(0)


async def test_a_company_fact_can_be_replaced(database: Database) -> None:
    async with database.begin() as uow:
        await put(uow, "a", {"n": 1})
        await put(uow, "a", {"n": 2})
        assert await fact(uow, "a") == {"n": 2}
        assert await fact(uow, "b") is None
        assert (await uow.connection.execute(text("SELECT count(*) FROM company_state"))).scalar_one() == 1
