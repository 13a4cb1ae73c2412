"""The demo company is the same for the same arguments, and it is believable."""

import unicodedata

import numpy as np
import pytest

from core.demo.catalogue import countries, picture, products
from core.demo.drawing import PICTURES
from core.demo.model import Orders, Population, Story
from core.demo.rules.ordering import DAY_MINUTES, YEAR_DAYS, orders
from core.demo.rules.population import BLOCK, CUSTOMERS, names, population
from core.people.rules import folded

STORY = Story(own_volume=180, group_volume=5250, active_volume=50)


def company(size: int, seed: int = 7, open_days: int = 22) -> tuple[Population, list[str], Orders]:
    rng = np.random.default_rng(seed)
    people = population(size, rng, countries())
    called = names(people, rng, countries())
    return people, called, orders(people, rng, products(), STORY, open_days)


def volume_this_cycle(people: Population, made: Orders) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    per_unit = np.array([product.qv for product in products()])
    line_order = np.repeat(np.arange(len(made.person)), np.diff(made.first_line))
    recent = (made.minute < 22 * DAY_MINUTES) & ~made.unpaid
    own = np.zeros(people.size, dtype=np.int64)
    counted = recent[line_order]
    np.add.at(own, made.person[line_order][counted], (per_unit[made.product] * made.quantity)[counted])
    return own


def test_the_same_seed_makes_the_same_company_and_another_seed_another() -> None:
    people, called, made = company(900)
    again, called_again, made_again = company(900)
    assert called == called_again
    assert (people.sponsor == again.sponsor).all() and (made.minute == made_again.minute).all()
    assert called != company(900, seed=8)[1]


@pytest.mark.parametrize("size", [1, 2, 40, 150, 900])
def test_any_size_is_a_tree_in_which_sponsors_joined_first(size: int) -> None:
    people, called, made = company(size)
    assert len(called) == people.size == size
    assert people.sponsor[0] == -1
    assert (people.sponsor[1:] < np.arange(1, size)).all()
    assert people.distributor[people.sponsor[1:]].all()
    assert (people.joined_day[people.sponsor[1:]] >= people.joined_day[1:]).all()
    assert (np.diff(made.first_line) > 0).all() and made.first_line[-1] == len(made.product)


def test_orders_fill_a_year_that_ends_today_oldest_first() -> None:
    people, _, made = company(900)
    assert (np.diff(made.minute) <= 0).all()
    assert made.minute.min() > 0 and made.minute.max() < (YEAR_DAYS + 1) * DAY_MINUTES
    assert (made.minute // DAY_MINUTES <= people.joined_day[made.person]).all()


def test_about_three_orders_a_person() -> None:
    people, _, made = company(20_000)
    assert 2.5 < len(made.person) / people.size < 3.5


@pytest.mark.parametrize("heroine", range(5))
def test_heroines_sell_well_but_have_one_active_customer_and_two_active_distributors(heroine: int) -> None:
    people, _, made = company(900)
    own = volume_this_cycle(people, made)
    start = people.heroines[heroine]
    frontline = np.flatnonzero(people.sponsor == start)
    customers, distributors = frontline[~people.distributor[frontline]], frontline[people.distributor[frontline]]
    assert (len(customers), len(distributors)) == (CUSTOMERS, 7)
    assert own[start] >= STORY.own_volume
    assert own[start : start + BLOCK].sum() >= STORY.group_volume
    assert (own[customers] >= STORY.active_volume).sum() == 1
    assert (own[distributors] >= STORY.active_volume).sum() == 2


def test_the_silent_ones_around_a_heroine_bought_before() -> None:
    people, _, made = company(900)
    for start in people.heroines:
        for person in range(start + 1, start + 1 + CUSTOMERS):
            assert (made.person == person).sum() >= 4


def test_names_occur_in_every_script() -> None:
    _, called, _ = company(900)
    scripts = {unicodedata.name(letter).split()[0] for name in called for letter in name if letter.isalpha()}
    assert {"LATIN", "CYRILLIC", "ARABIC", "HEBREW", "DEVANAGARI", "THAI", "CJK"} <= scripts


@pytest.mark.parametrize("seed", [7, 8])
def test_nobody_has_a_customer_and_a_distributor_of_one_name_in_her_frontline(seed: int) -> None:
    people, called, _ = company(20_000, seed)
    kinds: dict[tuple[int, str], set[bool]] = {}
    for sponsor, name, kind in zip(people.sponsor.tolist(), called, people.distributor.tolist(), strict=True):
        kinds.setdefault((sponsor, folded(name)), set()).add(kind)
    assert [place for place, both in kinds.items() if len(both) > 1] == []


def test_nobody_is_called_as_somebody_beside_her_in_a_heroines_line() -> None:
    people, called, _ = company(900)
    told = [(people.sponsor[i], called[i]) for i in range(people.size) if people.block[i] >= 0]
    assert len(set(told)) == len(told)


def test_every_product_has_a_small_picture() -> None:
    pictures = {product.sku: picture(product.sku) for product in products()}
    assert set(pictures) == set(PICTURES)
    assert all(content and len(content) <= 40_000 for content in pictures.values())
