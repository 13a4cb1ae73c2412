"""Suppositions in five languages, and what is none."""

import pytest

from bot.understanding.lexicon import demo_lexicon
from bot.understanding.model import Intent
from bot.understanding.service import understand
from bot.understanding.slots.what_if import what_if
from bot.understanding.text import clean


@pytest.mark.parametrize(
    ("message", "who", "volume"),
    [
        ("what if Ana orders 200?", "Ana", 200),
        ("and what happens if Olivia Peterson buys for 1,500", "Olivia Peterson", 1500),
        ("what if I order 150 more?", "me", 150),
        ("if i myself ordered another 80", "me", 80),
        ("¿y si Ana pide 200?", "Ana", 200),
        ("que pasa si maría josé compra 1.500", "maría josé", 1500),
        ("¿y si pido 150 más?", "me", 150),
        ("¿y si yo pido 150 más?", "me", 150),
        ("was wäre, wenn Ana für 200 bestellt?", "Ana", 200),
        ("was wenn ana noch 200 bestellt", "ana", 200),
        ("und wenn ich selbst 150 mehr bestelle?", "me", 150),
        ("e se a Ana pedir 200?", "Ana", 200),
        ("e se eu pedir mais 150?", "me", 150),
        ("et si Ana commande 200 ?", "Ana", 200),
        ("et si moi je commande 150 de plus ?", "me", 150),
        ("et si j'achète pour 150 ?", "me", 150),
    ],
)
def test_supposition_names_who_orders_how_much(message: str, who: str, volume: int) -> None:
    assert what_if(clean(message)) == {"what_if": volume, "person": who}


@pytest.mark.parametrize(
    "message",
    [
        "what if Ana orders again?",
        "what if I quit",
        "si pido 0",
        "where is my order 200?",
        "¿dónde está mi pedido 200?",
        "wenn der Monat schließt",
        "e se eu não chegar a Diamante?",
        "s'il te plaît",
    ],
)
def test_other_messages_suppose_nothing(message: str) -> None:
    assert what_if(clean(message)) is None


def test_supposition_is_reported_as_progress_to_a_rank() -> None:
    read = understand("what if Ana orders 200?", prior_language="en", lexicon=demo_lexicon())
    assert read.intent is Intent.RANK_PROGRESS
    assert read.slots == {"what_if": 200, "person": "Ana"}
