"""`core explain`: why a person was paid what she was paid, from a settled folder."""

from pathlib import Path

import pytest

from core.__main__ import main
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline

LEVELS = '\n[[bonuses]]\ncode = "levels"\nkind = "unilevel"\nlabel = "Level bonus"\nlevels = ["5 %", "3 %"]\n'


@pytest.fixture
def settled(tmp_path: Path) -> Path:
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + LEVELS)
    for person, sponsor in (("ana", None), ("ben", "ana"), ("eva", "ben")):
        company.person(person, sponsor)
    company.order("ben", 200)
    company.order("eva", "33.33")
    assert company.settle() == 0
    return tmp_path / "out"


def explained(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    capsys.readouterr()
    code = main(["explain", *words])
    told = capsys.readouterr()
    return [str(code), *(told.out or told.err).splitlines()]


def test_without_a_number_her_lines_are_listed(settled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, *lines = explained(capsys, "--run", str(settled), "--person", "ana")
    assert code == "0"
    assert [line.split() for line in lines] == [
        ["1", "$10.00", "Level", "bonus", "o00001", "·", "1"],
        ["2", "$1.00", "Level", "bonus", "o00002", "·", "2"],
    ]


def test_a_number_tells_the_chain_of_one_line(settled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, *sentences = explained(capsys, "--run", str(settled), "--person", "ana", "--award", "2")
    assert (code, sentences) == (
        "0",
        [
            "It began with order o00002 by eva.",
            "You are paid as Member in this cycle.",
            "eva is on your level 2.",
            "It counts 33.33 in commission volume for this bonus.",
            "3% of that is $0.9999.",
            "$0.9999 is rounded to $1.00, halves up.",
            "All this by the plan example, version 1.",
        ],
    )
    told = explained(capsys, "--run", str(settled), "--person", "ana", "--award", "2", "--lang", "de")
    assert told[1] == "Es kommt aus der Bestellung o00002 von eva."


def test_who_was_paid_nothing_is_told_so(settled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(capsys, "--run", str(settled), "--person", "eva") == ["0", "eva has no lines there."]


@pytest.mark.parametrize(("person", "near"), [("anna", " Nearest: ana."), ("D-4711", "")])
def test_whom_the_folder_does_not_know_is_told_with_who_is_near(
    settled: Path, capsys: pytest.CaptureFixture[str], person: str, near: str
) -> None:
    told = explained(capsys, "--run", str(settled), "--person", person)
    assert told == ["1", f"{settled} has nobody with the code {person}.{near}"]


@pytest.mark.parametrize("number", ["0", "3", "-1"])
def test_a_line_that_she_does_not_have_is_refused(
    settled: Path, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    code, told = explained(capsys, "--run", str(settled), "--person", "ana", "--award", number)
    assert (code, told) == ("1", f"ana has 2 lines there, and none of number {number}.")


def test_a_folder_without_a_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = explained(capsys, "--run", str(tmp_path), "--person", "ana")
    assert (code, told) == ("1", f"{tmp_path} holds no settled run. Expected what `settle --out` wrote.")
