"""Languages by their names in all of our languages."""

import pytest

from bot.understanding.slots.language_name import language_name
from bot.understanding.text import clean


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("english please", "en"),
        ("can you speak german", "de"),
        ("why is this in german, i want english", "en"),
        ("i dont speak english", None),
        ("change language", None),
        ("do you speak italian", "it"),
        ("brazilian portuguese", "pt-BR"),
        ("switch to chinese", "zh-Hans"),
        ("traditional chinese", "zh-Hant"),
        ("en español por favor", "es"),
        ("no hablo ingles, español", "es"),
        ("hablas aleman", "de"),
        ("catalan", "ca"),
        ("en vez de ingles frances", "fr"),
        ("auf deutsch bitte", "de"),
        ("duetsch bitte", "de"),
        ("ich kann kein englisch, bitte deutsch", "de"),
        ("auf türkisch umstellen", "tr"),
        ("ukrainisch möglich", "uk"),
        ("em inglês por favor", "en"),
        ("passa pra portugues do brasil", "pt-BR"),
        ("não falo inglês, português", "pt-BR"),
        ("en français svp", "fr"),
        ("je parle pas anglais, français", "fr"),
        ("vous avez le polonais ?", "pl"),
        ("на английском пожалуйста", "en"),
        ("говори по-русски", "ru"),
        ("بالانجليزي لو سمحت", "en"),
        ("حول للتركي", "tr"),
        ("用英文", "en"),
        ("我看不懂英文", None),
        ("अंग्रेजी में", "en"),
        ("bahasa inggris", "en"),
        ("ganti bahasa", None),
        ("ga ngerti bahasa inggris", None),
        ("英語で", "en"),
        ("英語わからない", None),
        ("ispanyolcaya geç", "es"),
        ("ingilizce anlamıyorum", None),
    ],
)
def test_the_wanted_language_is_told_from_the_unwanted(message: str, code: str | None) -> None:
    assert language_name(clean(message)) == code
