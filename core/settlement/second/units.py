"""What is paid, and how finely."""

from babel.numbers import get_currency_precision

CURRENCY = 3
"""So many letters have the codes of currencies; what else is paid is longer."""


def digits(unit: str) -> int:
    """How many decimals the minor unit of a currency has; points, prizes and badges are whole."""
    return int(get_currency_precision(unit)) if len(unit) == CURRENCY else 0
