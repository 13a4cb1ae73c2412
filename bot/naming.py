"""Which products a message names. Pure."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from bot.understanding.text import fold, is_unspaced, words
from core.kernel.words import CompanyText
from core.points.model import Redeemable

LETTERS_MIN = 3
"""Shorter words are articles and the like: they decide between two products and never name one."""
LIKE = 86
"""From 0 to 100; a word with another ending is still the same word."""
SHARE = 0.5
"""Of the words of a name, so many have to be there."""


def mentioned(text: str, items: Iterable[Redeemable]) -> list[Redeemable]:
    """The products whose names or skus stand in a message, with other endings too; of several the most fully named.

    | message                   | names                                    | share    | mentioned |
    | ------------------------- | ---------------------------------------- | -------- | --------- |
    | get me 2 vitamin d        | Vitamin D, 90 capsules · Vitamin C, 60 … | 1/2, 1/2 | the first |
    | dos licuadoras, por favor | Licuadora                                | 1/1      | that      |
    | canjear una crema         | Crema de día · Crema de noche            | 1/2, 1/2 | both      |
    """
    folded = fold(text)
    said = words(folded)
    shares = [(max(_share(name, folded, said) for name in (one.sku, *forms(one.product))), one) for one in items]
    best = max((share for share, _ in shares), default=(0.0, 0.0))
    return [one for share, one in shares if share == best] if best[0] >= SHARE else []


def alike(name: str, items: Sequence[Redeemable]) -> list[Redeemable]:
    """Those among products found by a name that are called exactly so, or whose name holds it; else all of them."""
    wanted = plain(name)
    exact = [one for one in items if wanted in {plain(form) for form in forms(one.product)}]
    holding = [one for one in items if any(f" {wanted} " in f" {plain(form)} " for form in forms(one.product))]
    return next((some for some in (exact, holding) if len(some) == 1), list(items))


def is_bare(text: str, one: Redeemable) -> bool:
    """Whether a message says nothing but (a part of) a product's name, apart from short words around it."""
    said = words(fold(text))
    telling = [word for word in said if len(word) > LETTERS_MIN] or said
    return any(_stand(telling, words(fold(name))) == 1.0 for name in (one.sku, *forms(one.product)))


def forms(name: CompanyText) -> list[str]:
    """A product's name in all languages and forms."""
    return [form for word in name.values() for form in (word.values() if isinstance(word, dict) else [word])]


def plain(name: str) -> str:
    """A name for comparing."""
    return " ".join(words(fold(name)))


def _share(name: str, text: str, said: Sequence[str]) -> tuple[float, float]:
    """Which share of a name's words stands in a message: of those that can name it, and of all."""
    if is_unspaced(name):
        there = float(fold(name) in text)
        return there, there
    parts = words(fold(name))
    naming = [part for part in parts if len(part) >= LETTERS_MIN]
    return _stand(naming, said), _stand(parts, said)


def _stand(parts: Sequence[str], said: Sequence[str]) -> float:
    return sum(any(fuzz.ratio(part, word) >= LIKE for word in said) for part in parts) / len(parts) if parts else 0.0
