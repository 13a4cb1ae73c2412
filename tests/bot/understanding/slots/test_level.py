"""Levels of a team, as numbers, ordinals and frontline."""

import pytest

from bot.understanding.slots.level import level
from bot.understanding.text import clean


@pytest.mark.parametrize(
    ("language", "message", "number"),
    [
        ("en", "show level 2", 2),
        ("en", "who is on my third level", 3),
        ("en", "2nd generation please", 2),
        ("en", "my frontline", 1),
        ("en", "first line", 1),
        ("en", "lvl 3", 3),
        ("en", "level five of my team", 5),
        ("en", "how many distributors on my 4th level", 4),
        ("en", "my team", None),
        ("en", "show me 10 people", None),
        ("es", "segundo nivel", 2),
        ("es", "3er nivel", 3),
        ("es", "2da linea", 2),
        ("es", "mis directos", 1),
        ("es", "quinta generación", 5),
        ("es", "mi red", None),
        ("de", "dritte ebene", 3),
        ("de", "2te linie", 2),
        ("de", "ebene zehn", 10),
        ("de", "5. generation", 5),
        ("de", "firstline", 1),
        ("de", "mein team", None),
        ("pt-BR", "nível 3", 3),
        ("pt-BR", "2a linha", 2),
        ("pt-BR", "meus diretos", 1),
        ("pt-BR", "terceira geração", 3),
        ("pt-BR", "minha equipe", None),
        ("fr", "deuxième niveau", 2),
        ("fr", "3e génération", 3),
        ("fr", "première ligne", 1),
        ("fr", "niveau sept", 7),
        ("fr", "mon réseau", None),
        ("ru", "второй уровень", 2),
        ("ar", "المستوى الثاني", 2),
        ("ar", "مستوى ٣", 3),
        ("zh-Hans", "第三层", 3),
        ("zh-Hans", "直推", 1),
        ("hi", "तीसरा लेवल दिखाओ", 3),
        ("id", "tingkat ketiga", 3),
        ("ja", "4レベル目は何人", 4),
        ("tr", "2. seviye", 2),
    ],
)
def test_level_is_read_from_number_ordinal_or_frontline(language: str, message: str, number: int | None) -> None:
    assert level(clean(message), language) == number
