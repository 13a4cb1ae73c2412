"""Whole numbers in digits of any script and in words."""

import pytest

from bot.understanding.slots.amounts import points, points_or_number, quantity
from bot.understanding.slots.numbers import numbers
from bot.understanding.text import clean


@pytest.mark.parametrize(
    ("language", "message", "values"),
    [
        ("en", "1,500 points", [1500]),
        ("en", "2k", [2000]),
        ("en", "fifty", [50]),
        ("en", "two hundred and fifty thousand", [250000]),
        ("en", "three mugs for 300", [3, 300]),
        ("es", "1.500 puntos", [1500]),
        ("es", "3 mil", [3000]),
        ("es", "mil quinientos", [1500]),
        ("es", "treinta y cinco", [35]),
        ("de", "2.000", [2000]),
        ("de", "zweihundert", [200]),
        ("de", "5 tausend", [5000]),
        ("pt-BR", "dois mil", [2000]),
        ("pt-BR", "2 mil", [2000]),
        ("fr", "1 500", [1500]),
        ("fr", "deux cents", [200]),
        ("ru", "две тысячи", [2000]),
        ("ru", "2 тыс", [2000]),
        ("ar", "٥٠٠", [500]),
        ("zh-Hans", "两千", [2000]),
        ("zh-Hans", "三百五十", [350]),
        ("zh-Hans", "一万二千", [12000]),
        ("hi", "५००", [500]),
        ("hi", "पांच सौ", [500]),
        ("hi", "1,00,000", [100000]),
        ("id", "2 ribu", [2000]),
        ("tr", "iki bin", [2000]),
        ("en", "none at all", []),
    ],
)
def test_number_is_one_value_however_it_is_written(language: str, message: str, values: list[int]) -> None:
    assert [number.value for number in numbers(clean(message), language)] == values


@pytest.mark.parametrize(
    ("language", "message", "asked", "pieces"),
    [
        ("en", "redeem 1,500 points for a bag", 1500, None),
        ("en", "2 mugs with my points", None, 2),
        ("en", "claim 3 towels for 300 points", 300, 3),
        ("es", "canjea 500 puntos", 500, None),
        ("es", "quiero una crema con puntos", None, None),
        ("de", "fünf riegel mit punkten", None, 5),
        ("zh-Hans", "用两千积分换保温杯", 2000, None),
        ("en", "all my points", None, None),
    ],
)
def test_points_are_told_from_pieces(language: str, message: str, asked: int | None, pieces: int | None) -> None:
    assert points(clean(message), language) == asked
    assert quantity(clean(message), language) == pieces


def test_a_lone_number_counts_points_where_nothing_else_is_counted() -> None:
    assert points_or_number("send 50 to anna", "en") == 50
    assert points_or_number("send a few to anna", "en") is None
