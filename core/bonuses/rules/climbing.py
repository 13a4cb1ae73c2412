"""Tiers climbed one after the other: each is paid once, and volume is used where the last one is reached.

300 from 1,200 on both sides, 300 from 2,400 and 600 from 3,600, cycle by cycle:

| in the cycle | on both sides | paid            | used on both | left on both |
| ------------ | ------------- | --------------- | ------------ | ------------ |
| 1,500        | 1,500         | 300             | -            | 1,500        |
| 600          | 2,100         | -               | -            | 2,100        |
| 3,000        | 5,100         | 300 + 600 + 300 | 3,600        | 1,500        |
| 900          | 2,400         | 300             | -            | 2,400        |

In the third row the last tier uses 3,600, and the 1,500 that are left reach the first one anew.
"""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from core.bonuses.arrays import Ready
from core.bonuses.rules.lots import LEFT, RIGHT
from core.bonuses.rules.sides import Match, Sides
from core.forest.kernel import Ints

HAD = "tier {number}"
"""That the tier of that number was had since the last one was."""


def climbed(sides: Sides) -> Match:
    """The lines of what everybody climbs, what it uses, and how far she has come."""
    tiers = sorted(sides.terms.tiers, key=lambda tier: tier.start)
    starts, pays = np.array([sides.parts(tier.start) for tier in tiers], np.int64), [tier.pay for tier in tiers]
    count, last, had = len(tiers), int(starts[-1]), _had(sides.ready, len(tiers))
    volume = np.minimum(sides.left, sides.right)
    rounds = volume // last
    rest = np.searchsorted(starts, volume - rounds * last, side="right")
    steps = np.where(rounds > 0, rounds * count + rest - had, np.maximum(rest - had, 0))
    caps, rung = sides.caps()
    cases, which = np.unique(np.stack([had, steps, rung]), axis=1, return_inverse=True)
    taken = [_taken(pays, at, most, caps[cap]) for at, most, cap in cases.T.tolist()]
    steps = np.array([one for one, _ in taken], np.int64)[which]
    used = (had + steps) // count * last
    amounts = [amount for _, amount in taken]
    lines = sides.lines(steps, (used, used), "tiers", amounts, np.where(steps > 0, which, -1))
    now = (had + steps) % count
    marks = {HAD.format(number=number): now >= number for number in range(1, count)}
    return Match(lines, {LEFT: used, RIGHT: used}, sides.paired, marks)


def _had(ready: Ready, count: int) -> Ints:
    """How many tiers everybody has had since the last one."""
    found = np.zeros(ready.network.size, np.int64)
    for number in range(1, count):
        marks = ready.before.had.get(HAD.format(number=number))
        if marks is not None:
            found[marks] = number
    return found


def _taken(pays: Sequence[Decimal], had: int, steps: int, cap: Decimal | None) -> tuple[int, Decimal]:
    """How many of the steps the cap lets through, and what they pay."""
    whole = sum(pays, Decimal(0))
    rounds = steps // len(pays) if cap is None or not whole else min(steps // len(pays), int(cap // whole))
    done, amount = rounds * len(pays), rounds * whole
    while done < steps and (cap is None or amount + pays[(had + done) % len(pays)] <= cap):
        amount += pays[(had + done) % len(pays)]
        done += 1
    return done, amount
