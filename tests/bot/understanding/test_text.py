"""A message loses what typing added, and nothing else."""

import pytest

from bot.understanding.text import LONGEST, clean, fold, is_unspaced, without_article, words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  hola \n\t que tal ", "hola que tal"),
        ("or\u200bder \u202e123", "order 123"),
        ("\x00\x07hi", "hi"),
        ("ｏｒｄｅｒ　１２３", "order 123"),
        ("٨٨٤١٠", "88410"),
        ("८८४१०", "88410"),
        ("", ""),
    ],
)
def test_hidden_signs_and_foreign_digits_are_resolved(typed: str, read: str) -> None:
    assert clean(typed) == read


def test_only_the_beginning_of_a_very_long_message_is_read() -> None:
    assert len(clean("x" * 4096)) == LONGEST


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("ÉJECUTIVO", "ejecutivo"), ("Straße", "strasse"), ("İPTAL", "iptal"), ("çıkış", "cikis"), ("إلغاء", "الغاء")],
)
def test_case_and_accents_do_not_count(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_words_keep_what_holds_them_together() -> None:
    assert words("O'Brien's UP-2026-1, ok?") == ["O'Brien's", "UP-2026-1", "ok"]
    assert words("मेरा ऑर्डर") == ["मेरा", "ऑर्डर"]


def test_arabic_words_lose_article_and_preposition() -> None:
    assert without_article("للذهبي بالانجليزي") == "ذهبي انجليزي"


def test_scripts_without_spaces_are_known() -> None:
    assert is_unspaced("我的订单")
    assert not is_unspaced("mi pedido")
