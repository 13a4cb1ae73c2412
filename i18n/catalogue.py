"""Catalogues as they lie in `locales/`: read once per process straight from the .po files, nothing compiled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from i18n.languages import SOURCE, locale_of

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "messages.pot"


@dataclass(frozen=True, slots=True)
class Messages:
    """One language's translations, ready to look up."""

    singular: Mapping[str, str]
    plural: Mapping[str, tuple[str, ...]]
    form_of: Callable[[int], int]
    """Which of the plural forms a count takes, by the rule in the catalogue's head."""


def path_of(language: str) -> Path:
    """Where a language's catalogue lies."""
    return FOLDER / "locales" / language.replace("-", "_") / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """The catalogue as Babel holds it, with comments and flags; for the tools, not for speech."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=locale_of(language))


@cache
def messages(language: str) -> Messages:
    """Translations of `language`; none for the source language and for one without a catalogue."""
    if language == SOURCE or not path_of(language).exists():
        return Messages({}, {}, c2py("n != 1"))
    catalog = read(language)
    singular: dict[str, str] = {}
    plural: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if message.fuzzy or not message.id:
            continue
        texts = texts_of(message)
        if not all(texts):
            continue
        singular[source_of(message)] = texts[0]
        if message.pluralizable:
            plural[source_of(message)] = texts
    return Messages(singular, plural, c2py(catalog.plural_expr))


def source_of(message: Message) -> str:
    """The English sentence by which a message is found; of a plural one the singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def texts_of(message: Message) -> tuple[str, ...]:
    """All forms of a translation, one for a message without plural; empty texts where nothing is translated yet."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)
