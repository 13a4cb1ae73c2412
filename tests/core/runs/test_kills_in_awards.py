"""A preview that is killed while it writes award lines: what is left goes on, and ends in the same bytes."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

from core.access.model import Role
from core.access.service import add_staff
from core.catalog import service as catalog
from core.db import metadata
from core.db.database import Database
from core.plan import service as plans
from core.runs import service
from tests.core.runs.company import PLAN, STAFF, TEA, approved, ordered, started
from tests.core.runs.nursery import Nursery
from tests.core.runs.test_kills import contents
from tests.support.clock import StillClock
from tests.support.planting import plant

PEOPLE = 40
LINES = 2 * PEOPLE - 3
"""Everybody's order pays the two above her; the topmost has nobody above, the one below her has one."""
WRITTEN = "SELECT count(*) FROM settlement_part WHERE run = :run AND name = 'result/awards' AND attempt = :attempt"
ATTEMPT = "SELECT attempt FROM settlement_run WHERE id = :run"


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Its children write each award line in a transaction of its own."""
    opened = Nursery(award_lines=1)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def undisturbed(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What such a run leaves when nobody kills it; the same on both kinds of databases."""
    return asyncio.run(_undisturbed(nursery, tmp_path_factory.mktemp("whole") / "whole.db"))


async def _undisturbed(nursery: Nursery, path: Path) -> str:
    engine = create_engine(f"sqlite:///{path}")
    metadata.load().create_all(engine)
    engine.dispose()
    url = f"sqlite+aiosqlite:///{path}"
    database = Database(url, StillClock(datetime(2026, 11, 22, 12, tzinfo=UTC)))
    await chain(database)
    fingerprint = await ended(database, nursery, url, await started(database, "2026-09"))
    await database.close()
    return fingerprint


async def chain(database: Database) -> None:
    """Everybody stands below the one before her, and orders once in September."""
    async with database.begin() as uow:
        await plans.activate(uow, PLAN)
        await plant(uow, "\n".join("  " * place + f"P{place}" for place in range(PEOPLE)))
        await catalog.record_products(uow, [TEA])
        for place in range(PEOPLE):
            at = datetime(2026, 9, 20, 9, tzinfo=UTC)
            await ordered(database, f"P{place}", 100 + place, f"S{place}", at, uow=uow)
        for name in STAFF:
            await add_staff(uow, name, Role.COMMISSIONS)
        await uow.commit()


async def written(database: Database, run: int, before: int) -> int:
    """How many lines the attempt after `before` has written."""
    async with database.read() as questions:
        attempt = await questions.connection.scalar(text(ATTEMPT), {"run": run})
        known = {"run": run, "attempt": attempt}
        lines = await questions.connection.scalar(text(WRITTEN), known)
    return int(lines or 0) if attempt != before else 0


async def killed_in_awards(database: Database, nursery: Nursery, url: str, run: int, after: int) -> int:
    """Preview, and be killed when so many lines are written; how many were, with the kill."""
    async with database.read() as questions:
        before = await questions.connection.scalar(text(ATTEMPT), {"run": run})
    child = await nursery.child(url, run, "preview")
    while await written(database, run, before or 0) < after:
        assert not nursery.is_over(child), nursery.said[child]
    await nursery.killed_after(child, 0, 0)
    return await written(database, run, before or 0)


async def ended(database: Database, nursery: Nursery, url: str, run: int) -> str:
    """The fingerprint of what a run leaves when nothing kills it from now on."""
    assert await nursery.finished(await nursery.child(url, run, "preview")) == "ended previewed"
    assert await nursery.finished(await nursery.child(url, run, "validate")) == "ended validated"
    await approved(database, run)
    assert await nursery.finished(await nursery.child(url, run, "release")) == "ended released"
    async with database.read() as questions:
        assert await service.verify(questions) == []
    return await contents(database, run)


@pytest.mark.hypothesis  # `make fuzz` kills ten times, the suite once
@pytest.mark.processes
async def test_killed_while_awards_are_written_a_run_ends_as_if_nothing_had_happened(
    database: Database, database_url: str, nursery: Nursery, undisturbed: str
) -> None:
    await chain(database)
    run = await started(database, "2026-09")
    kills = 10 if settings.get_current_profile_name() == "fuzz" else 1
    for kill in range(kills):
        inside = await killed_in_awards(database, nursery, database_url, run, after=1 + kill * 4)
        assert 0 < inside < LINES
    assert await ended(database, nursery, database_url, run) == undisturbed
