"""Who comes first of those whom somebody brought, and a buyer's orders as far as they count up to so much."""

from collections.abc import Iterable

from core.settlement.second.people import NOBODY, People

Figure = tuple[int, int, int, int]
"""An order's number, its buyer, the stretch of time that it lies in, and its figure."""


def counted(figures: Iterable[Figure], most: int) -> dict[int, int]:
    """What is left of each order when it comes, by number; what a return takes off, later orders can fill again."""
    sums, found = dict[tuple[int, int], int](), dict[int, int]()
    for number, buyer, stretch, figure in sorted(figures):
        before = sums.get((buyer, stretch), 0)
        sums[buyer, stretch] = before + figure
        found[number] = min(before + figure, most) - min(before, most)
    return found


def brought_as(people: People, who: str) -> dict[int, int]:
    """The how-manieth everybody is whom her sponsor brought, of all, or of distributors or customers alone."""
    brought, found = dict[int, int](), dict[int, int]()
    for person, sponsor in enumerate(people.sponsor):
        if sponsor != NOBODY and who in ("all", people.kind[person] + "s"):
            brought[sponsor] = found[person] = brought.get(sponsor, 0) + 1
    return found
