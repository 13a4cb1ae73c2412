"""Volume that waits on the sides of people: oldest used first, old ones dropped, so much kept at most.

A side holds 100 of two cycles ago, 50 of the cycle before, and 30 of this one:

| what happens          | two ago | one ago | now |
| --------------------- | ------- | ------- | --- |
| 120 are used          | -       | 30      | 30  |
| kept through 1 cycle  | -       | -       | 30  |
| kept through 2 cycles | -       | 50      | 30  |
| at most 70 kept       | -       | 40      | 30  |
| a return of 110 comes | -       | 40      | 30  |
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from core.bonuses.arrays import Lots
from core.forest.above import Marks
from core.forest.kernel import Indices, Ints

LEFT, RIGHT = 1, 2
SIDES = (LEFT, RIGHT)


def where(lots: Lots, which: Marks | Indices | Ints) -> Lots:
    """Some of them."""
    return Lots(*(getattr(lots, name)[which] for name in Lots.__slots__))


def with_new(before: Lots | None, fresh: dict[int, Ints]) -> Lots:
    """Those that were carried and what came in this cycle, oldest first by person and side.

    Args:
        fresh: by side everybody's new volume; returns can make it negative. What is negative takes from the oldest
            of its side, and what it cannot take waits as one negative lot of this cycle.
    """
    carried = [] if before is None else [before]
    for side in SIDES:
        node = np.flatnonzero(fresh[side]).astype(np.int32)
        carried.append(_now(node, side, fresh[side][node]))
    whole = Lots(*(np.concatenate([getattr(lots, name) for lots in carried]) for name in Lots.__slots__))
    whole = where(whole, np.lexsort((-whole.age, whole.side, whole.node)))
    owed = {side: sums(where(whole, whole.volume < 0), side, len(fresh[side])) for side in SIDES}
    there = where(whole, whole.volume > 0)
    short = {side: np.minimum(sums(there, side, len(fresh[side])) + owed[side], 0) for side in SIDES}
    left = used(there, {side: -owed[side] for side in SIDES})
    if not any(one.any() for one in short.values()):
        return left
    parts = [left]
    for side in SIDES:
        node = np.flatnonzero(short[side]).astype(np.int32)
        parts.append(_now(node, side, short[side][node]))
    return Lots(*(np.concatenate([getattr(lots, name) for lots in parts]) for name in Lots.__slots__))


def _now(node: Indices, side: int, volume: Ints) -> Lots:
    """What comes in on a side in this cycle."""
    return Lots(node, np.full_like(node, side), np.zeros_like(node), volume, np.full_like(node, -1))


def sums(lots: Lots, side: int, people: int) -> Ints:
    """Everybody's volume on a side."""
    found = np.zeros(people, np.int64)
    here = lots.side == side
    np.add.at(found, lots.node[here], lots.volume[here])
    return found


def used(lots: Lots, volume: Mapping[int, Ints]) -> Lots:
    """What is left when everybody uses so much of each side, oldest first.

    Args:
        lots: oldest first by person and side; a side of negative volume is used by nobody.
    """
    wanted = np.where(lots.side == LEFT, volume[LEFT][lots.node], volume[RIGHT][lots.node])
    left = np.minimum(lots.volume, np.maximum(_so_far(lots) - wanted, 0))
    kept = np.where(lots.volume < 0, lots.volume, left)
    return where(replace(lots, volume=kept), kept != 0)


def kept(lots: Lots, *, cycles: int | None, most: int | None) -> Lots:
    """What the next cycle gets of these, oldest first by person and side.

    Args:
        cycles: what came in so many cycles ago or more is dropped.
        most: of a side at most so much, the youngest.
    """
    if cycles is not None:
        lots = where(lots, lots.age < cycles)
    if most is None:
        return lots
    backwards = where(lots, np.arange(len(lots.node) - 1, -1, -1))
    room = np.maximum(most - (_so_far(backwards) - backwards.volume), 0)
    volume = np.minimum(backwards.volume, room)[::-1]
    return where(replace(lots, volume=volume), volume != 0)


def _so_far(lots: Lots) -> Ints:
    """Of every lot's person and side the volume up to and with it."""
    running = np.cumsum(lots.volume)
    begins = np.ones(len(lots.node), np.bool_)
    begins[1:] = (lots.node[1:] != lots.node[:-1]) | (lots.side[1:] != lots.side[:-1])
    starts = np.flatnonzero(begins)
    before = running[starts] - lots.volume[starts]
    return np.asarray(running - np.repeat(before, np.diff(np.append(starts, len(lots.node)))))
