"""The cheapest way equals exhaustive search: fewest people, then least volume, nobody above her usual order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from core.progress.rules.way import Candidate, Way, cheapest_way

ACTIVE = 2


@dataclass
class Toy:
    """A plain company of one upline (number 0): legs of two levels, tiny whole volumes, five kinds of condition.

    `asked` holds pairs (kind, minimum); in `either` one pair is enough.
    """

    own: list[int]
    usual: list[int]
    sponsor: list[int]
    customer: list[bool]
    asked: list[tuple[str, int]]
    either: list[tuple[str, int]] = field(default_factory=list)
    calls: int = 0

    @property
    def additive(self) -> list[bool]:
        return [kind in ("own", "group", "customers") for kind, _ in self.asked] + [False] * len(self.either)

    @property
    def volume(self) -> list[bool]:
        return [kind in ("own", "group") for kind, _ in self.asked] + [False] * len(self.either)

    def missing(self, orders: Mapping[int, int]) -> list[int]:
        now = [had + orders.get(i, 0) for i, had in enumerate(self.own)]
        return [max(0, minimum - self.counted(kind, minimum, now)) for kind, minimum in self.asked + self.either]

    def reaches(self, orders: Mapping[int, int]) -> bool:
        self.calls += 1
        lacks = self.missing(orders)
        plain, either = lacks[: len(self.asked)], lacks[len(self.asked) :]
        return not any(plain) and (not either or 0 in either)

    def counted(self, kind: str, minimum: int, now: list[int]) -> int:
        legs = [i for i, above in enumerate(self.sponsor) if above == 0 and i]
        below = {leg: [leg, *(i for i, above in enumerate(self.sponsor) if above == leg)] for leg in legs}
        leg_volume = {leg: sum(now[i] for i in below[leg]) for leg in legs}
        if kind == "own":
            return now[0]
        if kind == "group":
            return sum(now)
        if kind == "customers":
            return sum(1 for leg in legs if self.customer[leg] and now[leg] >= ACTIVE)
        if kind == "capped":
            return now[0] + sum(min(volume, (minimum + 1) // 2) for volume in leg_volume.values())
        assert kind == "strong_legs"
        return sum(1 for leg in legs if now[leg] >= ACTIVE and leg_volume[leg] >= 4)

    def candidates(self) -> list[Candidate]:
        return [
            Candidate(i, usual, activation=lack if 0 < (lack := ACTIVE - self.own[i]) <= usual else 0)
            for i, usual in enumerate(self.usual)
            if usual
        ]


def exhaustive(toy: Toy) -> tuple[int, int] | None:
    """Every combination of whole volumes: (people, volume) of the cheapest that reaches."""
    costs = (
        (sum(1 for volume in volumes if volume), sum(volumes))
        for volumes in product(*(range(usual + 1) for usual in toy.usual))
        if toy.reaches(dict(enumerate(volumes)))
    )
    return min(costs, default=None)


def cost(way: Way | None) -> tuple[int, int] | None:
    return None if way is None else (len(way.orders), sum(way.orders.values()))


@st.composite
def toys(draw: st.DrawFn) -> Toy:
    size = draw(st.integers(2, 6))
    sponsor = [-1] + [0 if i < 2 else draw(st.sampled_from([0, 1, *range(1, min(i, 3))])) for i in range(1, size)]
    sponsor = [above if above <= 0 or sponsor[above] == 0 else 0 for above in sponsor]
    kinds = st.sampled_from(["own", "group", "customers", "capped", "strong_legs"])
    needs = st.tuples(kinds, st.integers(1, 9))
    return Toy(
        own=draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)),
        usual=draw(st.lists(st.integers(0, 4), min_size=size, max_size=size)),
        sponsor=sponsor,
        customer=draw(st.lists(st.booleans(), min_size=size, max_size=size)),
        asked=draw(st.lists(needs, min_size=1, max_size=3)),
        either=draw(st.sampled_from([[], draw(st.lists(needs, min_size=2, max_size=2))])),
    )


@given(toys())
def test_no_cheaper_way_exists(toy: Toy) -> None:
    if toy.reaches({}):
        return
    way = cheapest_way(toy.candidates(), toy)
    assert cost(way) == exhaustive(toy)


@given(toys())
def test_the_way_reaches_and_asks_nobody_above_her_usual_order(toy: Toy) -> None:
    way = None if toy.reaches({}) else cheapest_way(toy.candidates(), toy)
    if way is not None:
        assert toy.reaches(way.orders)
        assert all(0 < volume <= toy.usual[i] for i, volume in way.orders.items())


def many_customers(missing_customers: int, group: int) -> Toy:
    """Thirty inactive frontline customers, of whom every third lacks little to be active."""
    size = 31
    return Toy(
        own=[0] + [i % 3 // 2 for i in range(1, size)],
        usual=[0] + [2 + i % 5 for i in range(1, size)],
        sponsor=[-1] + [0] * (size - 1),
        customer=[False] + [True] * (size - 1),
        asked=[("customers", missing_customers), ("group", group)],
    )


def test_among_many_alike_the_fewest_and_the_least_are_named() -> None:
    toy = many_customers(missing_customers=3, group=0)
    way = cheapest_way(toy.candidates(), toy)
    assert cost(way) == (3, 3)  # three customers who lack 1 each


def test_a_large_line_costs_few_questions() -> None:
    toy = many_customers(missing_customers=5, group=28)
    way = cheapest_way(toy.candidates(), toy)
    assert way is not None and len(way.orders) == 5
    assert sum(way.orders.values()) == 28 - sum(toy.own)
    assert toy.calls < 2000


def ties() -> Iterator[tuple[list[int], list[int]]]:
    yield [3, 4, 2], [2]
    yield [4, 4, 2], [1]


def test_ties_go_to_the_greater_usual_order_then_to_the_earlier() -> None:
    for usual, named in ties():
        toy = Toy([0] * 4, [0, *usual], [-1, 0, 0, 0], [True] * 4, [("group", 2)])
        way = cheapest_way(toy.candidates(), toy)
        assert way is not None and list(way.orders) == named


def test_no_way_where_all_usual_orders_together_fall_short() -> None:
    toy = Toy([0, 0], [1, 2], [-1, 0], [False, True], [("group", 4)])
    assert cheapest_way(toy.candidates(), toy) is None
