"""Who joins whom, where they live and how they are called."""

from collections.abc import Sequence

import numpy as np

from core.demo.model import Country, Ints, Population

HEROINE_COUNTRIES = ("US", "MX", "DE", "BR", "FR")
CUSTOMERS, DISTRIBUTORS, TEAM = 9, 7, 8
"""A heroine's frontline, and how many stand under each of her distributors."""
BLOCK = 1 + CUSTOMERS + DISTRIBUTORS * (1 + TEAM)
DISTRIBUTOR_SHARE = 0.38
STAYS_IN_COUNTRY = 0.94
COPIES_A_SPONSOR = 0.5
"""How often a newcomer joins whoever sponsored somebody else: those with many get more."""
DAYS = 1100


def population(size: int, rng: np.random.Generator, countries: Sequence[Country]) -> Population:
    """A network of `size` people: heroines' lines first, then everybody by the day they joined."""
    heroines = min(len(HEROINE_COUNTRIES), max(0, (size - len(countries) - 1) // (2 * BLOCK)))
    head = 1 + heroines * BLOCK
    sponsor = np.zeros(size, dtype=np.int64)
    distributor = np.zeros(size, dtype=np.bool_)
    country = np.zeros(size, dtype=np.int64)
    block = np.full(size, -1, dtype=np.int64)
    sponsor[0], distributor[0] = -1, True
    for number in range(heroines):
        start = 1 + number * BLOCK
        home = next(i for i, one in enumerate(countries) if one.code == HEROINE_COUNTRIES[number])
        _place_heroine(start, sponsor, distributor)
        country[start : start + BLOCK] = home
        block[start : start + BLOCK] = number
    _grow(head, sponsor, distributor, country, rng, countries)
    return Population(
        sponsor=sponsor,
        distributor=distributor,
        country=country,
        joined_day=_joined(size, head, rng),
        heroines=tuple(1 + number * BLOCK for number in range(heroines)),
        block=block,
    )


def _place_heroine(start: int, sponsor: Ints, distributor: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> None:
    """Her nine customers, her seven distributors, and a team under each of these."""
    sponsor[start], distributor[start] = 0, True
    sponsor[start + 1 : start + 1 + CUSTOMERS] = start
    first = start + 1 + CUSTOMERS
    for number in range(DISTRIBUTORS):
        head = first + number * (1 + TEAM)
        sponsor[head], distributor[head] = start, True
        sponsor[head + 1 : head + 1 + TEAM] = head
        distributor[head + 1] = True


def _grow(
    head: int,
    sponsor: Ints,
    distributor: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    country: Ints,
    rng: np.random.Generator,
    countries: Sequence[Country],
) -> None:
    """Everybody else, one after the other; the first of them come one from each country."""
    size = len(sponsor)
    rest = size - head
    distributor[head:] = rng.random(rest) < DISTRIBUTOR_SHARE
    distributor[head : head + len(countries)] = True
    shares = np.array([one.share for one in countries], dtype=np.float64)
    drawn = rng.choice(len(countries), size=rest, p=shares / shares.sum()).tolist()
    stays = (rng.random(rest) < STAYS_IN_COUNTRY).tolist()
    copies = (rng.random(rest) < COPIES_A_SPONSOR).tolist()
    where = rng.random(rest).tolist()
    chosen, home = [0] * rest, [0] * rest
    open_to_join = [0]  # the founder, then every distributor outside the heroines' lines
    joins = distributor[head:].tolist()
    for i in range(rest):
        if i < len(countries):
            chosen[i], home[i] = 0, i
        else:
            pick = int(where[i] * i)
            chosen[i] = chosen[pick] if copies[i] else open_to_join[int(where[i] * len(open_to_join))]
            near = chosen[i] - head
            home[i] = home[near] if stays[i] and near >= 0 else drawn[i]
        if joins[i]:
            open_to_join.append(head + i)
    sponsor[head:] = chosen
    country[head:] = home


def _joined(size: int, head: int, rng: np.random.Generator) -> Ints:
    """Days before today, falling along the index: a growing company, heroines' lines among the oldest."""
    days = np.sort((DAYS * (1 - np.sqrt(rng.random(size)))).astype(np.int64))[::-1]
    days[:head] = np.maximum(days[:head], 400)
    return np.maximum.accumulate(days[::-1])[::-1].astype(np.int64)


def full_name(country: Country, given: str, family: str) -> str:
    """A name as that country writes it."""
    if country.order == "family-joined":
        return family + given
    if country.order == "family":
        return f"{family} {given}"
    return f"{given} {family}"


def names(people: Population, rng: np.random.Generator, countries: Sequence[Country]) -> list[str]:
    """A full name for everybody; nearly two in three are women, as in the trade."""
    size = people.size
    woman = (rng.random(size) < 0.64).tolist()
    given, family = rng.random(size).tolist(), rng.random(size).tolist()
    answer = []
    for i, home in enumerate(people.country.tolist()):
        country = countries[home]
        pool = country.female if woman[i] or i in people.heroines else country.male
        answer.append(
            full_name(country, pool[int(given[i] * len(pool))], country.family[int(family[i] * len(country.family))])
        )
    return answer
