"""The whole conversation in five languages, word for word as somebody read and approved it."""

import pytest

from i18n.languages import LANGUAGES
from tests.bot import points_talk
from tests.bot.conversation import FOLDER, QUESTIONS, held_in


def test_every_language_that_we_speak_is_tried() -> None:
    assert set(QUESTIONS) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_conversation_is_as_approved(language: str) -> None:
    """After a change of words: `python -m tests.bot.approve`, then read the difference."""
    assert await held_in(language) == (FOLDER / f"{language}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_conversation_about_points_is_as_approved(language: str) -> None:
    assert await points_talk.held_in(language) == points_talk.path_of(language).read_text(encoding="utf-8")
