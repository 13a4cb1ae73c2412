"""From a code and its facts to a sentence in the reader's language: what happened, and what she can do."""

from collections import defaultdict
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from core.kernel.errors import Fact, Facts
from i18n import sentences
from i18n.sentences import Counted, Sentence
from i18n.translator import Place, Translator, mark

UNNAMED = mark("That did not work ({code}). Nothing was changed.")
GAP = "…"
FAR = "_far"
"""Behind the code of a sentence for what has nothing near; the refusal keeps its code."""
NUMBERS_OF = frozenset({"ticket", "into", "incident"})
"""Facts that are the number of something, which people say without separators."""
CHOICES = frozenset({"wanted", "needed"})
"""Facts any one of which would do, joined by "or"."""


def sentence(code: str, facts: Facts, tr: Translator) -> str:
    """What to tell the reader about a refusal or a problem.

    Args:
        code: stable code of a `DomainError` or `Problem`.
        facts: what the sentence names; lists are joined as the reader joins them, missing ones show as "…".

    Returns:
        One or two whole sentences; for a code without a sentence a general one that names the code.
    """
    found = known().get(f"{code}{FAR}" if facts.get("nearest") == [] else code) or known().get(code)
    places = {name: _place(name, fact, tr) for name, fact in facts.items()}
    if found is None:
        return tr(UNNAMED, code=code)
    if isinstance(found, Counted):
        return _counted(found, facts, places, tr)
    return tr(found, **_with_gaps(found, places))


@cache
def known() -> dict[str, Sentence]:
    """Every sentence of the house by its code."""
    merged: dict[str, Sentence] = {}
    for module in iter_modules(sentences.__path__):
        for code, text in import_module(f"{sentences.__name__}.{module.name}").SENTENCES.items():
            assert code not in merged, f"two sentences for {code}"
            merged[code] = text
    return merged


def _counted(found: Counted, facts: Facts, places: dict[str, Place], tr: Translator) -> str:
    fact = facts.get(found.count)
    count = fact if isinstance(fact, int) else 0
    gaps = _with_gaps(" ".join(found.forms), places)
    return tr.filled(tr.form(*found.forms, count), gaps | {"n": count})


def _with_gaps(text: str, places: dict[str, Place]) -> dict[str, Place]:
    """The places of a text, those without a fact shown as a gap: an error must not fail for want of a detail."""
    gaps: defaultdict[str, Place] = defaultdict(lambda: GAP)
    text.format_map(gaps)
    return dict(gaps) | places


def _place(name: str, fact: Fact, tr: Translator) -> Place:
    match fact:
        case None:
            return GAP
        case bool():
            return tr("yes") if fact else tr("no")
        case int() if name in NUMBERS_OF:
            return str(fact)
        case list() if fact[-1:] == [GAP]:
            return ", ".join(fact)
        case list():
            return tr.list(fact, by="or" if name in CHOICES else "and")
        case _:
            return fact
