"""Along sponsors: the strongest leg against all others together, what waits kept by leg.

Three legs, 10 % of what matches. In the second cycle B's leg has become the strongest:

| cycle | new of A, B, C  | with what waited | strongest | others | used of A, B, C | waits of A, B, C |
| ----- | --------------- | ---------------- | --------- | ------ | --------------- | ---------------- |
| 1     | 1,000, 300, 200 | 1,000, 300, 200  | A 1,000   | 500    | 500, 300, 200   | 500, 0, 0        |
| 2     | 0, 800, 200     | 500, 800, 200    | B 800     | 700    | 500, 700, 200   | 0, 100, 0        |
| 3     | 50, 0, 300      | 50, 100, 300     | C 300     | 150    | 50, 100, 150    | 0, 0, 150        |

Of a side the oldest volume is used first; of one cycle that of the leg whose head joined first.
"""

import numpy as np

from core.bonuses.arrays import NO_FACT, Lots, Network, Ready
from core.bonuses.rules import lots as waiting
from core.bonuses.rules.lots import LEFT, RIGHT
from core.bonuses.tree import Tree
from core.forest.kernel import Indices, Ints


def along_sponsors(network: Network) -> Tree:
    """The sponsors as a tree in which everybody stands and nobody has a side."""
    none = np.full(network.size, -1, np.int32)
    everybody = np.ones(network.size, np.bool_)
    return Tree(network.parent, none, everybody, network.parent, everybody, np.zeros_like(none), width=0, depth=0)


def against(ready: Ready, totals: Ints, joining: Ints) -> tuple[Lots, Ints]:
    """What is on everybody's two sides: the strongest leg is the left one, all others together the right one.

    Args:
        totals: what everybody brings with all below her in this cycle.
        joining: what of everybody's own volume counts among her other legs.

    Returns:
        The lots, those to be used first first, what is owed last; and by node whoever heads the strongest leg,
        `NO_FACT` where nobody does, or somebody who stands nowhere any more.
    """
    network = ready.network
    before, now = ready.before.lots, _new(network, totals, joining)
    parts = [now] if before is None else [before, now]
    width = int(max(int(network.place.max(initial=0)), *(int(one.leg.max(initial=0)) for one in parts))) + 1
    keys = [one.node.astype(np.int64) * width + one.leg for one in parts]
    pairs, number = np.unique(np.concatenate(keys), return_inverse=True)
    node, leg = (pairs // width).astype(np.int32), (pairs % width).astype(np.int32)
    fresh = np.zeros(len(pairs), np.int64)
    fresh[number[len(number) - len(now.node) :]] = now.volume
    known = None if before is None else _by_pair(before, number[: len(before.node)].astype(np.int32))
    found = waiting.with_new(known, {LEFT: fresh, RIGHT: np.zeros_like(fresh)})
    first = _strongest(node, leg, waiting.sums(found, LEFT, len(pairs)), network.place)
    side = np.full(len(pairs), RIGHT, np.int32)
    side[first] = LEFT
    lots = Lots(node[found.node], side[found.node], found.age, found.volume, leg[found.node])
    order = np.lexsort((lots.leg, -lots.age, lots.volume < 0, lots.side, lots.node))
    at = np.full(width, NO_FACT, np.int64)
    at[network.place] = np.arange(network.size)
    heads = np.full(network.size, NO_FACT, np.int64)
    heads[node[first]] = at[leg[first]]
    return waiting.where(lots, order), heads


def _new(network: Network, totals: Ints, joining: Ints) -> Lots:
    """What came in from each leg, by whoever heads it; her own volume is a leg that she heads herself."""
    below = np.flatnonzero((network.parent >= 0) & (totals != 0)).astype(np.int32)
    own = np.flatnonzero(joining).astype(np.int32)
    node = np.concatenate([network.parent[below], own])
    leg = network.place[np.concatenate([below, own])].astype(np.int32)
    volume = np.concatenate([totals[below], joining[own]])
    return Lots(node, np.full_like(node, LEFT), np.zeros_like(node), volume, leg)


def _by_pair(lots: Lots, pair: Indices) -> Lots:
    """Each leg of each person for itself."""
    return Lots(pair, np.full_like(pair, LEFT), lots.age, lots.volume, lots.leg)


def _strongest(node: Indices, leg: Indices, volume: Ints, place: Ints) -> Ints:
    """Of each person's legs the one of most volume, of equal ones whose head joined first; never her own volume."""
    can = np.flatnonzero((volume != 0) & (leg != place[node]))
    ordered = can[np.lexsort((leg[can], -volume[can], node[can]))]
    begins = np.ones(len(ordered), np.bool_)
    begins[1:] = node[ordered[1:]] != node[ordered[:-1]]
    return ordered[begins]
