"""How many points, and how many of a product."""

import re
from collections.abc import Sequence

from bot.understanding.slots.numbers import Number, numbers
from bot.understanding.text import fold

_POINTS = re.compile(
    r"[\s\-]*(?:of (?:my )?|de (?:mis |meus |mes )?|von meinen )?"
    r"(?:points?|pts?|pkt\w*|pontos?|puntos?|punkt\w*|бал\w*|نقط\w*|نقاط\w*|积分|पॉइंट\w*|प्वाइंट\w*|अंक|poin\w*|ポイント|puan\w*|loyalty|treue|bonus)"
)
_BEFORE_POINTS = re.compile(r"(?:积分|ポイント)\s*$")
_CODE_BEFORE = re.compile(r"[a-z]$")
_ARTICLES = re.compile(r"^(?:an?|un|una|uno|um|uma|une|ein\w*|bir|एक|sebuah)$")


def _is_points(folded: str, number: Number) -> bool:
    """Whether the word after the number says that it counts points."""
    return _POINTS.match(folded[number.end :]) is not None


def points(text: str, language: str) -> int | None:
    """How many points a cleaned message names; None for "all my points" and where no number stands by the word."""
    folded = fold(text)
    counted = [number.value for number in _numbers(text, language) if _is_points(folded, number)]
    return counted[0] if counted else None


def points_or_number(text: str, language: str) -> int | None:
    """As `points`, but where no word says so the only number that is no article counts too ("50 to Anna")."""
    counted = points(text, language)
    others = _counting(text, language)
    return counted if counted is not None or len(others) != 1 else others[0].value


def _counting(text: str, language: str) -> Sequence[Number]:
    """Numbers that are no article in disguise."""
    folded = fold(text)
    return [n for n in _numbers(text, language) if not _ARTICLES.match(folded[n.start : n.end])]


def _numbers(text: str, language: str) -> Sequence[Number]:
    """Numbers that are no part of somebody's code (D00021)."""
    folded = fold(text)
    return [n for n in numbers(text, language) if not _CODE_BEFORE.search(folded[: n.start])]


def quantity(text: str, language: str) -> int | None:
    """How many pieces a cleaned message wants: the number that does not count points."""
    folded = fold(text)
    pieces = [n.value for n in _counting(text, language) if not _is_points(folded, n)]
    return pieces[0] if pieces and not _BEFORE_POINTS.search(folded) else None
