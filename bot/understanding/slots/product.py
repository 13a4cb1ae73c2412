"""Which product a message wants for points."""

import re
from functools import lru_cache

from bot.understanding.cues import concepts
from bot.understanding.slots.product_span import Piece, best_run, pieces
from bot.understanding.slots.tagger import tagger
from bot.understanding.slots.unspaced import unspaced_product
from bot.understanding.text import fold, is_unspaced

_ARTICLES = frozenset(
    fold(
        "the a an my some el la los las un una unos unas mi mis der die das den dem ein eine einen einem o os as um "
        "uma uns umas le les l' une du des d' de mon ma mes"
    ).split()
)
_TURKISH_OBJECT = re.compile(r"(?<=[aeıioöuü])y[ıiuü]$")
_TURKISH_APOSTROPHE = re.compile(r"['’]\w{1,4}$")
_ARABIC_ARTICLE = re.compile(r"^(?:بال|وال|لل|ال)(?=\w{3})")
_RUSSIAN_OBJECT = (("ую", "ая"), ("юю", "яя"), ("у", "а"), ("ю", "я"))
_RUSSIAN_COUNTED = re.compile(r"(?<=[кгхчжшщ])и$")
_ANY = frozenset(
    fold(
        "gift gifts reward prize something anything regalo regalos premio premios algo geschenk geschenke prämie etwas "
        "was presente presentes brinde brindes alguma coisa cadeau cadeaux récompense quelque chose подарок подарки "
        "приз هدية بهدية hadiah hediye hediyeye"
    ).split()
)
"""Wishes for something that is not named yet."""

Place = tuple[int, int]
"""Where in a cleaned message a name begins, and where it ends."""


def product(text: str, language: str) -> str | None:
    """The product's name as typed, without article or amount; None when none is named."""
    if is_unspaced(text):
        return unspaced_product(text)
    place = product_place(text, language)
    return None if place is None else _base(text, place, language)


@lru_cache(maxsize=32)
def product_place(text: str, language: str) -> Place | None:
    """Where in a cleaned message the product's name stands, articles and amounts apart; None when none is named."""
    if is_unspaced(text):
        return None
    said = pieces(text, language)
    run = best_run(tagger("product"), said)
    named = _without_article(said[slice(*run)]) if run else []
    if not named or all(piece.word in _ANY for piece in named):
        return None
    return named[0].start, named[-1].end


def _without_article(named: list[Piece]) -> list[Piece]:
    """The words of a name from the first that belongs to it."""
    while named and (named[0].word in _ARTICLES or named[0].is_number):
        named = named[1:]
    return named


def _base(text: str, place: Place, language: str) -> str:
    """The name without what its language hangs on it."""
    name, before = text[slice(*place)], text[: place[0]].split()
    match language:
        case "tr":
            return _TURKISH_OBJECT.sub("", _TURKISH_APOSTROPHE.sub("", name))
        case "ar":
            bare = _ARABIC_ARTICLE.sub("", name)
            attached = bare == name and before and "points" in concepts(before[-1])
            return bare.removeprefix("ب") if attached else bare
        case "ru":
            counted = bool(before) and before[-1] in ("2", "3", "4", "две", "три", "четыре")
            return _russian(name, is_counted=counted)
    return name


def _russian(name: str, *, is_counted: bool) -> str:
    """Сумку and две сумки → сумка."""
    if is_counted:
        return _RUSSIAN_COUNTED.sub("а", name)
    words = []
    for word in name.split():
        ending, base = next(((one, other) for one, other in _RUSSIAN_OBJECT if fold(word).endswith(one)), ("", ""))
        words.append(word.removesuffix(ending) + base if len(word) > len(ending) + 2 else word)
    return " ".join(words)
