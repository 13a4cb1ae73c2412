import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Update, update

from core.db import alone, metadata
from core.db.alone import change_alone
from core.db.database import Database
from core.db.model import DatabaseBusy
from core.db.state import STATE, fact, put
from core.kernel.clock import Clock


def to(number: int) -> Update:
    return update(STATE).where(STATE.c.key == "a").values(value={"b": number})


async def put_one(database: Database) -> None:
    async with database.begin() as uow:
        await put(uow, "a", {"b": 1})
        await uow.commit()


async def test_a_statement_alone_is_committed_and_says_how_many_rows_it_changed(database: Database) -> None:
    assert await change_alone(database, to(2)) == 0
    await put_one(database)
    assert await change_alone(database, to(2)) == 1
    async with database.read() as questions:
        assert await fact(questions, "a") == {"b": 2}
    async with database.begin() as uow:  # and the connection writes in transactions again
        await put(uow, "a", {"b": 3})
    async with database.read() as questions:
        assert await fact(questions, "a") == {"b": 2}


async def test_it_waits_for_another_writer_and_no_longer_than_a_writer_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.db'}"
    one, other = Database(url, Clock()), Database(url, Clock())
    async with one.writer.begin() as connection:
        await connection.run_sync(metadata.load().create_all)
    await put_one(one)
    async with one.begin() as uow:
        waiting = asyncio.create_task(change_alone(other, to(2)))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        await uow.commit()
    assert await waiting == 1
    monkeypatch.setattr(alone, "BUSY_TIMEOUT_MS", 20)
    async with one.begin():
        with pytest.raises(DatabaseBusy):
            await change_alone(other, to(3))
    await one.close()
    await other.close()
