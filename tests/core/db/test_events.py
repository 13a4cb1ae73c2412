import asyncio

import pytest
from sqlalchemy import text

from core.db.database import Database
from core.db.events import Mark
from core.db.model import DatabaseAway
from core.kernel.events import Event
from tests.support.database import CUT_OTHERS


class Happened(Event):
    kind = "test.happened"
    what: str


async def happen(database: Database, *names: str) -> None:
    async with database.begin() as uow:
        await uow.emit_all(Happened(what=name) for name in names)
        await uow.commit()


async def read(database: Database, mark: Mark) -> tuple[list[str], Mark]:
    events, after = await database.events.read_after(mark)
    return [event.facts["what"] for event in events], after


postgres_only = pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
"""SQLite has one writer at a time, so nothing can commit out of order there."""


async def test_each_event_is_read_once_and_in_order(database: Database) -> None:
    await happen(database, "a", "b")
    first, mark = await read(database, Mark())
    await happen(database, "c")
    second, mark = await read(database, mark)
    third, _ = await read(database, mark)
    assert (first, second, third) == (["a", "b"], ["c"], [])


async def test_a_picture_and_its_mark_are_taken_together(database: Database) -> None:
    await happen(database, "before")
    async with database.read() as questions:
        await questions.connection.execute(text("SELECT count(*) FROM event"))
        await happen(database, "meanwhile")
        mark = await database.events.mark(questions)
    events, _ = await read(database, mark)
    assert events == ["meanwhile"]


async def test_reading_again_with_an_old_mark_repeats_nothing_less(database: Database) -> None:
    await happen(database, "a")
    _, mark = await read(database, Mark())
    await happen(database, "b")
    assert (await read(database, mark))[0] == ["b"]
    assert (await read(database, mark))[0] == ["b"]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_commit_is_seen_by_whoever_is_handled_in_a_later_turn_of_the_loop(database: Database) -> None:
    await happen(database, "a")
    _, mark = await read(database, Mark())
    assert database.events.quiet(mark)
    await happen(database, "b")
    assert not database.events.quiet(mark)
    _, mark = await read(database, mark)
    assert database.events.quiet(mark)


async def test_two_readers_do_not_disturb_each_other(database: Database) -> None:
    await happen(database, "a")
    _, one = await read(database, Mark())
    events, two = await read(database, Mark())
    assert events == ["a"]
    await happen(database, "b")
    assert (await read(database, one))[0] == (await read(database, two))[0] == ["b"]


@postgres_only
async def test_an_event_that_commits_late_is_not_missed(database: Database) -> None:
    async with database.begin() as slow:
        await slow.emit(Happened(what="slow, with the lower number"))
        await slow.flush()
        await happen(database, "fast")
        first, mark = await read(database, Mark())
        again, mark = await read(database, mark)
        await slow.commit()
    second, mark = await read(database, mark)
    third, _ = await read(database, mark)
    assert (first, again, second, third) == (["fast"], [], ["slow, with the lower number"], [])


@postgres_only
async def test_a_lower_number_of_a_younger_transaction_is_not_missed(database: Database) -> None:
    """The fast one's transaction is older than all that run, yet the slow one's event has the lower number."""
    async with database.begin() as fast, database.begin() as slow:
        for uow in (fast, slow):
            await uow.connection.execute(text("SELECT pg_current_xact_id()"))
        await slow.emit(Happened(what="slow"))
        await slow.flush()
        await fast.emit(Happened(what="fast"))
        await fast.commit()
        first, mark = await read(database, Mark())
        await slow.commit()
    second, _ = await read(database, mark)
    assert (first, second) == (["fast"], ["slow"])


async def test_nothing_is_missed_or_doubled_among_many_writers(database: Database) -> None:
    seen: list[str] = []
    mark = Mark()
    writers = asyncio.gather(*(happen(database, f"{n}a", f"{n}b") for n in range(20)))
    while True:
        done = writers.done()
        events, mark = await read(database, mark)
        seen += events
        await asyncio.sleep(0)  # a quiet read does not give way by itself
        if done:
            break
    assert sorted(seen) == sorted(f"{n}{letter}" for n in range(20) for letter in "ab")


@postgres_only
async def test_reading_goes_on_after_the_server_ended_all_connections(database: Database) -> None:
    await happen(database, "a")
    _, mark = await read(database, Mark())
    assert (await read(database, mark))[0] == []
    async with database.begin() as uow:
        await uow.connection.execute(text(CUT_OTHERS))
        await uow.emit(Happened(what="b"))
        await uow.commit()
    refused = 0
    while True:
        try:
            events, _ = await read(database, mark)
        except DatabaseAway:
            refused += 1
            assert refused < 3, "lost connections are let go of at once"
        else:
            break
    assert events == ["b"]
