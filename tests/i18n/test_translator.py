from decimal import Decimal

import pytest

from core.kernel.words import CompanyText
from i18n.languages import LANGUAGES, PLANNED
from i18n.places import FIRST_STRONG_ISOLATE, POP_ISOLATE
from i18n.translator import mark, mark_plural, translator

DIAMOND: CompanyText = {
    "en": {"one": "Diamond", "other": "Diamonds"},
    "es": {"one": "Diamante", "other": "Diamantes"},
    "pt": "Diamante (pt)",
    "ru": {"one": "Бриллиант", "few": "Бриллианта", "many": "Бриллиантов", "other": "Бриллианта"},
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["0 days", "1 day", "2 days", "5 days", "21 days"]),
        ("es", ["0 días", "1 día", "2 días", "5 días", "21 días"]),
        ("de", ["0 Tage", "1 Tag", "2 Tage", "5 Tage", "21 Tage"]),
        ("pt-BR", ["0 dia", "1 dia", "2 dias", "5 dias", "21 dias"]),
        ("fr", ["0 jour", "1 jour", "2 jours", "5 jours", "21 jours"]),
    ],
)
def test_a_count_takes_the_form_of_its_language(language: str, said: list[str]) -> None:
    tr = translator(language)
    assert [tr.days(n) for n in (0, 1, 2, 5, 21)] == said


def test_every_language_we_speak_has_sentences_for_all_its_plural_forms() -> None:
    for language in LANGUAGES:
        tr = translator(language)
        for n in (0, 1, 2, 5, 21):
            for text in (tr.days(n), tr.hours(n), tr.minutes(n)):
                assert text.startswith(f"{n} "), (language, text)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "1 minute"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3_600, "1 hour"),
        (7_300, "3 hours"),
        (86_400, "1 day"),
        (90_000, "2 days"),
    ],
)
def test_a_duration_is_rounded_up_to_its_largest_unit(seconds: int, said: str) -> None:
    assert translator("en").duration(seconds) == said


def test_places_take_numbers_in_the_readers_digits_and_texts_as_they_are() -> None:
    tr = translator("de")
    assert tr("{n} of {whole} for {rank}", n=5200, whole=Decimal("9000.5"), rank="Gold") == "5.200 of 9.000,5 for Gold"


def test_a_message_without_translation_is_said_in_english() -> None:
    assert translator("es")("This sentence is in no catalogue.") == "This sentence is in no catalogue."
    assert translator("es").plural("{n} gizmo", "{n} gizmos", 3) == "3 gizmos"


def test_a_name_that_runs_against_the_sentence_is_fenced() -> None:
    fenced = f"{FIRST_STRONG_ISOLATE}محمد{POP_ISOLATE}"
    assert translator("en")("{name} ordered.", name="محمد") == f"{fenced} ordered."
    assert translator("en")("{name} ordered.", name="Ana") == "Ana ordered."
    assert translator("ar")("{name}", name="محمد") == "محمد"
    assert translator("ar")("{name}", name="Ana") == f"{FIRST_STRONG_ISOLATE}Ana{POP_ISOLATE}"


@pytest.mark.parametrize(
    ("language", "count", "word"),
    [
        ("en", None, "Diamond"),
        ("en", 2, "Diamonds"),
        ("es", 1, "Diamante"),
        ("es", 0, "Diamantes"),
        ("pt-BR", 2, "Diamante (pt)"),  # a sister of the language
        ("ru", 3, "Бриллианта"),
        ("ru", 5, "Бриллиантов"),
        ("fr", None, "Diamond"),  # nothing nearer than English
    ],
)
def test_a_companys_word_is_said_in_the_nearest_language(language: str, count: int | None, word: str) -> None:
    assert translator(language).company(DIAMOND, count) == word


def test_a_companys_word_without_english_is_said_in_whatever_there_is() -> None:
    assert translator("fr").company({"ja": "ダイヤモンド"}) == "ダイヤモンド"
    assert translator("fr").company({}) == ""


def test_marked_constants_are_themselves() -> None:
    assert mark("Orders") == "Orders"
    assert mark_plural("{n} order", "{n} orders") == ("{n} order", "{n} orders")


def test_an_unknown_tag_is_spoken_to_in_english() -> None:
    assert translator("tlh").language == "en"


def test_only_arabic_runs_from_right_to_left() -> None:
    assert [language for language in (*LANGUAGES, *PLANNED) if translator(language).rtl] == ["ar"]


def test_list_joins_as_the_language_does() -> None:
    assert translator("es").list(["Ana", "Juan", "Li"]) == "Ana, Juan y Li"
    assert translator("de").list(["Ana", "Juan"], by="or") == "Ana oder Juan"
