"""The language of a message, whatever the writer's own."""

import socket

import pytest

from bot.understanding.language import detect
from bot.understanding.text import clean


@pytest.mark.parametrize(
    ("message", "prior", "language"),
    [
        ("wie weit bin ich noch von diamant entfernt", "en", "de"),
        ("cuanto me falta para diamante", "en", "es"),
        ("quanto falta pra eu chegar no diamante", "es", "pt-BR"),
        ("il me manque quoi pour passer diamant", "en", "fr"),
        ("how close am i to diamond", "es", "en"),
        ("berapa lagi saya ke diamond", "en", "id"),
        ("elmasa ne kadar kaldı", "en", "tr"),
        ("сколько мне осталось", "en", "ru"),
        ("كم باقي لي", "en", "ar"),
        ("还差多少", "en", "zh-Hans"),
        ("あとどれくらい", "en", "ja"),
        ("कितना बाकी है", "en", "hi"),
        ("quanto manca per arrivare al prossimo livello questo mese", "en", "it"),
    ],
)
def test_a_sentence_is_in_its_own_language(message: str, prior: str, language: str) -> None:
    assert detect(clean(message), prior_language=prior) == language


@pytest.mark.parametrize(("message", "prior"), [("ok", "de"), ("12345", "tr"), ("", "fr"), ("总", "ja"), ("si", "es")])
def test_few_letters_leave_the_writers_own_language(message: str, prior: str) -> None:
    assert detect(clean(message), prior_language=prior) == prior


def test_telling_languages_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("nothing may be fetched at run time")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert detect("welche kunden haben diesen monat nicht bestellt", prior_language="en") == "de"
