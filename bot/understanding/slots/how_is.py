"""Questions after somebody by name ("how is Ana doing?"), which a name that we never met must not turn into others."""

import re

from bot.understanding.cues import concepts
from bot.understanding.model import Lexicon
from bot.understanding.slots.endings import nominative
from bot.understanding.slots.person import PARTICLES, without_honorifics
from bot.understanding.slots.rank import named_ranks
from bot.understanding.text import fold

_LEAD = r"^[\s¿¡]*(?:(?:and|so|ok|also|y|und|e|et|na|alors)[\s,]+)?"
_NAME = r"(?P<name>(?-i:[A-ZÀ-ÖØ-Þ])[^\W\d_][\w'’.\-]*(?:\s+[\w'’.\-]+){0,4}?)"
_END = r"\s*[?!.]*$"
_PATTERNS = {
    "en": rf"how(?:'s|’s|\s+is|\s+are)\s+{_NAME}\s+(?:doing|going|getting on|getting along)",
    "es": rf"c[oó]mo\s+(?:va|anda|est[aá]|le va a)\s+{_NAME}",
    "de": rf"wie\s+(?:l[äa]uft|geht|steht)(?:\s+es|['’]?s)\s+(?:(?:bei|mit|um)\s+)?{_NAME}",
    "pt-BR": rf"como\s+(?:est[aá]|t[aá]|vai|anda)\s+(?:(?:a|o)\s+)?{_NAME}",
    "fr": rf"(?:o[uù]\s+en\s+est|comment\s+(?:va|se\s+porte|[cç]a\s+va\s+pour))\s+{_NAME}",
}
_READERS = {language: re.compile(_LEAD + pattern + _END, re.IGNORECASE) for language, pattern in _PATTERNS.items()}
_PRONOUNS = frozenset(
    fold(
        "mir dir ihm ihr ihnen uns euch es usted ustedes vos você vocês toi moi vous lui elle it that this he she"
    ).split()
)


def how_is(text: str, lexicon: Lexicon) -> str | None:
    """The whole name in a cleaned message that asks how somebody is doing.

    Returns:
        None where it is no such question, or what it asks after is a rank or a thing of ours rather than a person.
    """
    for language, reader in _READERS.items():
        found = reader.match(text)
        if found is None or named_ranks(found["name"], language, lexicon) or concepts(found["name"]):
            continue
        typed = without_honorifics(found["name"].split())
        if typed and fold(typed[0]) not in _PRONOUNS and all(word[0].isupper() or word in PARTICLES for word in typed):
            return nominative(typed, language=language, before="", following="")
    return None
