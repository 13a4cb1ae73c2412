"""`python -m core points`."""

import asyncio
from pathlib import Path

import pytest

from core.__main__ import main
from core.db.database import Database
from core.kernel.clock import Clock
from tests.core.points.companies import found
from tests.core.points.test_sweep import record
from tests.support.clock import StillClock


def test_a_sweep_tells_what_it_did_and_a_statement_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: StillClock
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'upline.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("CLOCK_START", clock.now().isoformat())
    assert main(["migrate"]) == 0

    async def fill() -> None:
        database = Database(url, Clock())
        async with database.begin() as uow:
            uow.now = clock.now()
            await found(uow)
            await record(uow, "1", "Ana", clock.now())
            await uow.commit()
        await database.close()

    asyncio.run(fill())
    capsys.readouterr()
    assert main(["points", "sweep"]) == 0
    swept = capsys.readouterr().out
    assert swept.startswith("Returns settled: 0; orders asked: 1; cycles asked: 0; points moved: 100; lots safe: 0;")
    assert main(["points", "statement", "Ana", str(tmp_path / "ana.csv")]) == 0
    assert capsys.readouterr().out == "From 2026-01-01 to 2026-11-22: movements: 1; closing: 100.\n"
    lines = (tmp_path / "ana.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[1:3] for line in lines] == [
        ["kind", "points"], ["opening", "0"], ["earned", "100"], ["closing", "100"],
    ]  # fmt: skip
    assert main(["points", "statement", "Nobody", str(tmp_path / "nobody.csv")]) == 1
    assert not (tmp_path / "nobody.csv").exists()
