"""Where people without a place of their own go, on drawn tables and against a placer that counts everything anew."""

from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forest.counts import sizes_of
from core.forest.placing import SPILLS, WAITS, Places, placed


def place(sponsors: str, spill: str, given: str = "", width: int = 2) -> str:
    """People a, b, c … with their sponsors in order (`-` for none); given places as `c=a0`; told as `b=a1`."""
    names = "abcdefghijklmnop"[: len(sponsors)]
    up, slot = np.full(len(names), -1, np.int32), np.full(len(names), -1, np.int32)
    for one in given.split():
        up[names.index(one[0])], slot[names.index(one[0])] = names.index(one[2]), int(one[3])
    sponsor = np.array([names.find(one) if one != "-" else -1 for one in sponsors], np.int32)
    found = placed(sponsor, up, slot, width=width, spill=spill)
    told = [
        f"{name}={names[at]}{slot}" if at >= 0 else name
        for name, at, slot in zip(names, found.up.tolist(), found.slot.tolist(), strict=True)
        if at != WAITS
    ]
    return " ".join(told)


@pytest.mark.parametrize(
    ("spill", "told"),
    [  # s and, given, a left of s, b and c below a; then d, e and f, all brought by s
        ("bfs", "d=s1 e=d0 f=d1"),
        ("balanced", "d=s1 e=d0 f=d1"),
        ("outer_left", "d=b0 e=d0 f=e0"),
        ("outer_right", "d=s1 e=d1 f=e1"),
        ("weak", "d=s1 e=d1 f=e1"),
        ("manual", ""),
    ],
)
def test_each_spill_places_the_first_three_as_the_table_says(spill: str, told: str) -> None:
    found = place("-aaaaaa", spill, given="b=a0 c=b0 d=b1").translate(str.maketrans("abcdefg", "sabcdef"))
    assert " ".join(found.split()[4:]) == told


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (("-aaaaaaa", "bfs", "", 3), "a b=a0 c=a1 d=a2 e=b0 f=b1 g=b2 h=c0"),  # level by level, left to right
        (("-abab", "bfs", "", 2), "a b=a0 c=b0 d=a1 e=b1"),  # each below her own sponsor
        (("--ab", "bfs", "", 2), "a b c=a0 d=b0"),  # whom nobody brought begins a tree
        (("b-a", "bfs", "", 2), "a=b0 b c=a0"),  # nobody is placed before her sponsor
        (("b-ab", "outer_left", "", 1), "a=b0 b c=a0 d=c0"),
        (("-aa", "bfs", "a=c0", 2), "a=c0 b=a0 c"),  # a sponsor who stands below her cannot be her start
        (("-cab", "bfs", "a=b0 c=d1", 2), "a=b0 b=c0 c=d1 d"),
        (("-aa", "bfs", "c=a0", 2), "a b=a1 c=a0"),  # given places come first
        (("-aab", "bfs", "d=c1", 2), "a b=a0 c=a1 d=c1"),  # who is placed brings those given places below her
        (("-aaa", "manual", "c=b0", 2), "b c=b0"),  # a waits, as nobody stands below her
        (("-abcde", "top", "", 2), "a b=a0 c=a1 d=b0 e=b1 f=c0"),  # whoever her sponsor is, level by level from the top
        (("--ab", "top", "", 2), "a b=a0 c=a1 d=b0"),  # whom nobody brought comes below the first too
        (("-aab", "top", "a=d0 c=b1", 2), "a=d0 b=d1 c=b1 d"),  # the top is above the first; c comes with b
        (("-aa", "top", "", 1), "a b=a0 c=b0"),  # a single line
        (("-aaaccc", "top", "b=a0 c=b0 d=b1", 2), "a b=a0 c=b0 d=b1 e=a1 f=e0 g=e1"),  # as the plan language tells it
        (("-aaaccc", "bfs", "b=a0 c=b0 d=b1", 2), "a b=a0 c=b0 d=b1 e=c0 f=c1 g=e0"),
    ],
)
def test_starts_and_given_places(case: tuple[str, str, str, int], told: str) -> None:
    sponsors, spill, given, width = case
    assert place(sponsors, spill, given, width) == told


class Plainly:
    """The same one by one, from the words of the table alone."""

    def __init__(self, sponsor: list[int], up: list[int], slot: list[int], *, width: int, spill: str) -> None:
        self.sponsor, self.up, self.slot, self.spill = sponsor, list(up), list(slot), spill
        self.slots = range(width)
        self.child = {place: node for node, place in enumerate(zip(up, slot, strict=True)) if place[0] >= 0}

    def place_all(self) -> tuple[list[int], list[int]]:
        self.there: set[int] = set()
        self.coming: set[int] = set()
        for node, above in enumerate(list(self.up)):
            if above < 0 and node not in self.there:
                self.place(node)
        return self.up, self.slot

    def place(self, top: int) -> None:
        """Whoever her sponsor stands below comes first, unless that is she herself or somebody who waits for her."""
        group = self.below(top)
        self.coming.update(group)
        at = self.sponsor[top]
        while at in self.coming:
            at = self.sponsor[at]
        if at >= 0 and at not in self.there:
            before = at
            while self.up[before] >= 0:
                before = self.up[before]
            self.place(before)
        if at >= 0:
            self.up[top], self.slot[top] = self.free(at)
            self.child[self.up[top], self.slot[top]] = top
        self.coming.difference_update(group)
        self.there.update(group)

    def below(self, node: int) -> list[int]:
        found, waiting = [], deque([node])
        while waiting:
            found.append(waiting.popleft())
            waiting.extend(self.child[found[-1], at] for at in self.slots if (found[-1], at) in self.child)
        return found

    def size(self, node: int, at: int) -> int:
        return len(self.below(self.child[node, at])) if (node, at) in self.child else 0

    def gap(self, node: int) -> int | None:
        return next((at for at in self.slots if (node, at) not in self.child), None)

    def free(self, node: int) -> tuple[int, int]:
        if self.spill == "bfs":
            return next((one, at) for one in self.below(node) if (at := self.gap(one)) is not None)
        if self.spill == "balanced":
            while (at := self.gap(node)) is None:
                node = self.child[node, min(self.slots, key=lambda one: self.size(node, one))]
            return node, at
        weaker = int(self.size(node, 0) > self.size(node, 1))
        side = {"outer_left": 0, "outer_right": self.slots[-1]}.get(self.spill, weaker)
        while (node, side) in self.child:
            node = self.child[node, side]
        return node, side


@st.composite
def companies(draw: st.DrawFn) -> tuple[list[int], list[int], list[int], int]:
    """Sponsors in any order without a circle, and a few given places."""
    count, width = draw(st.integers(1, 24)), draw(st.integers(1, 3))
    names = draw(st.permutations(range(count)))
    sponsor, up, slot = [-1] * count, [-1] * count, [-1] * count
    taken: set[tuple[int, int]] = set()
    for at in range(1, count):
        sponsor[names[at]] = names[draw(st.integers(0, at - 1))] if draw(st.integers(0, 9)) else -1
        above, side = names[draw(st.integers(0, at - 1))], draw(st.integers(0, width - 1))
        if draw(st.integers(0, 3)) == 0 and (above, side) not in taken:
            taken.add((above, side))
            up[names[at]], slot[names[at]] = above, side
    return sponsor, up, slot, width


@settings(max_examples=60, deadline=None)
@given(companies())
def test_every_spill_places_as_one_who_counts_anew_each_time(
    company: tuple[list[int], list[int], list[int], int],
) -> None:
    sponsor, up, slot, width = company
    for spill in SPILLS:
        if spill == "weak" and width != 2:
            continue
        arrays = [np.array(one, np.int32) for one in (sponsor, up, slot)]
        found = placed(*arrays, width=width, spill=spill)
        plain = Plainly(sponsor, up, slot, width=width, spill=spill)
        assert (found.up.tolist(), found.slot.tolist()) == plain.place_all()


@pytest.mark.parametrize("spill", list(SPILLS))
def test_a_chain_and_a_star_of_many_are_placed_without_walking_them_each_time(spill: str) -> None:
    count = 60_000
    none = np.full(count, -1, np.int32)
    chain = np.arange(-1, count - 1, dtype=np.int32)
    star = np.where(np.arange(count) > 0, 0, -1).astype(np.int32)
    for sponsors in (chain, star):
        found: Places = placed(sponsors, none, none, width=2, spill=spill)
        assert sizes_of(found.up)[0] == count
