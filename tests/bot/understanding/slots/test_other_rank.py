"""Ranks that the plan has not."""

import pytest

from bot.understanding.lexicon import demo_lexicon
from bot.understanding.slots.other_rank import other_rank


@pytest.mark.parametrize(
    ("language", "message", "named"),
    [
        ("en", "how far am I from Emerald?", "Emerald"),
        ("es", "¿cuánto me falta para Esmeralda?", "Esmeralda"),
        ("de", "wie weit bin ich von Smaragd weg?", "Smaragd"),
        ("fr", "je suis loin d'Émeraude ?", "Émeraude"),
        ("en", "from Emerald to Diamond", None),  # her plan has one of them: that is the one to talk about
        ("en", "how close am I to the next rank", None),
    ],
)
def test_a_rank_of_other_companies_is_told_as_typed(language: str, message: str, named: str | None) -> None:
    assert other_rank(message, language, demo_lexicon()) == named
