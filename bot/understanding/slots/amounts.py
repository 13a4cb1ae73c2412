"""How many points, and how many of a product."""

import re
from collections.abc import Sequence

from bot.understanding.slots.numbers import Number, numbers
from bot.understanding.slots.product import Place, product_place
from bot.understanding.text import fold, is_unspaced

_POINTS = re.compile(
    r"[\s\-]*(?:of (?:my )?|de (?:mis |meus |mes )?|von meinen )?"
    r"(?:points?|pts?|pkt\w*|pontos?|puntos?|punkt\w*|бал\w*|نقط\w*|نقاط\w*|积分|पॉइंट\w*|प्वाइंट\w*|अंक|poin\w*|ポイント|puan\w*|loyalty|treue|bonus)"
)
_BEFORE_POINTS = re.compile(r"(?:积分|ポイント)\s*$")
_CODE_BEFORE = re.compile(r"[a-z]$")
_ARTICLES = re.compile(r"^(?:an?|un|una|uno|um|uma|une|ein\w*|bir|एक|sebuah)$")
_NO_NUMBER = re.compile(r"4 (?:my|the|a|an|some)\b|दो\W*$")
"""A hurried "for", and at the end of a Hindi wish the word for "give"."""
_FEW, _MANY = 10, 50
"""Nobody redeems less than ten points, nor wants fifty of one thing unless the number stands right in front of it."""


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
    return [
        n
        for n in _numbers(text, language)
        if not _ARTICLES.match(folded[n.start : n.end]) and not _NO_NUMBER.match(folded[n.start :])
    ]


def _numbers(text: str, language: str) -> Sequence[Number]:
    """Numbers that are no part of somebody's code (D00021)."""
    folded = fold(text)
    return [n for n in numbers(text, language) if not _CODE_BEFORE.search(folded[: n.start])]


def points_to_redeem(text: str, language: str) -> int | None:
    """As `points`, but a number that counts no pieces is an amount of points too ("redeem 750", "the mug for 500")."""
    counted = points(text, language)
    if counted is not None:
        return counted
    place = product_place(text, language)
    others = [n for n in _loose(text, language) if not _counts_pieces(text, n, place)]
    return others[0].value if len(others) == 1 and not is_unspaced(text) else None


def quantity(text: str, language: str) -> int | None:
    """How many pieces a cleaned message wants: the number that does not count points."""
    place = product_place(text, language)
    counting = [n for n in _loose(text, language) if is_unspaced(text) or _counts_pieces(text, n, place)]
    nearest = sorted(counting, key=lambda number: not _is_in_front(text, number, place))
    return nearest[0].value if nearest and not _BEFORE_POINTS.search(fold(text)) else None


def _loose(text: str, language: str) -> Sequence[Number]:
    """Numbers that count no points and are no part of a product's name (omega 3)."""
    folded = fold(text)
    start, end = product_place(text, language) or (0, 0)
    return [n for n in _counting(text, language) if not _is_points(folded, n) and not start < n.end <= end]


def _counts_pieces(text: str, number: Number, place: Place | None) -> bool:
    """Whether a number is one of products: it is small, or right in front of the name."""
    few = _FEW if place is None else _MANY
    return number.value < few or _is_in_front(text, number, place)


def _is_in_front(text: str, number: Number, place: Place | None) -> bool:
    return place is not None and fold(text)[number.end : place[0]].isspace()
