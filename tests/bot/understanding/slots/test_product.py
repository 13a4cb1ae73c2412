"""What somebody wants for points: the name as typed, and the numbers beside it."""

from pathlib import Path

import pytest

from bot.understanding.examples import FOLDER, parse
from bot.understanding.lexicon import demo_lexicon
from bot.understanding.model import Intent
from bot.understanding.service import understand
from bot.understanding.slots.amounts import points_to_redeem, quantity
from bot.understanding.slots.product import product
from bot.understanding.slots.product_span import pieces, runs
from bot.understanding.text import clean

REDEEMING = sorted((Path(__file__).parents[1] / "redeeming").glob("*.txt"))
MISREAD_MAX = 2


@pytest.mark.parametrize("path", REDEEMING, ids=lambda path: path.stem)
def test_products_never_trained_on_are_found(path: Path) -> None:
    wrong = []
    for example in parse(path.read_text("utf-8").splitlines(), path.stem):
        read_as = understand(example.text, prior_language=example.language, lexicon=demo_lexicon())
        if (read_as.intent, dict(read_as.slots)) != (Intent.REDEEM, example.slots):
            wrong.append((example.text, read_as.intent, read_as.slots))
    assert len(wrong) <= MISREAD_MAX, wrong


@pytest.mark.parametrize("path", REDEEMING, ids=lambda path: path.stem)
def test_none_of_them_is_an_example(path: Path) -> None:
    texts = {example.text for example in parse((FOLDER / path.name).read_text("utf-8").splitlines(), path.stem)}
    assert texts.isdisjoint(example.text for example in parse(path.read_text("utf-8").splitlines(), path.stem))


@pytest.mark.parametrize(
    ("language", "message", "name"),
    [
        ("en", "Redeem the Garden Hose for 500 points", "Garden Hose"),
        ("fr", "échanger mes points contre l'huile d'argan", "huile d'argan"),
        ("es", "canjear omega 3 por mis puntos", "omega 3"),
        ("tr", "çantayı puanla al", "çanta"),
        ("ru", "обменять баллы на сумку", "сумка"),
        ("ar", "استبدل نقاطي بخلاط", "خلاط"),
        ("en", "redeem a gift with my points", None),
        ("de", "punkte einlösen", None),
    ],
)
def test_a_name_is_told_as_typed_without_article_and_ending(language: str, message: str, name: str | None) -> None:
    assert product(clean(message), language) == name


@pytest.mark.parametrize(
    ("message", "points", "pieces_wanted"),
    [
        ("redeem 2 blenders for 900 points", 900, 2),
        ("redeem 750", 750, None),
        ("the mixer for 1,200", 1200, None),
        ("redeem omega 3 with points", None, None),
        ("swap points 4 five blenders", None, 5),
    ],
)
def test_a_number_counts_points_or_pieces_by_where_it_stands(
    message: str, points: int | None, pieces_wanted: int | None
) -> None:
    assert (points_to_redeem(message, "en"), quantity(message, "en")) == (points, pieces_wanted)


def test_no_name_reaches_over_a_comma() -> None:
    said = pieces("mixer, please", "en")
    assert [piece.word for piece in said] == ["mixer", "please"]
    assert runs(said) == [(0, 1), (1, 2)]
