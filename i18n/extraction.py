"""From marked sentences in the code to the template, and from the template into every catalogue."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from i18n import catalogue
from i18n.catalogue import texts_of
from i18n.languages import LANGUAGES, SOURCE, locale_of
from i18n.typography import spaced

ROOT = catalogue.FOLDER.parent
CONFIGURATION = catalogue.FOLDER / "babel.cfg"
KEYWORDS = {"tr": None, "mark": None, "plural": (1, 2), "form": (1, 2), "mark_plural": (1, 2)}
COMMENT = "i18n:"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""Catalogues carry no true dates: two runs over the same code write the same bytes."""

HEAD = "# Upline's sentences. Written by `python -m i18n messages`; translate, then run it again."


class TwoPlurals(ValueError):
    """One singular was given two plurals in the code; a catalogue can keep only one."""


def extracted() -> Catalog:
    """The template as the code stands now.

    Raises:
        TwoPlurals: somebody wrote the same singular with another plural; both sentences are named.
    """
    template = _empty()
    plurals: dict[str, str] = {}
    for place, message, comments in _marked():
        if isinstance(message, tuple) and plurals.setdefault(message[0], message[1]) != message[1]:
            raise TwoPlurals(f"{message[0]!r} has two plurals: {plurals[message[0]]!r} and {message[1]!r}")
        template.add(message, locations=[(place, 0)], auto_comments=comments)
    return template


def write_template(template: Catalog) -> None:
    """Writes the template, with the files that each sentence comes from."""
    _write(template, catalogue.TEMPLATE)


def update_catalogues(template: Catalog) -> None:
    """Brings every catalogue in line with the template: new sentences empty, gone ones dropped, nothing guessed."""
    for language in LANGUAGES:
        if language != SOURCE:
            update_catalogue(language, template)


def update_catalogue(language: str, template: Catalog) -> None:
    """Brings one catalogue in line with the template, or begins it."""
    path = catalogue.path_of(language)
    fresh = _empty(language)
    if path.exists():
        for message in catalogue.read(language):
            if message.id:
                fresh.add(message.id, message.string, flags=message.flags, user_comments=message.user_comments)
    fresh.update(template, no_fuzzy_matching=True)
    fresh.obsolete.clear()
    fresh.creation_date = fresh.revision_date = LONG_AGO
    write_catalogue(language, fresh)


def write_catalogue(language: str, messages: Catalog) -> None:
    """Writes a catalogue without places in the code, so that moving code does not touch translations."""
    for message in messages:
        message.locations = []
        if message.id and message.string:
            texts = tuple(spaced(text, language) for text in texts_of(message))
            message.string = texts if message.pluralizable else texts[0]
    _write(messages, catalogue.path_of(language))


def template_on_disk() -> Catalog:
    """The committed template."""
    with catalogue.TEMPLATE.open("rb") as file:
        return read_po(file)


def _marked() -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    with CONFIGURATION.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel left this one bare
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, comment_tags=(COMMENT,), directory_filter=_worth_a_look)
    for place, _line, message, comments, _context in found:
        yield Path(place).as_posix(), message, comments


def _worth_a_look(folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith((".", "_")) and name not in {"tests", "benchmarks", "static", "build", "var"}


def _empty(language: str | None = None) -> Catalog:
    return Catalog(
        locale=locale_of(language) if language else None,
        header_comment=HEAD,
        project="upline",
        version="1",
        msgid_bugs_address="-",
        last_translator="Upline",
        language_team=language or "-",
        creation_date=LONG_AGO,
        revision_date=LONG_AGO,
        fuzzy=False,
    )


def _write(messages: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, messages, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
