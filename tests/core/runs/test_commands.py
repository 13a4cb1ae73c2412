"""`python -m core run`: what staff read of a run and of what they entered, by the names that they know."""

import asyncio
import json
from pathlib import Path

import pytest

from core.__main__ import main
from core.db.database import Database
from tests.core.runs.company import found, started
from tests.support.clock import StillClock


@pytest.fixture
def september(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: StillClock) -> None:
    """A company with run 1, a draft that Carla started."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'upline.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("CLOCK_START", clock.now().isoformat())
    assert main(["migrate"]) == 0

    async def fill() -> None:
        database = Database(url, clock)
        await found(database)
        await started(database, "2026-09")
        await database.close()

    asyncio.run(fill())


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["run", *words]) == code
    said = capsys.readouterr()
    return said.out + said.err


@pytest.mark.usefixtures("september")
def test_staff_read_names_and_decimals_and_machines_json(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "status", "1").splitlines()
    assert lines[:2] == ["run 1         month of 2026-09, calendar month", "state         draft"]
    assert lines[3].endswith(" UTC by carla")
    assert json.loads(run(capsys, "status", "1", "--json"))["started_by"] == "staff:1"
    assert [one["run"] for one in json.loads(run(capsys, "status", "--json"))] == [1]
    assert run(capsys, "status") == "run 1\tmonth\t2026-09\tdraft\n"
    entered = run(capsys, "volume", "2026-09", "Ana", "100.5", "0", "Fair", "--as", "dora")
    assert entered == "volume 1\tCV 100.5 QV 0\t2026-09\tAna\tFair\tby dora\n"
    assert run(capsys, "notes", "2026-09") == entered


REFUSED = {
    ("0", "EUR", "Thanks"): (1, "A note of 0 changes nothing. Give an amount or a volume."),
    ("5", "ZZZ", "Thanks"): (1, '"ZZZ" is no currency. Give its three letters, such as EUR.'),
    ("5", "eur", "Thanks"): (1, '"eur" is no currency. Give its three letters, such as EUR.'),
    ("1.5", "JPY", "Thanks"): (2, "JPY has 0 decimals."),
    ("1e15", "EUR", "Thanks"): (2, "amount is too large a number."),
}


@pytest.mark.usefixtures("september")
def test_a_note_that_means_nothing_is_refused_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    for words, (code, sentence) in REFUSED.items():
        assert run(capsys, "adjust", "2026-09", "Ana", *words, "--as", "dora", code=code) == f"{sentence}\n"
    empty = ("volume", "2026-09", "Ana", "0", "0", "Thanks", "--as", "dora")
    assert run(capsys, *empty, code=1) == "A note of 0 changes nothing. Give an amount or a volume.\n"
