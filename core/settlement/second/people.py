"""Everybody by place: the earliest who joined first, those of one day by code."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Protocol

from core.settlement.second.plan import Words

NOBODY = -1
"""Where nobody stands: above the topmost, or in no slot."""
WHOLE = Fraction(1)


@dataclass
class Tree:
    """Who stands below whom; `parent` is by place, and whoever is not in `there` has no place in the tree."""

    parent: list[int]
    there: list[bool]
    children: list[Sequence[int]] = field(init=False)
    down: list[int] = field(init=False)
    """Everybody in the tree, each after whoever is above her."""

    def __post_init__(self) -> None:
        below: dict[int, list[int]] = {NOBODY: []}
        for person, (above, there) in enumerate(zip(self.parent, self.there, strict=True)):
            if there:
                if above in below:
                    below[above].append(person)
                else:
                    below[above] = [person]
        self.down = below.pop(NOBODY)
        self.children = [()] * len(self.parent)
        for person, children in below.items():
            self.children[person] = children
        for person in self.down:  # grows as it is walked
            self.down.extend(self.children[person])

    def above(self, person: int) -> Iterator[int]:
        """Everybody above, nearest first."""
        found = self.parent[person]
        while found != NOBODY:
            yield found
            found = self.parent[found]

    def below(self, person: int) -> list[int]:
        """She and everybody below her."""
        found = [person]
        for one in found:
            found.extend(self.children[one])
        return found

    def reached(self, start: int, room: int, uses: "Callable[[int], int]") -> list[int]:
        """She and those below her up to where the room is used up, of which each person below her uses so much."""
        found = [(start, 0)]
        for person, above in found:
            used = above + uses(person) if person != start else 0
            if used < room:
                found.extend((child, used) for child in self.children[person])
        return [person for person, _ in found]

    def whole(self, people: "Container[int]") -> set[int]:
        """These people and everybody below one of them."""
        found: set[int] = set()
        for person in self.down:
            if person in people or self.parent[person] in found:
                found.add(person)
        return found


@dataclass(frozen=True)
class People:
    """What is known of everybody, one list a fact."""

    code: Sequence[str]
    kind: Sequence[str]
    status: Sequence[str]
    joined: Sequence[date]
    country: Sequence[str]
    language: Sequence[str]
    sponsor: Sequence[int]
    """As the files have it, whether or not she is still there."""


def closed(above: Sequence[int], there: Sequence[bool]) -> list[int]:
    """The nearest above who is there: the people of somebody who left stand below whoever was above her."""
    found: dict[int, int] = {NOBODY: NOBODY}

    def nearest(person: int) -> int:
        passed = []
        while person not in found and not there[person]:
            passed.append(person)
            person = above[person]
        place = found.get(person, person)
        found.update(dict.fromkeys(passed, place))
        return place

    return [one if one == NOBODY or there[one] else nearest(one) for one in above]


@dataclass(frozen=True)
class Asked:
    """What is asked of everybody's own orders."""

    measure: str
    cycles: int | None = 1
    """The last one that of the case; None is all."""
    days: int = 0
    """In place of cycles, up to the case's last day."""
    since: tuple[str, ...] = ()
    """In place of cycles, from the last of these days of a year on."""
    customers: Fraction = WHOLE
    """Of each order of a customer only this part counts, rounded half up."""
    only: str = "all"
    products: tuple[str, ...] = ()
    without_products: tuple[str, ...] = ()
    within_days: int = 0
    minimum: Fraction = Fraction(0)
    """Of QV in a single order, in whole units."""

    @property
    def by_product(self) -> bool:
        """Whether lines are looked at one by one."""
        return bool(self.products or self.without_products)

    @classmethod
    def of(cls, words: Words, customers: Fraction = WHOLE) -> "Asked":
        """As a KPI or the rule of who is active says it."""
        orders = words.inner("orders")
        return cls(
            measure=words.text("measure"),
            cycles=None if words.text("cycles") == "all" else words.whole("cycles", 1),
            days=words.whole("days"),
            since=(words.text("since"),) if isinstance(words.table.get("since"), str) else words.texts("since"),
            customers=customers,
            only=orders.text("only", "all"),
            products=orders.texts("products"),
            without_products=orders.texts("without_products"),
            within_days=orders.whole("within_days"),
            minimum=orders.number("minimum"),
        )


class Own(Protocol):
    """Everybody's own figure: volume at scale, everything else by ones."""

    def __call__(self, asked: Asked) -> Sequence[int]:
        """By place."""
