"""Which product a message wants for points."""

from bot.understanding.slots.tagger import spans, tagger, tokens
from bot.understanding.slots.unspaced import unspaced_product
from bot.understanding.text import fold, is_unspaced

_JOINTS = frozenset(["de", "a", "à", "do", "da", "of", "para", "pour", "für"])
_ARTICLES = frozenset(
    ["the", "a", "an", "el", "la", "los", "las", "un", "una", "der", "die", "das", "ein", "eine", "einen", "o", "os", "as", "um", "uma", "le", "les", "une", "du", "des"]
)
_WORDS_MAX = 4


def product(text: str, language: str) -> str | None:
    """The product's name as typed, without article or amount; None when none is named."""
    if is_unspaced(text):
        return unspaced_product(text)
    typed = tokens(text)
    if not typed:
        return None
    found = spans(tagger("product").scores(typed), typed, longest=_WORDS_MAX, joints=_JOINTS)
    best, start, end = max(found)
    name = typed[start:end]
    while name and (fold(name[0]) in _ARTICLES or name[0].isdigit()):
        name = name[1:]
    return " ".join(name) or None if best > 0 else None
