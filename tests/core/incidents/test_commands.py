"""Incidents by the command line: opened from a file, told of, solved, and seen."""

from pathlib import Path

import pytest

from core.__main__ import main

FILE = """\
type = "network"
[title]
en = "Late parcels"
[words]
en = "We know."
"""


def test_an_incident_from_its_file_to_its_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'upline.db'}")
    file, broken = tmp_path / "incident.toml", tmp_path / "broken.toml"
    file.write_text(FILE, encoding="utf-8")
    broken.write_text(FILE.replace("en =", "english ="), encoding="utf-8")
    for words in (["migrate"], ["staff", "add", "sam", "--role", "support"], ["staff", "add", "tom", "--role", "shop"]):
        assert main(words) == 0

    def said(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert main(["incident", *words]) == code
        told = capsys.readouterr()
        return told.err if code else told.out

    assert said("list") == "There is no incident yet.\n"
    assert said("new", str(tmp_path / "none"), "--as", "sam", code=1) == "expected a file that can be read\n"
    assert "title.english" in said("new", str(broken), "--as", "sam", code=1)
    assert "lead_incidents" in said("new", str(file), "--as", "tom", code=1)
    assert "Late parcels (0 people, 0 tickets)" in said("new", str(file), "--as", "sam")
    assert "progress" in said("update", "1", "--say", "en=Soon.", "--say", "es=Pronto.", "--as", "sam")
    assert "solve" not in said("solve", "1", "--say", "=x", "--cause", "y", "--as", "sam", code=1)
    said("solve", "1", "--say", "en=They left.", "--cause", "A strike", "--as", "sam")
    head, *news, cause = said("show", "1").splitlines()
    assert ("solved" in head, cause) == (True, "       cause: A strike")
    assert [line.partition("by sam, told to 0 so far: ")[2] for line in news] == ["We know.", "Soon.", "They left."]
    assert said("update", "1", "--say", "en=x", "--as", "sam", code=1).startswith("Incident 1 is over")
