"""A buyer's orders, as far as they count up to so much."""

from collections.abc import Iterable

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
