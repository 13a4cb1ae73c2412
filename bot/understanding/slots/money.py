"""An amount of money as typed: 20, 12.50, 12,50 €, 1.500,00."""

import re
from decimal import Decimal

from bot.understanding.text import clean

_AMOUNT = re.compile(r"(?<![\w.,])(?P<whole>[1-9]\d{0,2}(?:[.,'’ ]\d{3})+|\d+)(?:[.,](?P<part>\d{1,2}))?(?![\d.,]*\d)")


def money_amount(text: str, digits: int) -> int | None:
    """The one amount that a message names, in minor units; None for none, several, or one that no coins pay.

    Args:
        digits: decimals of the currency.
    """
    found = list(_AMOUNT.finditer(clean(text)))
    if len(found) != 1:
        return None
    whole = re.sub(r"\D", "", found[0]["whole"])
    exact = Decimal(f"{whole}.{found[0]['part'] or 0}").scaleb(digits)
    return int(exact) if exact == exact.to_integral_value() else None
