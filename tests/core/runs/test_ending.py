"""Who was inactive for too long by a run is listed, and terminated by staff once the run is released."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from core.__main__ import main
from core.access.model import Role
from core.access.service import add_staff
from core.db.database import Database
from core.genealogy import service as genealogy
from core.genealogy.model import Reinstatement
from core.runs.model import Work
from tests.core.runs.company import PLAN, approved, done, found, released, started
from tests.support.clock import StillClock

COUNTS = PLAN.replace("minimum = 50", "minimum = 50\nterminate_after = 1", 1)


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: StillClock) -> Callable[..., None]:
    """A company in which Ana ordered nothing in September; does something in its database."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'upline.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("CLOCK_START", clock.now().isoformat())
    assert main(["migrate"]) == 0

    def do(*steps: Callable[[Database], Awaitable[object]]) -> None:
        async def all_of_them() -> None:
            database = Database(url, clock)
            for one in steps:
                await one(database)
            await database.close()

        asyncio.run(all_of_them())

    do(lambda database: found(database, COUNTS), _gina, lambda database: started(database, "2026-09"))
    return do


async def _gina(database: Database) -> None:
    async with database.begin() as uow:
        await add_staff(uow, "gina", Role.SUPPORT)
        await uow.commit()


async def _release(database: Database) -> None:
    await done(database, 1, Work.VALIDATE)
    await approved(database, 1)
    await done(database, 1, Work.RELEASE)


async def _back(database: Database) -> None:
    async with database.begin() as uow:
        await genealogy.reinstate(uow, "Ana", Reinstatement(reason="asked"))
        await uow.commit()


async def _history(database: Database) -> None:
    """The place of Ben shows why he moved up."""
    async with database.read() as questions:
        assert (await genealogy.links_of(questions, "Ben"))[-1].reason == "inactive for 1 cycles, by run 1"


def test_whom_a_run_says_to_end_is_terminated_once_after_its_release(
    there: Callable[..., None], clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert main(["run", *words]) == code
        said = capsys.readouterr()
        return said.out + said.err

    end = ("end-inactive", "1", "--as", "carla")
    assert "no preview" in run("inactive", "1", code=1)
    there(lambda database: done(database, 1, Work.PREVIEW))
    assert run("inactive", "1") == "Ana\t1\tend\n"
    assert "To be warned: 0; to be terminated: 1." in run("findings", "1")
    assert "inactive      1, of whom 0 to warn and 1 to terminate" in run("status", "1")
    assert "this can be done while it is released" in run(*end, code=1)
    there(_release)
    assert run(*end[:3], "gina", code=1)
    assert run(*end) == "Ana\t1\tterminated\n1 terminated, 0 had left or come back before.\n"
    there(_history)
    assert run(*end) == "0 terminated, 1 had left or come back before.\n"
    clock.advance(timedelta(hours=1))
    there(_back)
    assert run(*end) == "0 terminated, 1 had left or come back before.\n"
    there(lambda database: released(database, "2026-10"))
    assert run(*end, code=1) == "Run 2 of a later cycle is released. It knows who has been active since run 1.\n"
