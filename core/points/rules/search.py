"""Finding a product by what somebody typed: any language, no accents, small slips."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

from core.kernel.words import CompanyText

NEAR = 80
"""From 0 to 100; below this a name does not look like what was typed."""
SHORT = 3
"""So few letters are like too many words; they must stand there as they are."""


def folded(text: str) -> str:
    """Without case, accents and signs, one blank between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare))


def fit(wanted: str, sku: str, words: CompanyText) -> int:
    """How well a product fits what was typed: 0 not at all, 100 by its sku or by a whole name.

    Args:
        wanted: folded already, not empty.
    """
    names = [folded(sku), *(folded(form) for name in words.values() for form in _forms(name))]
    return max((_fit(wanted, name) for name in names if name), default=0)


def _fit(wanted: str, name: str) -> int:
    if wanted == name:
        return 100
    if f" {wanted}" in f" {name}":
        return 95
    if wanted in name:
        return 90
    if len(wanted) <= SHORT:
        return 0
    likeness = max(fuzz.token_set_ratio(wanted, name), fuzz.ratio(wanted, name), *_by_word(wanted, name))
    return min(89, int(likeness)) if likeness >= NEAR else 0


def _by_word(wanted: str, name: str) -> Iterable[float]:
    """How like the typed word is to any one word of the name."""
    return (fuzz.ratio(wanted, word) for word in name.split())


def _forms(name: str | dict[str, str]) -> Iterable[str]:
    return [name] if isinstance(name, str) else name.values()
