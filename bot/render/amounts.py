"""Amounts of whatever can be converted, and the round numbers that one taps instead of typing."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from bot.render.common import points_of
from core.kernel.money import minor_digits
from core.kernel.words import CompanyText
from core.points.model import Purse
from i18n.translator import Translator

POINTS = "points"
ROUND = [digit * 10**power for power in range(12) for digit in (1, 2, 5)]
RATE_DIGITS = 6
"""More decimals of a rate tell nobody anything."""


def worth(value: int, unit: str, name: CompanyText, tr: Translator) -> str:
    """So many points by the company's word, or so much money; `value` in minor units of it."""
    return points_of(value, name, tr) if unit == POINTS else tr.money(value, unit)


def exact_money(value: Fraction, currency: str, tr: Translator) -> str:
    """Money that may be a part of its smallest coin, such as what one point is worth."""
    minor = value * 10 ** minor_digits(currency)
    if minor.denominator == 1:
        return tr.money(minor.numerator, currency)
    digits = Decimal(value.numerator) / Decimal(value.denominator)
    return tr.unit_price(Decimal(f"{digits:.{RATE_DIGITS}f}"), currency)


def purse(which: Purse, name: CompanyText, tr: Translator) -> str:
    """Where value lies, as a label."""
    if which is Purse.POINTS:
        word = tr.company(name, 2)
        return word[:1].upper() + word[1:]
    return tr("Credit") if which is Purse.CREDIT else tr("Commissions")


def round_numbers(least: int, most: int, count: int) -> Sequence[int]:
    """The largest round numbers within the limits, at most so many, the smallest first.

    | least | most | three of them   |
    | ----- | ---- | --------------- |
    | 100   | 1250 | 200, 500, 1000  |
    | 1     | 10   | 1, 2, 5         |
    | 50    | 40   |                 |
    """
    return [value for value in ROUND if least <= value < most][-count:]
