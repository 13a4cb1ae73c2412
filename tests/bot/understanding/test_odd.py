"""Amounts that nothing can be done with."""

import pytest

from bot.understanding.slots.odd import Odd, odd_amount


@pytest.mark.parametrize(
    ("text", "language", "odd"),
    [
        ("canjear 1.500 puntos por la licuadora", "es", None),
        ("redeem 1,500 points", "en", None),
        ("redeem 1,00,000 points", "en", None),
        ("1.5k points please", "en", None),
        ("1,5 mil puntos", "es", None),
        ("por lo menos 5 puntos", "es", None),
        ("au moins 5 points", "fr", None),
        ("vitamin d3-50", "en", None),
        ("blender - 500 points", "en", None),
        ("redeem १५०० points", "hi", None),
        ("redeem my points", "en", None),
        ("bis 3.12.2026", "de", None),
        ("redeem 1.5 points", "en", Odd.FRACTION),
        ("canjear 1.500,50 puntos", "es", Odd.FRACTION),
        ("2,5 Punkte einlösen", "de", Odd.FRACTION),
        ("½ point", "fr", Odd.FRACTION),
        ("redeem -5 points", "en", Odd.NEGATIVE),
        ("−٥ نقطة", "ar", Odd.NEGATIVE),
        ("canjear menos 20 puntos", "es", Odd.NEGATIVE),
        ("redeem 0 points", "en", Odd.ZERO),
        ("0 puntos", "es", Odd.ZERO),
        ("0 points for 2 blenders", "en", None),
        ("redeem 99999999999999999999 points", "en", Odd.ENORMOUS),
    ],
)
def test_what_is_wrong_with_an_amount(text: str, language: str, odd: Odd | None) -> None:
    assert odd_amount(text, language) is odd
