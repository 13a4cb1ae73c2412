"""People of somebody's frontline, told to her in one message."""

from collections.abc import Sequence

import numpy as np

from core.forest.kernel import Ints
from core.kernel.ids import PersonId
from core.live.line import DISTRIBUTOR
from core.live.state import State
from core.outreach.audience import Found, Look

TOLD_MAX = 5
"""So many are named; of all others it is told how many they are."""


def told_above(look: Look, index: Ints, last: Ints) -> Found:
    """Distributors of the slot's zone with such people right below them: how many, and which are named.

    Args:
        index: of whom it is told, each once.
        last: beside `index`; those with the smallest are named, among equals the earlier person.
    """
    state = look.state
    parent = state.nodes.parent[index]
    told = (parent >= 0) & (look.here() & ((state.flags & DISTRIBUTOR) != 0))[parent]
    index, parent, last = index[told], parent[told], last[told]
    above, below = state.persons[parent], state.persons[index]
    order = np.lexsort((below, last, above))
    above, below = above[order], below[order]
    first = np.flatnonzero(np.diff(above, prepend=-1))
    counts = np.diff(first, append=len(above))
    when = {"seen": look.ground.at.isoformat(), "cycle": state.cycle.code}
    facts = [
        {"count": count, "people": below[start : start + min(count, TOLD_MAX)].tolist()} | when
        for start, count in zip(first.tolist(), counts.tolist(), strict=True)
    ]
    return Found(above[first].tolist(), facts)


def still_hers(state: State, top: int, people: Sequence[int]) -> list[int]:
    """Indices of those who are still right below somebody."""
    there = [one for person in people if (one := state.find(PersonId(person))) is not None]
    return [one for one in there if state.parent(one) == top]
