"""Numbers as texts, one at a time; `texts` has the same for columns."""

from decimal import Decimal
from fractions import Fraction

RATE_DECIMALS = 6
DECIMALS_MAX = 20


def decimal_text(units: int, decimals: int, *, trimmed: bool = False) -> str:
    """Whole units at so many decimals with a point: 1250 at 2 is 12.50, and 12.5 when trimmed."""
    text = f"{Decimal(units).scaleb(-decimals):f}"
    return text.rstrip("0").rstrip(".") if trimmed and "." in text else text


def exact_text(value: Fraction) -> str:
    """A number as a decimal where it is one, else as a fraction: `2.5`, `1/3`."""
    for decimals in range(DECIMALS_MAX):
        scaled = value * 10**decimals
        if scaled.denominator == 1:
            return decimal_text(int(scaled), decimals)
    return f"{value.numerator}/{value.denominator}"


def rate_text(rate: Fraction) -> str:
    """A percentage as the plan writes it: 5 for 5 %; one that never ends is cut to six decimals."""
    text = exact_text(rate)
    return text if "/" not in text else decimal_text(int(rate * 10**RATE_DECIMALS), RATE_DECIMALS, trimmed=True)
