"""Whoever tells of an incident may be killed at any time, and several may tell at once: each person hears it once."""

import asyncio
import multiprocessing
import signal

import pytest
from sqlalchemy import text

from core.db.database import Database
from core.incidents import service
from core.incidents.job import Round
from core.incidents.model import Concerned, NewIncident, NewUpdate
from core.kernel.clock import Clock
from tests.support.crowd import crowd

PEOPLE, AT_ONCE = 5_000, 100
NEW = NewIncident(
    title={"en": "Late parcels"},
    words={"en": "We know."},
    concerned=Concerned(people=tuple(f"P{number}" for number in range(1, PEOPLE + 1))),
)
FORK = multiprocessing.get_context("fork")
"""A child has everything imported, and makes its own loop and connections."""


def work(url: str) -> None:
    """What a worker has core do, in small steps."""
    asyncio.run(Round(Database(url, Clock()), at_once=AT_ONCE).run())


async def count(database: Database, what: str) -> int:
    async with database.read() as questions:
        return int((await questions.connection.execute(text(f"SELECT {what}"))).scalar_one() or 0)


async def open_one(database: Database, new: NewIncident) -> int:
    async with database.begin(actor="staff:1") as uow:
        number = (await service.open_one(uow, new)).number
        await uow.commit()
    return number


async def until(database: Database, what: str, least: int) -> None:
    """Wait until so much is done."""
    async with asyncio.timeout(30):
        while await count(database, what) < least:  # noqa: ASYNC110  # another process does it
            await asyncio.sleep(0.005)


@pytest.mark.processes
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_two_kills_over_five_thousand_people_lose_nobody_and_double_nobody(
    database: Database, database_url: str
) -> None:
    await crowd(database, PEOPLE)
    await open_one(database, NEW)
    told = "count(*) FROM outbox WHERE kind = 'incident.updated'"
    for what in ("people FROM incident", told):
        worker = FORK.Process(target=work, args=(database_url,), daemon=True)
        worker.start()
        await until(database, what, PEOPLE // 3)
        worker.kill()
        await asyncio.to_thread(worker.join)
        assert worker.exitcode == -signal.SIGKILL
        assert PEOPLE // 3 <= await count(database, what) < PEOPLE
    assert (await Round(database).run()).is_done
    assert await count(database, "people FROM incident") == PEOPLE
    assert await count(database, told) == PEOPLE
    assert await count(database, "count(DISTINCT person_id) FROM outbox WHERE kind = 'incident.updated'") == PEOPLE
    assert await count(database, "told FROM incident_update") == PEOPLE


async def test_two_who_tell_at_once_put_each_message_once(database: Database) -> None:
    await crowd(database, 120)
    number = await open_one(
        database, NEW.model_copy(update={"concerned": Concerned(people=NEW.concerned.people[:120])})
    )
    async with database.begin(actor="staff:1") as uow:
        await service.tell(uow, number, NewUpdate(words={"en": "Soon."}))
        await uow.commit()
    await asyncio.gather(*(Round(database, at_once=7).run() for _ in range(3)))
    assert await count(database, "people FROM incident") == 120
    assert await count(database, "count(*) FROM outbox WHERE kind = 'incident.updated'") == 240
    assert await count(database, "sum(told) FROM incident_update") == 240
