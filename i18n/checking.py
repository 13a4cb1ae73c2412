"""What is wrong with the catalogues: everything at once, each finding a line that says where and what."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from i18n import catalogue
from i18n.catalogue import source_of, texts_of
from i18n.extraction import extracted, template_on_disk
from i18n.languages import LANGUAGES, SOURCE
from i18n.places import places
from i18n.typography import spaced

EXCEPTIONS = catalogue.FOLDER / "same_as_english.txt"


def findings() -> list[str]:
    """Every fault of the template and of all catalogues; none when all is well."""
    template = extracted()
    found = [*_stale(template), *_bad_places_in(template)]
    for language in LANGUAGES:
        if language != SOURCE:
            found += catalogue_findings(language, catalogue.read(language), template)
    return found


def catalogue_findings(language: str, messages: Catalog, template: Catalog) -> list[str]:
    """Faults of one catalogue against the template: what is missing, left over, or says something else."""
    wanted = {source_of(message): message for message in template if message.id}
    present = {source_of(message): message for message in messages if message.id}
    allowed = same_as_english()
    found = [f"{language}: {source!r} is not in the catalogue" for source in wanted.keys() - present.keys()]
    found += [f"{language}: {source!r} is said nowhere any more" for source in present.keys() - wanted.keys()]
    for source in wanted.keys() & present.keys():
        found += [f"{language}: {source!r} {fault}" for fault in _faults(present[source], wanted[source], messages)]
        if _same(present[source]) and not allowed & {(language, source), ("*", source)}:
            found.append(f"{language}: {source!r} is the English sentence; translate it or list it with a reason")
    return sorted(found)


def same_as_english(path: Path = EXCEPTIONS) -> set[tuple[str, str]]:
    """Sentences that may read as in English: (language or "*", sentence), from lines `language | sentence | why`."""
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {(language, source) for language, source, _why in (map(str.strip, line.split("|")) for line in lines)}


def _stale(fresh: Catalog) -> Iterator[str]:
    committed = {message.id for message in template_on_disk() if message.id}
    current = {message.id for message in fresh if message.id}
    for message_id in sorted(map(str, current - committed)):
        yield f"messages.pot lacks {message_id}; run `make messages`"
    for message_id in sorted(map(str, committed - current)):
        yield f"messages.pot still has {message_id}; run `make messages`"


def _bad_places_in(template: Catalog) -> Iterator[str]:
    for message in template:
        for text in (message.id,) if isinstance(message.id, str) else message.id:
            try:
                places(text)
            except ValueError as error:
                yield f"en: {text!r}: {error}"


def _faults(message: Message, wanted: Message, messages: Catalog) -> Iterator[str]:
    texts = texts_of(message)
    if message.fuzzy:
        yield "is marked fuzzy"
    if not any(texts):
        yield "is not translated"
        return
    if message.id != wanted.id:
        yield "has another plural than the code"
    if wanted.pluralizable and (len(texts) != messages.num_plurals or not all(texts)):
        yield f"needs {messages.num_plurals} plural forms"
        return
    sources = [wanted.id] if isinstance(wanted.id, str) else list(wanted.id)
    for text in texts:
        if text != spaced(text, str(messages.locale).replace("_", "-")):
            yield f"has a breakable space in {text!r}; run `make messages`"
        yield from _place_faults(text, sources, last=text is texts[-1])


def _place_faults(text: str, sources: list[str], *, last: bool) -> Iterator[str]:
    """Faults of one text; a form before the last may say less, as "one day" needs no number."""
    known = frozenset().union(*map(places, sources))
    asked = places(sources[-1]) if last else places(sources[0]) - {"n"}
    try:
        given = places(text)
    except ValueError as error:
        yield f"in {text!r}: {error}"
        return
    if missing := asked - given:
        yield f"drops {sorted(missing)} in {text!r}"
    if invented := given - known:
        yield f"invents {sorted(invented)} in {text!r}"


def _same(message: Message) -> bool:
    sources = (message.id,) if isinstance(message.id, str) else message.id
    return bool(set(texts_of(message)) & set(sources) - {""})
