"""What asks for a reason, and which bonus is named."""

import pytest

from bot.understanding.slots import why


@pytest.mark.parametrize(
    "text",
    [
        "why didn't I get the team bonus",
        "Why was I not paid?",
        "por qué no me pagaron el bono de liderazgo",
        "Warum habe ich keinen Kundenclub bekommen?",
        "por que não me pagaram o bônus de equipe",
        "pourquoi je n'ai pas eu la prime de promotion",
        "wieso bekomme ich nichts",
    ],
)
def test_a_lack_is_asked_for(text: str) -> None:
    assert why.asks_why(text) and why.asks_why_not(text)


@pytest.mark.parametrize(
    "text",
    ["why did I get 10 euros", "por qué me pagaron 7,68", "warum habe ich 12 Euro bekommen", "pourquoi 15 euros ?"],
)
def test_an_amount_is_no_lack(text: str) -> None:
    assert why.asks_why(text) and not why.asks_why_not(text) and why.speaks_of_money(f"{text} €")


@pytest.mark.parametrize(
    "text", ["not today", "no me escribas", "nicht mehr", "pas maintenant", "when do I get my money?"]
)
def test_what_asks_for_no_reason_is_left_alone(text: str) -> None:
    assert not why.asks_why(text) and not why.asks_why_not(text) and not why.asks_why_not_more(text)


@pytest.mark.parametrize(
    "text",
    [
        "why not more?", "Why don't I get more?", "¿Por qué no más?", "por qué no gano más", "Warum nicht mehr?",
        "warum bekomme ich nicht mehr?", "Por que não mais?", "por que não ganho mais?", "Pourquoi pas plus ?",
        "why not?", "¿por qué no?", "Warum nicht?", "por que não", "Pourquoi pas ?",
    ],
)  # fmt: skip
def test_the_buttons_own_words_are_known(text: str) -> None:
    assert why.asks_why_not_more(text)


@pytest.mark.parametrize("text", ["why?", "¿Y por qué?", "Warum?", "wieso", "por quê?", "Pourquoi ?"])
def test_the_bare_word_asks_nothing_else(text: str) -> None:
    assert why.asks_nothing_but_why(text) and not why.asks_why_not_more(text)
    assert not why.asks_nothing_but_why(f"{text} 12 euros")


@pytest.mark.parametrize(("text", "is_money"), [("12 euros", True), ("7,68", True), ("$5", True), ("level 2", False)])
def test_money_is_known_by_its_currency_or_its_decimals(text: str, is_money: bool) -> None:
    assert why.speaks_of_money(text) is is_money


def test_what_should_have_come_to_her_is_told_from_what_is_not_so() -> None:
    for text in (
        "why didn't I get the pool",
        "no cobré el fondo",
        "ich habe keinen bekommen",
        "não caiu",
        "je n'ai pas reçu",
    ):
        assert why.speaks_of_getting(text), text
    for text in ("why is Ana not in my team", "warum ist sie nicht aktiv", "pourquoi elle n'est pas là"):
        assert not why.speaks_of_getting(text), text
