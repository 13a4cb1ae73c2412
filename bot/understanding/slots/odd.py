"""Amounts that nothing can be done with: below zero, zero, with a fraction, beyond all measure."""

import re
from enum import StrEnum

from bot.understanding.slots.numbers import numbers
from bot.understanding.text import clean, fold

LARGEST = 10**12
"""Nobody has more points, nor any money that is counted here."""

_AT_LEAST = r"(?<!\bal )(?<!\blo )(?<!\bao )(?<!\bau )(?<!pelo )"
_MINUS = re.compile(rf"(?:^|\s)[-−–]\d|{_AT_LEAST}\b(?:minus|menos|moins|минус|ناقص|माइनस|eksi)\s?\d|(?:マイナス|负)\d")
_FRACTION = re.compile(
    r"(?<![\w.,])(?:\d[\d.,]*[.,]\d{1,2}|\d+[.,]\d{4,})(?!\d)(?![.,]\d)"
    r"(?!\s?(?:k|mil|mila|tsd|tausend|thousand|mille|тыс)\b)"
    r"|\d⁄\d"
)


class Odd(StrEnum):
    """Why an amount cannot be."""

    NEGATIVE = "negative"
    ZERO = "zero"
    FRACTION = "fraction"
    ENORMOUS = "enormous"


def odd_amount(text: str, language: str) -> Odd | None:
    """What is wrong with the amount that a message names; None for a good one, and for none.

    | message           | odd      |
    | ----------------- | -------- |
    | 1.500 puntos      |          |
    | 1.5 puntos        | fraction |
    | 1.5k points       |          |
    | -5 points         | negative |
    | al menos 5 puntos |          |
    | 0 points          | zero     |

    Args:
        text: as typed, in digits of any script.
        language: BCP 47 code of the message's language.
    """
    folded = fold(clean(text))
    if _MINUS.search(folded):
        return Odd.NEGATIVE
    if _FRACTION.search(folded):
        return Odd.FRACTION
    values = [number.value for number in numbers(folded, language)]
    if any(value > LARGEST for value in values):
        return Odd.ENORMOUS
    return Odd.ZERO if values and not any(values) else None
