"""What holds for every import: killed half-way, two at once, and what the command line says."""

import asyncio
from datetime import timedelta
from inspect import cleandoc

import pytest
from sqlalchemy import text

from core.db.database import Database
from core.exchange.commands import told
from core.exchange.importing import ROWS_AT_ONCE, import_file
from core.exchange.model import FileKind, ImportOvertaken, Outcome
from tests.core.exchange.conftest import Importing
from tests.core.exchange.test_people import FAMILY
from tests.support.clock import StillClock

LINES = cleandoc(FAMILY).encode().splitlines(keepends=True)


class Killed(Exception):
    """Stands for the end of the process."""


def killed_while_staging(what: str, _count: int) -> None:
    if what == "staged":
        raise Killed


async def rows(database: Database, table: str) -> int:
    async with database.read() as uow:
        return int((await uow.connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one())


async def test_an_import_that_was_killed_shows_nothing_and_can_be_repeated(
    database: Database, importing: Importing, clock: StillClock
) -> None:
    with pytest.raises(Killed):
        await import_file(database, FileKind.PEOPLE, LINES, progress=killed_while_staging)
    assert (await rows(database, "staged_person"), await rows(database, "person")) == (3, 0)
    assert (await importing("people", FAMILY)).added == 3
    assert await rows(database, "staged_person") == 3  # of the killed run: it might still be at work

    clock.advance(timedelta(days=2))
    await importing("people", FAMILY.replace("Ana", "Anna"))
    assert (await rows(database, "staged_person"), await rows(database, "import_run")) == (0, 2)


async def test_of_two_imports_at_once_one_wins_and_nobody_comes_in_twice(database: Database) -> None:
    both = await asyncio.gather(
        *(import_file(database, FileKind.PEOPLE, LINES) for _ in range(2)), return_exceptions=True
    )
    assert max(one.added for one in both if isinstance(one, Outcome)) == 3
    assert all(isinstance(one, Outcome | ImportOvertaken) for one in both)
    assert (await rows(database, "person"), await rows(database, "sponsor_link")) == (3, 3)


async def test_others_can_write_between_the_transactions_of_an_import(database: Database) -> None:
    people = [f"P{number},,2026-01-05,GB,en,Eva\n".encode() for number in range(3 * ROWS_AT_ONCE)]
    written, done = 0, False
    written_before: list[int] = []

    async def others() -> None:
        nonlocal written
        while not done:
            async with database.begin() as uow:
                await uow.connection.execute(text("SELECT 1"))
                await uow.commit()
            written += 1
            await asyncio.sleep(0.001)

    def progress(what: str, _count: int) -> None:
        if what == "staged":
            written_before.append(written)

    other = asyncio.create_task(others())
    await import_file(database, FileKind.PEOPLE, [LINES[0].split(b",kind")[0] + b"\n", *people], progress=progress)
    done = True
    await other
    assert len(written_before) == 3
    assert sorted(set(written_before)) == written_before  # more each time


async def test_the_command_line_tells_faults_with_their_place(importing: Importing) -> None:
    outcome = await importing("people", FAMILY.replace("D1,,2026-01-05", "D1,D7,2026-13-05"))
    assert told(outcome, "people.csv") == [
        "people.csv:3:joined_on: “2026-13-05” is not a day. Expected one such as 2026-11-22. [import_day_wrong]",
        "people.csv:3:sponsor_id: The sponsor D7 is neither in this file nor known already. [import_sponsor_unknown]",
        "3 lines read, 2 faults: nothing was imported",
    ]


async def test_the_command_line_tells_notices_with_lines_and_count(importing: Importing) -> None:
    file = FAMILY.replace("name,kind", "name,shoes,kind").replace("Ben Soler", "Ben,38").replace("Ana Doe", "Ana,39")
    dry = await importing("people", file.replace("Cleo Lima", "Cleo,40").replace("D2,D1", "D2,"), dry_run=True)
    roots = "1 further person has no sponsor, so the roots hang under a company node that earns nothing"
    assert told(dry, "people.csv") == [
        "notice: The column shoes is not imported. line 1 [import_column_ignored: 1]",
        f"notice: {roots}: line 3 [import_second_root: 1]",
        "3 lines read, people: 3 would be added, 0 would be changed, 0 known already",
    ]


@pytest.mark.parametrize("dialect", ["postgresql"])  # SQLite joins by the index in any case
async def test_many_people_are_joined_to_their_sponsors_by_a_plan_that_knows_how_many_they_are(
    database: Database, importing: Importing
) -> None:
    people = [f"P{number},{'' if number == 1 else 'P1'},2026-01-05,GB,en,Ana {number}" for number in range(1, 1_202)]
    async with database.begin() as uow:
        for table in ("person", "staged_person"):
            await uow.connection.execute(text(f"ANALYZE {table}"))  # PostgreSQL saw them empty
        await uow.commit()
    assert (
        await importing("people", "\n".join(["id,sponsor_id,joined_on,country,language,name", *people]))
    ).added == 1_201
    async with database.read() as uow:
        counted = "SELECT min(reltuples) FROM pg_class WHERE relname IN ('person', 'staged_person')"
        assert (await uow.connection.execute(text(counted))).scalar_one() > 1_000
