"""Which bonus a part of a name means, in five languages, with typos and without accents."""

import pytest

from bot.understanding.slots.bonus import bonuses_meant, bonuses_whole
from core.kernel.words import CompanyText
from core.plan.reading import example
from core.plan.service import parsed

DEMO = {bonus.code: bonus.label for bonus in parsed(example("demo")).bonuses}
POOLS: dict[str, CompanyText] = DEMO | {
    "car": {"en": "Car pool", "es": "Fondo del coche", "de": "Autopool"},
    "twice": {"en": {"one": "Twin award", "other": "Twin awards"}},
}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("why didn't I get the pool?", ["pool"]),
        ("why no leadrship bonus", ["leadership"]),
        ("why wasn't I paid for the fast start", ["start"]),
        ("why didn't I get a match", ["match"]),
        ("por qué no me pagaron el fondo de lideres", ["pool"]),
        ("porque no cobre el de liderasgo", ["leadership"]),
        ("por que no me dieron el de equiparacion", ["match"]),
        ("por que no recibi el inicio rapido", ["start"]),
        ("warum habe ich den Leader-Pool nicht bekommen", ["pool"]),
        ("warum habe ich kein Matching bekommen", ["match"]),
        ("wieso kein fuhrungspol", ["pool"]),
        ("por que nao ganhei o de lideranca", ["leadership"]),
        ("por que não recebi a equiparação", ["match"]),
        ("pourquoi je n'ai pas eu le pool des leaders", ["pool"]),
        ("pourquoi pas de leadrship", ["leadership"]),
        ("why didn't I get the club", ["customer_club"]),
        ("why am I not gold", []),
        ("why is my level 2 not in the list", []),
        ("why didn't I get my order", []),
        ("por qué no me llegaron los clientes", []),
        ("why didn't I get the promotion", []),
    ],
)
def test_a_part_of_a_name_means_a_bonus_where_it_means_nothing_else(text: str, codes: list[str]) -> None:
    assert bonuses_meant(text, DEMO, of_bonuses=False, others=("Gold", "Oro")) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("why no bonus for levels", ["levels"]),
        ("warum kein Ebenebonus", ["levels"]),
        ("warum keine Aufstiegspramie", ["promotion"]),
        ("por que no el bono por referidos", ["referrals"]),
        ("pourquoi pas de prime de parainage", ["referrals"]),
        ("por que não o bônus de indicacao", ["referrals"]),
        ("why no twin awards", ["twice"]),
        ("why no bonus", []),
        ("why didn't I get the team bonus", []),
    ],
)
def test_beside_the_word_for_a_bonus_every_word_of_its_name_means_it(text: str, codes: list[str]) -> None:
    assert bonuses_meant(text, POOLS, of_bonuses=True) == codes


def test_what_may_mean_several_means_each_of_them() -> None:
    assert bonuses_meant("why didn't I get the pool", POOLS, of_bonuses=False) == ["pool", "car"]
    assert bonuses_meant("why didn't I get the car pool", POOLS, of_bonuses=False) == ["car"]
    assert bonuses_meant("por qué no cobré el fondo", POOLS, of_bonuses=False) == ["pool", "car"]


def test_a_whole_name_is_known_wherever_it_stands_and_the_longest_is_meant() -> None:
    assert bonuses_whole("why don't I get the level bonus", DEMO) == ["levels"]
    assert bonuses_whole("why is my level 2 not in the list", DEMO) == []
    labels: dict[str, CompanyText] = {"club": {"en": "Club"}, "customers": {"en": "Customer club"}}
    assert bonuses_whole("why not the customer club?", labels) == ["customers"]
