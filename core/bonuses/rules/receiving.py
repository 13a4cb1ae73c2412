"""Who is paid for what somebody reached: she herself, her sponsor, or the next above who earns the bonus.

In the line x > s > n, n reaches it, and s does not earn the bonus:

| `to`             | s earns | is paid |
| ---------------- | ------- | ------- |
| `person`         | no      | n       |
| `sponsor`        | no      | -       |
| `sponsor`        | yes     | s       |
| `next_qualified` | no      | x       |
"""

from dataclasses import dataclass

import numpy as np

from core.bonuses.arrays import NOBODY, Ready
from core.forest.above import Marks, nearest_above
from core.forest.kernel import Indices

PERSON, NEXT = "person", "next_qualified"


@dataclass(frozen=True, slots=True)
class Received:
    """Who is paid, for whom, and on which level below her."""

    payee: Indices
    by: Indices
    """Who reached it."""
    source: Indices
    """The same where that is somebody else, else nobody."""
    level: Indices


def received(ready: Ready, to: str, reached: Marks) -> Received:
    """For everybody who reached it whoever is paid, if she earns the bonus.

    Where somebody else is paid, whoever reached it must be a distributor who is not suspended; what else is asked is
    asked of whoever is paid.
    """
    if to == PERSON:
        payee = np.flatnonzero(reached & ready.qualified).astype(np.int32)
        return Received(payee, payee, np.full_like(payee, NOBODY), np.zeros_like(payee))
    by = np.flatnonzero(reached & ready.network.earns).astype(np.int32)
    parent = ready.network.parent
    payee = (nearest_above(parent, ready.qualified) if to == NEXT else parent)[by]
    paid = (payee >= 0) & ready.qualified[payee]
    by, payee = by[paid], payee[paid]
    return Received(payee, by, by, np.ones_like(by))
