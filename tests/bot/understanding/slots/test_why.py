"""What asks for a reason, and which bonus is named."""

import pytest

from bot.understanding.slots import why
from core.kernel.words import CompanyText

LABELS: dict[str, CompanyText] = {
    "levels": {"en": "Level bonus", "de": "Ebenenbonus", "es": "Bono por niveles", "fr": "Bonus par niveaux"},
    "leaders": {"en": "Leadership bonus", "es": "Bono de liderazgo", "pt-BR": "Bônus de liderança"},
    "pool": {"en": "Leaders’ pool", "es": "Fondo de líderes", "de": "Führungspool"},
    "club": {"en": "Customer club", "de": "Kundenclub", "fr": "Club clients"},
    "twice": {"en": {"one": "Twin award", "other": "Twin awards"}},
}


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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("why was I not paid the customer club?", "club"),
        ("warum habe ich keinen Kundenclub bekommen", "club"),
        ("¿por qué no me pagaron el bono de liderazgo?", "leaders"),
        ("why no leadership this month", "leaders"),
        ("why nothing from the leaders' pool", "pool"),
        ("why no twin awards", "twice"),
        ("why didn't I get the team bonus", None),
        ("why no bonus", None),
    ],
)
def test_a_bonus_is_named_by_what_tells_it_from_others(text: str, code: str | None) -> None:
    assert why.bonus_named(text, LABELS) == code


def test_where_more_than_money_may_be_meant_the_whole_name_is_asked_for() -> None:
    assert why.bonus_named("why is my level 2 not in the list", LABELS, whole=True) is None
    assert why.bonus_named("why don't I get the level bonus", LABELS, whole=True) == "levels"


@pytest.mark.parametrize(("text", "is_money"), [("12 euros", True), ("7,68", True), ("$5", True), ("level 2", False)])
def test_money_is_known_by_its_currency_or_its_decimals(text: str, is_money: bool) -> None:
    assert why.speaks_of_money(text) is is_money
