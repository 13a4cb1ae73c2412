"""Which product a message wants for points."""

import re

from bot.understanding.slots.tagger import spans, tagger, tokens
from bot.understanding.slots.unspaced import unspaced_product
from bot.understanding.text import fold, is_unspaced

_JOINTS = frozenset(["de", "a", "à", "do", "da", "of", "para", "pour", "für"])
_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "einen",
        "o",
        "os",
        "as",
        "um",
        "uma",
        "le",
        "les",
        "une",
        "du",
        "des",
    ]
)
_WORDS_MAX = 4
_TURKISH_OBJECT = re.compile(r"(?<=[aeıioöuü])y[ıiuü]$")
_ANY = frozenset(
    ["gift", "regalo", "geschenk", "presente", "cadeau", "подарок", "hadiah", "hediye", "something", "algo"]
)
"""Wishes for something that is not named yet."""


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
    if best <= 0 or not name or fold(name[-1]) in _ANY:
        return None
    return " ".join([*name[:-1], _TURKISH_OBJECT.sub("", name[-1]) if language == "tr" else name[-1]])
