import io
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.__main__ import main
from core.plan.reading import example
from tests.core.plan.plans import SMALL, spoilt


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    return tmp_path / "plan.toml"


@pytest.fixture
def empty_company(tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A migrated database that the command line finds by its settings."""
    path = tmp_path / "upline.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{path}")
    monkeypatch.setenv("CLOCK_START", "2026-11-22T12:00:00+00:00")
    assert main(["migrate"]) == 0
    return path


def test_check_prints_every_fault_with_its_place_and_ends_with_1(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan_file.write_text(spoilt('over = "line"', 'over = "lines"'), encoding="utf-8")
    assert main(["plan", "check", str(plan_file)]) == 1
    fault, verdict = capsys.readouterr().out.splitlines()
    assert fault.startswith(f'{plan_file}:20:8: "lines" is not a value of "over"; did you mean "line"?')
    assert verdict == f"{plan_file}: 1 fault"


def test_check_ends_with_0_when_there_are_only_notices(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan_file.write_text(spoilt("minimum = 100 }, {", "minimum = 50 }, {"), encoding="utf-8")
    assert main(["plan", "check", str(plan_file)]) == 0
    notice, verdict = capsys.readouterr().out.splitlines()
    assert notice == f'{plan_file}:31:1: notice: The rank "gold" asks for less of "pv" than the rank below it.'
    assert verdict == f"{plan_file}: no faults, 1 notice"


def test_a_plan_can_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SMALL.encode())))
    assert main(["plan", "check", "-"]) == 0
    assert capsys.readouterr().out == "standard input: no faults\n"


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_ends_with_2_and_a_sentence(
    content: bytes | None, plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        plan_file.write_bytes(content)
    with pytest.raises(SystemExit) as stopped:
        main(["plan", "check", str(plan_file)])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith(f"{plan_file}: ")


def test_show_prints_the_plan_as_it_was_understood(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan_file.write_text(example("breakaway"), encoding="utf-8")
    assert main(["plan", "show", str(plan_file)]) == 0
    printed = capsys.readouterr().out
    assert "QV, of the whole line, herself included, without groups from director up" in printed
    assert "capped_group ≥ 20,000, at most 50 % of that of one leg" in printed


def test_show_tells_what_inactivity_and_enrolment_change(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counted = spoilt("minimum = 50\n", "minimum = 50\nwarn_after = 2\nterminate_after = 3\n")
    recruits = '[kpis.own]\nlabel = "Own"\nmeasure = "heads"\nover = "left"\ntree = "binary"\nenrolled_only = true\n'
    recruits += '\n[kpis.half]\nlabel = "Half"\nmeasure = "qv"\nsince = ["07-01", "01-01"]\n'
    plan_file.write_text(f'{counted}\n{recruits}\n[trees.binary]\nspill = "weak"\n', encoding="utf-8")
    assert main(["plan", "show", str(plan_file)]) == 0
    printed = capsys.readouterr().out
    assert "QV of 50 or more; warned after 2 without; terminated after 3 without" in printed
    assert "people, of the left side, enrolled by herself only" in printed
    assert "since the last 01-01 or 07-01" in printed


def test_activate_stores_a_version_once(
    empty_company: Path, plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan_file.write_text(SMALL, encoding="utf-8")
    for _ in range(2):
        assert main(["plan", "activate", str(plan_file), "--from", "2026-11-01"]) == 0
    assert "is in force from 2026-11-01 00:00 CET" in capsys.readouterr().out
    with closing(sqlite3.connect(empty_company)) as connection, connection:
        assert connection.execute("SELECT code, version, activated_by FROM plan_version").fetchall() == [
            ("small", "1", "command line")
        ]


def test_activate_refuses_a_faulty_plan(
    empty_company: Path, plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan_file.write_text(spoilt('"EUR"', '"EURO"'), encoding="utf-8")
    assert main(["plan", "activate", str(plan_file), "--from", "2026-11-01"]) == 1
    assert f"{plan_file}:6:12: " in capsys.readouterr().err
    with closing(sqlite3.connect(empty_company)) as connection, connection:
        assert connection.execute("SELECT count(*) FROM plan_version").fetchone() == (0,)
