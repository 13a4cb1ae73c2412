"""A message as typed → the same without what typing added: case, accents, other scripts' digits, hidden signs."""

import re
import unicodedata
from functools import cache

LONGEST = 400
"""Characters of a message that are looked at; nobody puts the wish behind them."""

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
_WORD = re.compile(rf"[^\W_][\w{_MARKS}]*(?:['’`´.\-/][^\W_][\w{_MARKS}]*)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""})
_ARABIC_PREFIX = re.compile(r"(?<!\w)(?:بال|وال|لل|ال|ب|ل)(?=[\u0621-\u064a]{3})")
_DROPPED = re.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u093c]")


@cache
def _plain(sign: str) -> str:
    """One character, readable: digits of any script as 0-9, hidden and control characters gone."""
    if sign.isdigit() and unicodedata.digit(sign, -1) >= 0:
        return str(unicodedata.digit(sign))
    if sign in "\u200c\u200d":
        return sign
    return {"C": "", "Z": " "}.get(unicodedata.category(sign)[0], sign) if sign not in "\n\r\t" else " "


def clean(text: str) -> str:
    """`text` in compatibility form, on one line, cut to `LONGEST` characters, case kept."""
    plain = "".join(map(_plain, unicodedata.normalize("NFKC", text[: 4 * LONGEST])))
    return " ".join(plain.split())[:LONGEST]


def fold(text: str) -> str:
    """`text` for comparing: no case, no accents, one form of each Arabic letter."""
    lowered = text.replace("İ", "i").casefold().replace("ı", "i").translate(_ARABIC)
    return unicodedata.normalize("NFC", _DROPPED.sub("", unicodedata.normalize("NFD", lowered)))


def without_article(folded: str) -> str:
    """A folded message whose Arabic words have lost article and attached preposition."""
    return _ARABIC_PREFIX.sub("", folded)


def words(text: str) -> list[str]:
    """The words of `text` in order; what hangs together by apostrophe, hyphen, dot or slash is one word."""
    return _WORD.findall(text)


def is_unspaced(text: str) -> bool:
    """Whether `text` is in a script that does not put spaces between words (Chinese, Japanese, Thai)."""
    return _UNSPACED.search(text) is not None
