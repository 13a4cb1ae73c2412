"""Lists of people: what one line says of a person, and in which order they stand."""

from typing import Any

import pytest

from bot.render import line as render
from bot.render import person as card
from bot.render.line import Which
from core.kernel.words import CompanyText
from core.line.model import Sort
from core.people.model import LinePerson
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.support.story import LINE, SCALE, customer, volume

EN = translator("en")
INACTIVE = Which("t", "c", "i", 1)


def ordered(**figures: Any) -> LinePerson:
    """Bea, who has ordered in this cycle, but too little."""
    return customer(3, "Bea", usual=80).model_copy(update={"own_volume": volume(36), **figures})


def head(which: Which, sort: Sort, found: list[LinePerson]) -> list[str]:
    """The list's title, and what follows it up to the first person."""
    text = render.people(which, found, EN, page=0, more=False, scale=SCALE, sort=sort).text
    return text.partition("\n\n")[0].split("\n")[1:]


def test_who_ordered_too_little_to_be_active_is_told_so() -> None:
    assert render.line(ordered(), EN, SCALE) == "▫️ Bea: 36 in volume this cycle, not active yet (usually 80)"
    assert render.line(ordered(usual_order=None), EN, SCALE) == "▫️ Bea: 36 in volume this cycle, not active yet"


def test_a_return_is_no_step_towards_being_active() -> None:
    assert "last order" in render.line(ordered(own_volume=volume(-10)), EN, SCALE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_every_language(language: str) -> None:
    tr = translator(language)
    told = render.line(ordered(), tr, SCALE)
    assert "36" in told
    assert "80" in told
    assert language == "en" or "not active" not in told


def test_an_order_that_is_not_by_name_is_said_in_the_head() -> None:
    assert head(INACTIVE, Sort.USUAL_ORDER, LINE[1:4]) == ["Largest usual orders first"]
    assert head(Which("t", "a", "a", 0), Sort.LEVEL, LINE) == ["Level by level, in the order they joined"]
    assert head(Which("t", "a", "a", 2), Sort.LEVEL, LINE[-1:]) == ["In the order they joined"]


def test_a_list_by_name_needs_no_word_about_it() -> None:
    assert head(Which("t", "c", "a", 1), Sort.NAME, LINE[:3]) == []


def test_people_whose_orders_are_hidden_stand_by_name() -> None:
    hidden = [person.model_copy(update={"usual_order": None, "orders_shown": False}) for person in LINE[1:3]]
    assert head(INACTIVE, Sort.USUAL_ORDER, hidden) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_grace_and_honour_stand_on_a_persons_card(language: str) -> None:
    tr = translator(language)
    names: dict[str, CompanyText] = {"gold": {"en": "Gold"}, "silver": {"en": "Silver"}}
    found = LINE[0].model_copy(update={"paid_rank": "silver", "by_grace": True, "honorary_rank": "gold"})
    told = card.person(found, names, tr, scale=SCALE, came_from=("x", "0")).text
    assert "Silver" in told
    assert tr("{rank}, kept by grace", rank="").strip(" ,") in told
    assert tr("{told} (honorary rank: {rank})", told="", rank="Gold").strip() in told
    bare = card.person(found.model_copy(update={"paid_rank": None}), names, tr, scale=SCALE, came_from=("x", "0")).text
    assert tr("Honorary rank: {rank}.", rank="Gold") in bare
