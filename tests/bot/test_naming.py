"""Which products a message names, with slips of the finger and other endings."""

import pytest

from bot.naming import alike, is_bare, mentioned
from core.kernel.words import CompanyText
from core.points.model import Redeemable

NAMES: dict[str, CompanyText] = {
    "BL-100": {"en": "Blender", "es": "Licuadora", "zh-Hans": "搅拌机"},
    "VI-610": {"en": "Vitamin D, 90 capsules", "es": "Vitamina D, 90 cápsulas"},
    "VI-630": {"en": "Vitamin C, 60 capsules", "es": "Vitamina C, 60 cápsulas"},
    "CR-410": {"en": {"one": "Day cream", "other": "Day creams"}, "es": "Crema de día"},
    "CR-420": {"en": "Night cream", "es": "Crema de noche"},
}
ALL = [Redeemable(sku=sku, product=name, points=1, affordable=True, missing=0) for sku, name in NAMES.items()]


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("quiero dos licuadoras con mis puntos", ["BL-100"]),
        ("get me 2 vitamin d for points", ["VI-610"]),
        ("kiero la vitamina C porfa", ["VI-630"]),
        ("redeem 100 of BL-100", ["BL-100"]),
        ("canjear una crema", ["CR-410", "CR-420"]),
        ("two day creams", ["CR-410"]),
        ("我想用积分换搅拌机", ["BL-100"]),
        ("redeem my points", []),
        ("de la noche", ["CR-420"]),
        ("d c 90", []),
        ("", []),
    ],
)
def test_products_are_named_by_most_of_their_words(text: str, skus: list[str]) -> None:
    assert [one.sku for one in mentioned(text, ALL)] == skus


@pytest.mark.parametrize(
    ("name", "skus"),
    [
        ("crema de día", ["CR-410"]),
        ("VITAMINA c", ["VI-630"]),
        ("crema", ["BL-100", "VI-610", "VI-630", "CR-410", "CR-420"]),
        ("?", ["BL-100", "VI-610", "VI-630", "CR-410", "CR-420"]),
    ],
)
def test_of_what_was_found_the_one_that_is_called_so_counts(name: str, skus: list[str]) -> None:
    assert [one.sku for one in alike(name, ALL)] == skus


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("blender", True),
        ("the blendr!", True),
        ("una licuadora", True),
        ("BL-100", True),
        ("is the blender safe?", False),
        ("my blender broke", False),
        ("搅拌机", True),
    ],
)
def test_a_name_alone_is_told_from_a_question_about_it(text: str, bare: bool) -> None:
    assert is_bare(text, ALL[0]) is bare
