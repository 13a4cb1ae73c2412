"""Runs in processes that are killed, or started twice at once: what is left goes on, and ends in the same bytes."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

from core.closing.job import announce
from core.db import metadata
from core.db.database import Database
from core.runs import service
from core.runs.model import RunState
from core.runs.service import showing
from tests.core.runs.company import approved, found, released, started
from tests.core.runs.nursery import Nursery
from tests.support.clock import StillClock


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    opened = Nursery()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What such a run leaves when nobody kills it; the same on both kinds of databases."""
    return asyncio.run(_undisturbed(tmp_path_factory.mktemp("whole") / "whole.db"))


async def _undisturbed(path: Path) -> str:
    engine = create_engine(f"sqlite:///{path}")
    metadata.load().create_all(engine)
    engine.dispose()
    database = Database(f"sqlite+aiosqlite:///{path}", StillClock(datetime(2026, 11, 22, 12, tzinfo=UTC)))
    await found(database)
    fingerprint = await contents(database, await released(database, "2026-09"))
    await database.close()
    return fingerprint


async def contents(database: Database, run: int) -> str:
    """A fingerprint of all that a run keeps and books, whatever the numbers of attempts."""
    asked = [
        """SELECT name, position, digest FROM settlement_part WHERE run = :run AND name NOT LIKE 'told/%'
           AND attempt = (SELECT preview FROM settlement_run WHERE id = :run)""",
        "SELECT person_id, currency, earned, paid, carried_out FROM settlement_payout WHERE run = :run",
        """SELECT e.key, e.kind, l.position, a.person_id, a.purpose, l.amount FROM entry e
           JOIN entry_line l ON l.entry_id = e.id JOIN account a ON a.id = l.account_id
           WHERE e.document_kind = 'run' AND CAST(:run AS BIGINT) > 0""",
        "SELECT state, seal FROM settlement_run WHERE id = :run",
        "SELECT cycle, person_id, rank, career_rank, misses FROM paid_rank WHERE CAST(:run AS BIGINT) > 0",
        "SELECT id, career_rank FROM person WHERE CAST(:run AS BIGINT) > 0",
        "SELECT count(*) FROM closing WHERE CAST(:run AS BIGINT) > 0",
        """SELECT count(*) FROM settlement_part WHERE run = :run AND attempt NOT IN (
           SELECT preview FROM settlement_run UNION SELECT before FROM settlement_run WHERE before IS NOT NULL)""",
    ]
    told = []
    async with database.read() as questions:
        for statement in asked:
            found_rows = await questions.connection.execute(text(statement), {"run": run})
            told += sorted(repr(tuple(row)) for row in found_rows)
    return sha256(repr(told).encode()).hexdigest()


async def killed_and_finished(
    nursery: Nursery, url: str, run: int, what: str, kills: Sequence[tuple[int, float]]
) -> str:
    """Killed so often, then left to its end."""
    for lines, seconds in kills:
        await nursery.killed_after(await nursery.child(url, run, what), lines, seconds)
    return await nursery.finished(await nursery.child(url, run, what))


async def whole_run(database: Database, url: str, nursery: Nursery, kills: dict[str, list[tuple[int, float]]]) -> str:
    """A run of September with kills in its works; the fingerprint of what it leaves."""
    run = await started(database, "2026-09")
    for what, after in (("preview", "previewed"), ("validate", "validated"), ("release", "released")):
        if what == "release":
            assert await approved(database, run) is RunState.APPROVED
        said = await killed_and_finished(nursery, url, run, what, kills.get(what, []))
        assert said in (f"ended {after}", "refused run_in_state")  # it may have ended before it was killed
    await announce(database, actor="service")  # as the service does when it finds that nobody does
    async with database.read() as questions:
        assert (await showing.card(questions, run)).state is RunState.RELEASED
        assert await service.verify(questions) == []
    return await contents(database, run)


def moments(chance: random.Random, count: int) -> list[tuple[int, float]]:
    """After how many words of progress, and how long after that: anywhere from the first beat to the last."""
    return [(chance.randint(1, 12), chance.random() * 0.02) for _ in range(count)]


@pytest.mark.hypothesis  # of random moments: `make fuzz` tries many more of them
async def test_killed_at_any_point_a_run_ends_as_if_nothing_had_happened(
    database: Database, database_url: str, nursery: Nursery, undisturbed: str
) -> None:
    await found(database)
    chance = random.Random(7)
    count = 17 if settings.get_current_profile_name() == "fuzz" else 2
    kills = {"preview": moments(chance, count), "validate": moments(chance, count), "release": moments(chance, count)}
    assert await whole_run(database, database_url, nursery, kills) == undisturbed


async def test_of_two_processes_that_start_at_once_one_works_and_the_other_is_told(
    database: Database, database_url: str, nursery: Nursery
) -> None:
    await found(database)
    run = await started(database, "2026-09")
    both = [await nursery.child(database_url, run, "preview") for _ in range(2)]
    said = [await nursery.finished(child) for child in both]
    async with database.read() as questions:
        card = await showing.card(questions, run)
    assert card.state is RunState.PREVIEWED
    assert card.attempts == said.count("ended previewed")
    assert set(said) <= {"ended previewed", "refused run_busy"}
