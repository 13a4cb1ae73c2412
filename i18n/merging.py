"""Takes translations written as JSON into the catalogues.

The file is `{english: {language: text}}`; a plural message is keyed `one|||many` and its texts are lists of forms.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog

from i18n import catalogue
from i18n.catalogue import source_of, texts_of
from i18n.extraction import write_catalogue
from i18n.languages import LANGUAGES, SOURCE

BETWEEN_FORMS = "|||"
Words = Mapping[str, Mapping[str, str | list[str]]]


@dataclass
class Merged:
    """What became of the words."""

    filled: int = 0
    leftovers: list[str] = field(default_factory=list)
    """Sentences that no code says; maybe they were reworded."""


def read_words(paths: list[Path]) -> Words:
    """All files as one; a later file wins."""
    words: dict[str, Mapping[str, str | list[str]]] = {}
    for path in paths:
        words |= json.loads(path.read_text(encoding="utf-8"))
    return words


def merge(words: Words, *, replace: bool = False) -> Merged:
    """Fills what is not translated yet, in every catalogue.

    Args:
        replace: overwrite what is translated already.
    """
    merged = Merged()
    used: set[str] = set()
    for language in LANGUAGES:
        if language != SOURCE:
            messages = catalogue.read(language)
            merged.filled += _fill(messages, language, words, used, replace=replace)
            write_catalogue(language, messages)
    merged.leftovers = sorted(words.keys() - used)
    return merged


def _fill(messages: Catalog, language: str, words: Words, used: set[str], *, replace: bool) -> int:
    filled = 0
    for message in messages:
        key = _key(message.id)
        if not message.id or key not in words:
            continue
        used.add(key)
        given = words[key].get(language)
        if given and (replace or not all(texts_of(messages[source_of(message)]))):
            message.string = tuple(given) if isinstance(given, list) else given
            filled += 1
    return filled


def _key(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else BETWEEN_FORMS.join(message_id)
