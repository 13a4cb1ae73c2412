import ast
import json
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from dennis.linter import Linter

from i18n import catalogue, checking, extraction, merging
from i18n.__main__ import main
from i18n.languages import LANGUAGES, SOURCE

ROOT = Path(__file__).parents[2]
TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
MARKERS = {"tr", "mark", "mark_plural", "plural"}


def test_catalogues_say_everything_that_the_code_says() -> None:
    assert checking.findings() == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogues_pass_the_linter(language: str) -> None:
    linter = Linter(["python-brace-format"], [])
    found = linter.verify_file(catalogue.path_of(language).read_text(encoding="utf-8"))
    assert [message for message in found if message.kind == "err"] == []


def test_sentences_are_marked_as_plain_literals() -> None:
    """A message built at run time would never reach the catalogues."""
    built = []
    for folder in ("bot", "core", "i18n", "notifications"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in MARKERS:
                    built += [
                        f"{path}:{node.lineno}" for arg in node.args[:2] if isinstance(arg, ast.JoinedStr | ast.BinOp)
                    ]
    assert built == []


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def template() -> Catalog:
    made = Catalog()
    made.add("Hello {name}")
    made.add(("{n} day for {name}", "{n} days for {name}"))
    made.add("No")
    return made


@pytest.mark.parametrize(
    ("hello", "days", "finding"),
    [
        ("Hola {name}", ("{n} día de {name}", "{n} días de {name}"), None),
        ("", ("{n} día de {name}", "{n} días de {name}"), "is not translated"),
        ("Hola", ("{n} día de {name}", "{n} días de {name}"), "drops ['name']"),
        ("Hola {nombre} {name}", ("{n} día de {name}", "{n} días de {name}"), "invents ['nombre']"),
        ("Hola {name", ("{n} día de {name}", "{n} días de {name}"), "expected '}'"),
        ("Hola {name}", ("{n} día de {name}", ""), "needs 2 plural forms"),
        ("Hola {name}", ("un día de {name}", "{n} días de {name}"), None),  # "one day" may spell its number
        ("Hello {name}", ("{n} día de {name}", "{n} días de {name}"), "is the English sentence"),
    ],
)
def test_the_check_names_what_is_wrong(hello: str, days: tuple[str, str], finding: str | None) -> None:
    spanish = Catalog(locale="es")
    spanish.add("Hello {name}", hello)
    spanish.add(("{n} day for {name}", "{n} days for {name}"), days)
    spanish.add("No", "Nada")
    found = checking.catalogue_findings("es", spanish, template())
    assert (found == []) if finding is None else (len(found) == 1 and finding in found[0])


def test_the_check_names_sentences_that_are_missing_or_left_over() -> None:
    spanish = Catalog(locale="es")
    spanish.add("Bye", "Adiós")
    found = "\n".join(checking.catalogue_findings("es", spanish, template()))
    assert "'Bye' is said nowhere" in found and "'Hello {name}' is not in the catalogue" in found


def test_a_fuzzy_translation_is_not_spoken_and_is_found() -> None:
    spanish = Catalog(locale="es")
    spanish.add("Hello {name}", "Hola {name}", flags=["fuzzy"])
    assert any("fuzzy" in line for line in checking.catalogue_findings("es", spanish, template()))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Catalogues of our own to write to."""
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogue, "TEMPLATE", tmp_path / "messages.pot")
    extraction.update_catalogues(template())
    return tmp_path


def test_words_fill_what_is_empty_and_leave_what_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = {
        "Hello {name}": {"es": "Hola {name}", "de": "Hallo {name}"},
        "{n} day for {name}|||{n} days for {name}": {"es": ["{n} día de {name}", "{n} días de {name}"]},
        "Never said": {"es": "Nunca dicho"},
    }
    file = folder / "words.json"
    file.write_text(json.dumps(words), encoding="utf-8")
    assert main(["merge", str(file)]) == 0
    told = capsys.readouterr().out
    assert "3 translations filled" in told and "no code says 'Never said'" in told

    again = merging.merge({"Hello {name}": {"es": "Otra cosa {name}"}})
    assert again.filled == 0
    assert catalogue.read("es").get("Hello {name}").string == "Hola {name}"  # type: ignore[union-attr]  # it is there
    assert catalogue.read("es").get("{n} day for {name}").string == ("{n} día de {name}", "{n} días de {name}")  # type: ignore[union-attr]  # it is there


def test_updating_keeps_translations_and_drops_what_is_said_no_more(folder: Path) -> None:
    merging.merge({"Hello {name}": {"es": "Hola {name}"}, "No": {"es": "Nada"}})
    smaller = Catalog()
    smaller.add("Hello {name}")
    extraction.update_catalogues(smaller)
    first = catalogue.path_of("es").read_bytes()
    extraction.update_catalogues(smaller)
    assert [message.id for message in catalogue.read("es") if message.id] == ["Hello {name}"]
    assert catalogue.read("es").get("Hello {name}").string == "Hola {name}"  # type: ignore[union-attr]  # it is there
    assert catalogue.path_of("es").read_bytes() == first


def test_a_language_begins_with_an_empty_catalogue(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "ROOT", folder.parent)
    monkeypatch.setattr(extraction, "extracted", template)
    assert main(["language", "TR"]) == 0
    assert catalogue.path_of("tr").exists()
    assert main(["language", "it"]) == 0
    assert main(["language", "tlh"]) == 2
    assert main(["language", "no language"]) == 2


def test_one_singular_cannot_have_two_plurals(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[tuple[str, tuple[str, str], list[str]]] = [
        ("a.py", ("{n} day", "{n} days"), []),
        ("b.py", ("{n} day", "{n} of your days"), []),
    ]
    monkeypatch.setattr(extraction, "_marked", lambda: iter(found))
    with pytest.raises(extraction.TwoPlurals, match="your days"):
        extraction.extracted()
