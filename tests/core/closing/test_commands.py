from pathlib import Path

import pytest

from core.__main__ import main
from tests.core.plan.plans import SMALL


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A migrated database without people, found by the command line's settings, and a plan file beside it."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'upline.db'}")
    monkeypatch.setenv("CLOCK_START", "2026-11-22T12:00:00+00:00")
    assert main(["migrate"]) == 0
    plan = tmp_path / "plan.toml"
    plan.write_text(SMALL, encoding="utf-8")
    return plan


def test_cycles_need_a_plan(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cycle", "list"]) == 1
    assert capsys.readouterr().err == "No plan is in force at that time.\n"


def test_a_due_cycle_is_listed_closed_once_and_listed_as_closed(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "activate", str(company), "--from", "2026-01-01"]) == 0
    capsys.readouterr()
    assert main(["cycle", "list"]) == 0
    assert capsys.readouterr().out == "2026-10\tdue\n2026-11\topen\n"
    assert main(["cycle", "close", "2026-10"]) == 0
    assert capsys.readouterr().out == "2026-10 is closed: 0 people hold a rank or title, 0 changed.\n"
    assert main(["cycle", "close", "2026-10"]) == 0
    assert capsys.readouterr().out == "2026-10 was closed already.\n"
    assert main(["cycle", "list"]) == 0
    assert capsys.readouterr().out.startswith("2026-10\tclosed on 2026-11-22 12:00 UTC\n2026-11\topen\n")
    assert main(["cycle", "close", "2026-11"]) == 1
    assert capsys.readouterr().err == "The cycle 2026-11 has not ended yet.\n"
