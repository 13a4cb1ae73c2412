"""Amounts that are no number: everything she has, or half of it."""

import re
from enum import StrEnum

from bot.understanding.text import clean, fold, is_unspaced


class Share(StrEnum):
    """Which part of what she has."""

    ALL = "all"
    HALF = "half"


_WORDS = {
    Share.ALL: r"all(?! right)(?: of)?|everything|whole|max(?:imum|imo)|tod[oa]s?|alles?|allen|ganzen?|samtliche|"
    r"tudo|tout(?:es?)?|tous|все|всё|всю|كل|جميع|सभी|सारे|सारा|पूरे|semua(?:nya)?|seluruh|tumu(?:nu)?|hepsi(?:ni)?|"
    r"butun",
    Share.HALF: r"(?:the )?half(?: of)?|(?:la )?mitad|(?:die )?halfte|halbe|(?:a )?metade|(?:la )?moitie|половин\w*|"
    r"نصف|आधे?|आधा|setengah|separuh|yarisi(?:ni)?|yarim",
}
_UNSPACED = {Share.ALL: r"全部|所有|すべて|全て|ぜんぶ", Share.HALF: r"一半|半分"}
_ANYWHERE = {share: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)|{_UNSPACED[share]}") for share, pattern in _WORDS.items()}


def share(text: str) -> Share | None:
    """The part of what she has that a message names; None where it names none."""
    folded = fold(clean(text))
    return next((part for part, pattern in _ANYWHERE.items() if pattern.search(folded)), None)


def is_short(text: str, words_max: int) -> bool:
    """Whether a message is short enough to be nothing but the answer to a question."""
    cleaned = clean(text)
    return len(cleaned) <= 8 * words_max if is_unspaced(cleaned) else len(cleaned.split()) <= words_max
