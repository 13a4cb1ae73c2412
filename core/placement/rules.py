"""Decisions about places: until when a sponsor may choose, who is due for the flush, what is wrong with a tree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from core.forest.above import Marks
from core.forest.kernel import Indices, Ints
from core.forest.placing import MANUAL, ROOT, WAITS, Places, placed
from core.forest.wide import Passing
from core.genealogy.rules.verification import Found, circles
from core.plan.model import BinaryTree, MatrixTree, PlacementSpec

DAY = timedelta(days=1)
NOBODY = -1
NAMED_AT_MOST = 10


def last_day(joined_on: date, spec: PlacementSpec) -> date | None:
    """The last day on which her sponsor may place somebody; None is without end.

    | joined on  | days to place | last day   |
    | ---------- | ------------- | ---------- |
    | 2026-11-01 | 8             | 2026-11-08 |
    | 2026-11-01 | 0             | 2026-10-31 |
    """
    return None if spec.days_to_place is None else joined_on + (spec.days_to_place - 1) * DAY


def is_due(joined_on: date, spec: PlacementSpec, until: date, *, manual: bool) -> bool:
    """Whether the flush that comes after the day `until` places somebody who waits.

    Args:
        manual: nobody is placed without being asked unless the plan says after how many days.
    """
    last = last_day(joined_on, spec)
    return last <= until if last is not None else not manual and joined_on <= until


def flush_spill(tree: BinaryTree | MatrixTree, spec: PlacementSpec) -> str:
    """How the flush chooses a place: by the tree's spill, and where that is nobody's by the plan's default side."""
    if tree.spill != MANUAL:
        return tree.spill
    if isinstance(tree, MatrixTree):
        return "bfs"
    return {"left": "outer_left", "right": "outer_right"}.get(spec.default_side, "weak")


def passing_of(tree: BinaryTree | MatrixTree) -> Passing | None:
    """Who is passed up where places come by spill; None is nobody."""
    if not isinstance(tree, MatrixTree) or not tree.passed_up:
        return None
    return Passing(tree.passed_up, tree.passed_up_every)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everybody who has or awaits a place in one tree, in the order in which they are placed."""

    person: Ints
    sponsor: Indices
    """Her place in these arrays; -1 for nobody."""
    up: Indices
    """Who stands above, by place in these arrays; ROOT for a top, WAITS for who has no place."""
    slot: Indices
    """From 0."""


def flushed(
    standing: Standing, due: Marks, *, width: int, spill: str | Sequence[str], passing: Passing | None = None
) -> Places:
    """Everybody's place once those who are due have one.

    Args:
        due: of those who wait; the others wait on.
        passing: who is passed up, counted among those who stand and come to stand.
    """
    stands = (standing.up != WAITS) | due
    kept = np.flatnonzero(stands)
    number = np.full(len(stands) + 1, NOBODY, np.int32)
    number[kept] = np.arange(len(kept))
    sponsor = number[_nearest(standing.sponsor, stands)[kept]]
    up = number[np.maximum(standing.up[kept], ROOT)]
    chosen = spill if isinstance(spill, str) else [spill[at] for at in kept.tolist()]
    found = placed(sponsor, up.astype(np.int32), standing.slot[kept], width=width, spill=chosen, passing=passing)
    whole_up, whole_slot = standing.up.copy(), standing.slot.copy()
    whole_up[kept] = np.where(found.up >= 0, kept[np.maximum(found.up, 0)], found.up)
    whole_slot[kept] = found.slot
    return Places(whole_up, whole_slot)


def _nearest(sponsor: Indices, stands: Marks) -> Indices:
    """The nearest sponsor above everybody who stands; all ways are halved again and again."""
    count = len(sponsor)
    up = np.append(np.where(sponsor < 0, count, sponsor), count)
    passes = np.append(np.where(stands, np.arange(count), up[:-1]), count)
    for _ in range(count.bit_length()):
        passes = passes[passes]
    found = passes[up[:-1]]
    return np.where(found == count, NOBODY, found).astype(np.int32)


@dataclass(frozen=True, slots=True)
class StoredPlaces:
    """Open places as they are stored, sound or not, by person."""

    people: Ints
    """Everybody there is, sorted."""
    person: Ints
    parent: Ints
    """NOBODY for a top."""
    slot: Ints


def verify(stored: StoredPlaces, width: int) -> list[Found]:
    """All that is wrong with a tree: nobody dangles, no place is unknown or held twice, nobody stands in a circle."""
    return [*_dangling(stored), *_beyond(stored, width), *_twice(stored), *_circles(stored)]


def _dangling(stored: StoredPlaces) -> Iterator[Found]:
    below = stored.parent != NOBODY
    for person in stored.person[~np.isin(stored.person, stored.people)].tolist():
        yield Found("placement_of_nobody", person)
    missing = below & ~np.isin(stored.parent, stored.person)
    for person, parent in zip(stored.person[missing].tolist(), stored.parent[missing].tolist(), strict=True):
        yield Found("placement_above_missing", person, others=(parent,))


def _beyond(stored: StoredPlaces, width: int) -> Iterator[Found]:
    below = stored.parent != NOBODY
    wrong = np.where(below, (stored.slot < 1) | (stored.slot > width), stored.slot != 0)
    for person, slot in zip(stored.person[wrong].tolist(), stored.slot[wrong].tolist(), strict=True):
        yield Found("placement_slot_wrong", person, facts=(("place", slot), ("width", width)))


def _twice(stored: StoredPlaces) -> Iterator[Found]:
    for person in _repeated([stored.person]).tolist():
        yield Found("placement_twice", int(stored.person[person]))
    below = stored.parent != NOBODY
    for place in _repeated([np.where(below, stored.parent, -2 - np.arange(len(below))), stored.slot]).tolist():
        same = below & (stored.parent == stored.parent[place]) & (stored.slot == stored.slot[place])
        first, *others = stored.person[same].tolist()
        yield Found("placement_shared", first, others=tuple(others), facts=(("place", int(stored.slot[place])),))


def _repeated(columns: Sequence[Ints]) -> Ints:
    """Of every row that stands more than once the place of the second."""
    if not len(columns[0]):
        return np.zeros(0, np.int64)
    order = np.lexsort(columns[::-1])
    same = np.logical_and.reduce([column[order][1:] == column[order][:-1] for column in columns])
    again = np.append(False, same)
    second = again & ~np.append(False, again[:-1])
    return np.sort(order[second])


def _circles(stored: StoredPlaces) -> Iterator[Found]:
    if not len(stored.person):
        return
    order = np.argsort(stored.person, kind="stable")
    sorted_people = stored.person[order]
    place = np.minimum(np.searchsorted(sorted_people, stored.parent), len(order) - 1)
    known = (stored.parent != NOBODY) & (sorted_people[place] == stored.parent)
    parents = np.where(known, order[place], NOBODY).astype(np.int64)
    for circle in circles(parents):
        people = [int(stored.person[one]) for one in circle]
        yield Found(
            "placement_in_circle", people[0], others=tuple(people[1:NAMED_AT_MOST]), facts=(("count", len(people)),)
        )
