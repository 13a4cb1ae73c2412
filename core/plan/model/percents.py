"""Percentages: decimals, or fractions where no decimals say them exactly, such as a third."""

from decimal import Decimal
from fractions import Fraction

Percent = Decimal | Fraction


def percent_of(exact: Fraction) -> Percent:
    """A percentage as decimals where these end, else as the fraction that it is.

    | exact | percentage       |
    | ----- | ---------------- |
    | 25/2  | `Decimal` 12.5   |
    | 100/3 | `Fraction` 100/3 |
    """
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return exact if rest > 1 else Decimal(exact.numerator) / Decimal(exact.denominator)


def number_text(percent: Percent) -> str:
    """As a plan writes it before the sign: `12.5`, or what is whole and the fraction beside it: `33 1/3`, `1/7`."""
    if isinstance(percent, Decimal):
        return f"{percent:f}"
    whole, rest = divmod(percent.numerator, percent.denominator)
    return f"{whole} {rest}/{percent.denominator}" if whole else f"{rest}/{percent.denominator}"


def percent_text(percent: Percent) -> str:
    """As a plan writes it: `12.5 %`, `33 1/3 %`."""
    return f"{number_text(percent)} %"
