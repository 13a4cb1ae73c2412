"""Counts as the command line says them."""

import pytest

from core.kernel.english import counted


@pytest.mark.parametrize(
    ("number", "words", "told"),
    [(1, ("payment",), "1 payment"), (1200, ("payment",), "1,200 payments"), (0, ("person", "people"), "0 people")],
)
def test_a_count_has_its_word_in_the_right_form(number: int, words: tuple[str, ...], told: str) -> None:
    assert counted(number, *words) == told
