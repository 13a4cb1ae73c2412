"""A company's word for points, whole messages typed in a hurry, and the amounts that are no number."""

from pathlib import Path

import pytest

from bot.understanding.examples import parse
from bot.understanding.lexicon import demo_lexicon
from bot.understanding.model import Lexicon
from bot.understanding.points_word import in_common_words
from bot.understanding.service import understand
from bot.understanding.slots.german_numbers import german_number
from bot.understanding.slots.money import money_amount
from bot.understanding.slots.numbers import numbers
from bot.understanding.slots.route import Wish, wish
from bot.understanding.slots.share import Share, share
from core.points.model import Purse

HURRIED = sorted((Path(__file__).parent / "hurried").glob("*.txt"))
STARS = Lexicon(ranks={"star": {"en": ["Star Director"]}}, points=demo_lexicon().points)
MILES = Lexicon(ranks={}, points={"en": ["mile", "miles"], "es": ["milla", "millas"]})


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("how many stars do I have", "how many points do I have"),
        ("dale 200 ESTRELLAS a Estrella", "dale 200 puntos a Estrella"),
        ("gib Frau Stern 200 sterne", "gib Frau Stern 200 Punkte"),
        ("mein Sternestand", "mein Punktestand"),
        ("1 Stern in Guthaben", "1 Punkt in Guthaben"),
        ("combien d'étoiles j'ai", "combien d'points j'ai"),
        ("mis estrelals", "mis puntos"),
        ("сколько у меня звездами", "сколько у меня баллов"),
        ("كم نجومي", "كم نقاط"),
        ("我有多少星星", "我有多少积分"),
        ("スターターキットとスター", "スターターキットとポイント"),
        ("kaç yıldızım var", "kaç puanim var"),
        ("Yıldız'a 200 yıldız", "Yıldız'a 200 puan"),
        ("the star mug for 500 stars please", "the star mug for 500 points please"),
        ("how close am I to Star Director", "how close am I to Star Director"),
        ("how many miles", "how many miles"),
    ],
)
def test_the_company_s_word_is_read_as_points_and_names_stay_names(typed: str, read_as: str) -> None:
    assert in_common_words(typed, STARS).text == read_as


def test_another_company_has_another_word() -> None:
    assert in_common_words("500 millas y 2 estrellas", MILES).text == "500 puntos y 2 estrellas"
    assert in_common_words("500 estrellas", Lexicon(ranks={})).text == "500 estrellas"


def test_a_product_that_is_called_like_the_points_is_told_as_typed() -> None:
    said = in_common_words("star mug", STARS)
    assert said.restored({"product": said.text, "points": 5}) == {"product": "star mug", "points": 5}


@pytest.mark.parametrize("path", HURRIED, ids=lambda path: path.stem)
def test_messages_typed_in_a_hurry_are_read_rightly(path: Path) -> None:
    examples = list(parse(path.read_text("utf-8").splitlines(), path.stem))
    wrong = [
        example.text
        for example in examples
        if (read := understand(example.text, prior_language=example.language, lexicon=demo_lexicon())).intent
        is not example.intent
        or str(sorted(read.slots.items())).casefold() != str(sorted(example.slots.items())).casefold()
    ]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("convert 500 points to credit", Wish(Purse.POINTS, Purse.CREDIT)),
        ("quiero crédito por 1.500 puntos", Wish(Purse.POINTS, Purse.CREDIT)),
        ("Punkte in Provision umwandeln", Wish(Purse.POINTS, Purse.COMMISSIONS)),
        ("cash out 2,000 points", Wish(Purse.POINTS, None, cash=True)),
        ("convertir puntos", Wish(Purse.POINTS, None)),
        ("change my commissions to points", Wish(Purse.COMMISSIONS, Purse.POINTS)),
        ("trocar crédito por pontos", Wish(Purse.CREDIT, Purse.POINTS)),
        ("acheter 100 points avec mon crédit", Wish(Purse.CREDIT, Purse.POINTS)),
        ("Guthaben in Punkte", Wish(Purse.CREDIT, Purse.POINTS)),
        ("convert my credit to euros", Wish(Purse.CREDIT, Purse.CREDIT, currency="EUR")),
        ("pasar mi saldo a dólares", Wish(Purse.CREDIT, Purse.CREDIT, currency="USD")),
    ],
)
def test_from_what_into_what(text: str, target: Wish) -> None:
    assert wish(text) == target


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("all my points", Share.ALL),
        ("todas mis estrellas", Share.ALL),
        ("die Hälfte", Share.HALF),
        ("la moitié de mes points", Share.HALF),
        ("全部", Share.ALL),
        ("500 points", None),
        ("give Max points", None),
    ],
)
def test_everything_and_half_are_amounts(text: str, part: Share | None) -> None:
    assert share(text) is part


@pytest.mark.parametrize(
    ("text", "minor"),
    [("20", 2000), ("12,50 €", 1250), ("1.500,00", 150000), ("1,500", 150000), ("0.005", None), ("5 o 6", None)],
)
def test_money_is_read_in_any_form(text: str, minor: int | None) -> None:
    assert money_amount(text, 2) == minor


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1.5k", "en", 1500),
        ("1,5 mil puntos", "es", 1500),
        ("2,25k", "de", 2250),
        ("mil quinientos", "es", 1500),
        ("fünfzehnhundert Punkte", "de", 1500),
        ("zweihundertfünfzig", "de", 250),
    ],
)
def test_thousands_with_a_fraction_and_german_compounds_are_numbers(text: str, language: str, value: int) -> None:
    assert [number.value for number in numbers(text, language)] == [value]


def test_a_word_that_only_begins_like_a_number_is_none() -> None:
    assert [german_number(word) for word in ("hundertprozentig", "dreiundzwanzigtausend", "elfenbein")] == [
        None,
        23000,
        None,
    ]
