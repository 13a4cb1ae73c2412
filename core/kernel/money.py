"""Money as whole minor units of a currency, and the one place where anything is rounded."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from babel.numbers import get_currency_precision

Exact = Decimal | Fraction | int
NO_MONEY = frozenset({"XTS", "XXX"})
"""Codes of ISO 4217 that stand for no currency: one to test with, and that of what has none."""


def round_half_up(value: Exact) -> int:
    """The nearest whole number; a half goes away from zero.

    Every rounding of money or volume in the product goes through here.

    | value | result |
    | ----- | ------ |
    | 2.5   | 3      |
    | -2.5  | -3     |
    | 2.4999 | 2     |
    """
    exact = Fraction(value)
    doubled = 2 * abs(exact.numerator) + exact.denominator
    whole = doubled // (2 * exact.denominator)
    return whole if exact >= 0 else -whole


@cache
def minor_digits(currency: str) -> int:
    """How many decimals the currency's minor unit has: 2 for EUR, 0 for JPY, 3 for KWD (CLDR)."""
    return int(get_currency_precision(currency))


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole minor units of one currency; amounts of two currencies never add."""

    amount_minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        assert self.currency == other.currency, "amounts of two currencies must be converted before they are added"
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount_minor, self.currency)


def minor_units(amount: Exact, currency: str) -> int:
    """`amount` in major units as whole minor units, rounded once."""
    return round_half_up(Fraction(amount) * 10 ** minor_digits(currency))


def amount_text(amount_minor: int, currency: str) -> str:
    """An amount as a refusal's facts tell it, in major units with its currency: `12.50 EUR`."""
    return f"{Decimal(amount_minor).scaleb(-minor_digits(currency)):f} {currency}"


def line_amount_minor(unit_price: Decimal, quantity: int, currency: str) -> int:
    """What an order line costs: the exact unit price (up to six decimals) times quantity, rounded once.

    Returns:
        Minor units of `currency`; 3 x 0.085 GBP is 26 pence (0.255), not 27 (3 x 0.09).
    """
    return minor_units(Fraction(unit_price) * quantity, currency)
