"""Trees with any number of places below everybody: whoever has none comes right below her start.

Below a stands b in place 4; c and d, brought by a, come to places 5 and 6.
"""

import numpy as np

from core.forest.kernel import Indices


def right_below(up: Indices, slot: Indices, tops: Indices, start: Indices) -> tuple[Indices, Indices]:
    """Every top in the first place after the last one below her start that is taken, in the order of the tops.

    Args:
        up: given places: who stands in the place above; -1 where none is given. It is changed, as `slot` is.
        slot: which place below her, from 0.
        tops: who has none, in the order in which they are placed.
        start: below whom each comes; -1 for nobody.
    """
    last = np.full(len(up), -1, np.int32)
    given = np.flatnonzero(up >= 0)
    np.maximum.at(last, up[given], slot[given])
    below = tops[start[tops] >= 0]
    below = below[np.argsort(start[below], kind="stable")]
    starts = start[below]
    up[below], slot[below] = starts, last[starts] + 1 + np.arange(len(below)) - np.searchsorted(starts, starts)
    return up, slot
