"""Who joins whom, where they live and how they are called."""

from collections.abc import Collection, Iterator, Sequence
from typing import TypedDict
from zlib import crc32

import numpy as np

from core.demo.model import Country, Ints, Population
from core.people.rules import folded

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
    rows = _Rows(size)
    for number in range(heroines):
        rows.place_heroine(number, next(i for i, one in enumerate(countries) if one.code == HEROINE_COUNTRIES[number]))
    rows.grow(head, rng, countries)
    return Population(
        sponsor=rows.sponsor,
        distributor=rows.distributor,
        country=rows.country,
        joined_day=_joined(size, head, rng),
        heroines=tuple(1 + number * BLOCK for number in range(heroines)),
        block=rows.block,
    )


def heads(heroine: int) -> range:
    """Whom a heroine sponsored of distributors, each with a team behind her."""
    return range(heroine + 1 + CUSTOMERS, heroine + BLOCK, 1 + TEAM)


class _Rows:
    """The arrays while they are filled."""

    def __init__(self, size: int) -> None:
        self.sponsor = np.zeros(size, dtype=np.int64)
        self.distributor = np.zeros(size, dtype=np.bool_)
        self.country = np.zeros(size, dtype=np.int64)
        self.block = np.full(size, -1, dtype=np.int64)
        self.sponsor[0], self.distributor[0] = -1, True

    def place_heroine(self, number: int, home: int) -> None:
        """Her nine customers, her seven distributors, and a team under each of these."""
        start = 1 + number * BLOCK
        self.country[start : start + BLOCK] = home
        self.block[start : start + BLOCK] = number
        self.distributor[start] = True
        self.sponsor[start + 1 : start + 1 + CUSTOMERS] = start
        for head in heads(start):
            self.sponsor[head], self.distributor[head] = start, True
            self.sponsor[head + 1 : head + 1 + TEAM] = head
            self.distributor[head + 1] = True

    def grow(self, head: int, rng: np.random.Generator, countries: Sequence[Country]) -> None:
        """Everybody else, one after the other; the first of them come one from each country."""
        rest = len(self.sponsor) - head
        self.distributor[head:] = rng.random(rest) < DISTRIBUTOR_SHARE
        self.distributor[head : head + len(countries)] = True
        shares = np.array([one.share for one in countries], dtype=np.float64)
        drawn = rng.choice(len(countries), size=rest, p=shares / shares.sum()).tolist()
        stays = (rng.random(rest) < STAYS_IN_COUNTRY).tolist()
        copies = (rng.random(rest) < COPIES_A_SPONSOR).tolist()
        where = rng.random(rest).tolist()
        joins = self.distributor[head:].tolist()
        chosen, home = [0] * rest, [0] * rest
        open_to_join = [0]  # the founder, then every distributor outside the heroines' lines
        for i in range(rest):
            if i < len(countries):
                home[i] = i
            else:
                copied = copies[i]
                chosen[i] = chosen[int(where[i] * i)] if copied else open_to_join[int(where[i] * len(open_to_join))]
                near = chosen[i] - head
                home[i] = home[near] if stays[i] and near >= 0 else drawn[i]
            if joins[i]:
                open_to_join.append(head + i)
        self.sponsor[head:] = chosen
        self.country[head:] = home


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


class _Drawn(TypedDict):
    """What a name is made of: its kind, and two numbers in [0, 1)."""

    woman: bool
    distributor: bool
    given: float
    family: float


class _Names:
    """A country's full names; distributors' and customers' are apart, so that nobody has one of each to mix up."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.pools = {True: country.female, False: country.male}
        self.known: dict[tuple[bool, bool, int, int], str] = {}

    def pick(self, *, woman: bool, distributor: bool, given: float, family: float) -> str:
        """The name of those two numbers in [0, 1), or the next one of the person's kind."""
        pool, families = self.pools[woman], self.country.family
        drawn = (woman, distributor, int(given * len(pool)), int(family * len(families)))
        if drawn not in self.known:
            self.known[drawn] = next(self._from(*drawn))
        return self.known[drawn]

    def unlike(self, taken: Collection[str], *, woman: bool, distributor: bool, given: float, family: float) -> str:
        """The same, passing over names that are taken as long as there are others."""
        pool, families = self.pools[woman], self.country.family
        first = self.pick(woman=woman, distributor=distributor, given=given, family=family)
        others = self._from(woman, distributor, int(given * len(pool)), int(family * len(families)))
        return next((name for name in others if name not in taken), first)

    def _from(self, woman: bool, distributor: bool, given: int, family: int) -> Iterator[str]:
        """All names of a kind, beginning with one: its family's others first."""
        pool, families = self.pools[woman], self.country.family
        for step in range(len(pool) * len(families)):
            place = given + (family + step) // len(families)
            name = full_name(self.country, pool[place % len(pool)], families[(family + step) % len(families)])
            if _is_for_distributors(name) is distributor:
                yield name


def _is_for_distributors(name: str) -> bool:
    return crc32(folded(name).encode()) % 2 == 0


def names(people: Population, rng: np.random.Generator, countries: Sequence[Country]) -> list[str]:
    """A full name for everybody; nearly two in three are women, as in the trade.

    No customer is called as any distributor, and in a heroine's line no two that one person sponsored are called alike.
    """
    size = people.size
    woman = (rng.random(size) < 0.64).tolist()
    given, family = rng.random(size).tolist(), rng.random(size).tolist()
    lists = [_Names(country) for country in countries]
    kinds, sponsors, told = people.distributor.tolist(), people.sponsor.tolist(), (people.block >= 0).tolist()
    near: dict[int, set[str]] = {}
    answer = []
    for i, home in enumerate(people.country.tolist()):
        drawn: _Drawn = {
            "woman": woman[i] or i in people.heroines,
            "distributor": kinds[i],
            "given": given[i],
            "family": family[i],
        }
        if told[i]:
            taken = near.setdefault(sponsors[i], set())
            answer.append(lists[home].unlike(taken, **drawn))
            taken.add(answer[-1])
        else:
            answer.append(lists[home].pick(**drawn))
    return answer
