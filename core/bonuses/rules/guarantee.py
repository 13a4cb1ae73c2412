"""The leadership bonus with a guarantee: each leader passes up at least so much, as far as what she has allows.

In the line x > a > b, all leaders, with 4 % of groups of 0, 1,000 and 2,000 and a guarantee of 60, a owes x 60 of what
she earns for her and what she receives herself:

| leader | own for the next above | received | fills up | keeps | passes up |
| ------ | ---------------------- | -------- | -------- | ----- | --------- |
| b      | 80.00                  | -        | -        | -     | 80.00     |
| a      | 40.00                  | 80.00    | 20.00    | 60.00 | 60.00     |
| x      | -                      | 60.00    | 60.00    | -     | 60.00     |

Whoever does not earn the bonus keeps nothing and passes all of it up. What the topmost pass up is the company's.
"""

from fractions import Fraction
from math import lcm

import numpy as np

from core.bonuses.arrays import NOBODY, Exact, Fact, Lines, Ready
from core.bonuses.rules.amounts import ROOM, shares
from core.bonuses.rules.facts import exactly
from core.bonuses.rules.lines import joined
from core.forest.above import Marks, nearest_above
from core.forest.generations import guaranteed
from core.forest.kernel import Indices, Ints
from core.plan.model.terms import Breakaway


def guaranteed_lines(ready: Ready, terms: Breakaway, leader: Marks, earner: Marks, groups: Ints) -> Lines:
    """A line for what each leader receives from each next one below, and one with minus for what fills up her own.

    Args:
        groups: what everybody's group brings, where she is a leader.
    """
    people = np.flatnonzero(leader).astype(np.int32)
    above = _places(people, nearest_above(ready.network.parent, leader)[people], ready.network.size)
    own, whole, guarantee = _own(ready, terms, groups[people])
    received, fills, passed = guaranteed(above, own, earner[people], guarantee)
    minor = 10**ready.unit.digits * whole
    paid = np.flatnonzero((above >= 0) & (passed != 0))
    paid = paid[earner[people[above[paid]]]]
    kept = np.flatnonzero(earner[people] & (fills != 0))
    facts = {"own": _amounts(own[paid], minor), "received": _amounts(received[paid], minor)}
    least = exactly([Fraction(terms.guarantee)]).repeated(len(kept))
    less = {"guarantee": least, "own": _amounts(own[kept], minor)}
    none = np.full(len(kept), NOBODY, np.int32)
    parts = [
        _lines(ready, people[above[paid]], people[paid], 1, passed[paid], whole, facts),
        _lines(ready, people[kept], none, 0, -fills[kept], whole, less),
    ]
    return joined(parts, ready.basis)


def _places(people: Indices, nodes: Indices, size: int) -> Indices:
    """Nodes as places among `people`; -1 stays nobody."""
    place = np.full(size + 1, NOBODY, np.int32)
    place[people] = np.arange(len(people), dtype=np.int32)
    return place[nodes]


def _own(ready: Ready, terms: Breakaway, groups: Ints) -> tuple[Exact, int, int]:
    """Everybody's own share and the guarantee in parts of a minor unit, and how many parts one has."""
    first = np.zeros(len(groups), np.int32)
    own, denominator = shares(groups, first, [Fraction(terms.generations[0])], ready.basis, ready.unit)
    exact = Fraction(terms.guarantee) * ready.unit.worth * 10**ready.unit.digits
    whole = lcm(denominator, exact.denominator)
    own, guarantee = own.astype(object) * (whole // denominator), int(exact * whole)
    most = sum(abs(one) for one in own.tolist()) + guarantee * (len(own) + 1)
    return (own.astype(np.int64) if most < ROOM else own), whole, guarantee


def _amounts(units: Exact, minor: int) -> Fact:
    """Parts of a minor unit as exact amounts."""
    return exactly([Fraction(one, minor) for one in units.tolist()])


def _lines(
    ready: Ready, payee: Indices, source: Indices, level: int, units: Exact, denominator: int, facts: dict[str, Fact]
) -> Lines:
    none = np.full(len(payee), NOBODY, np.int32)
    return Lines(
        payee=payee,
        source=source,
        order=none,
        level=np.full(len(payee), level, np.int32),
        base=np.zeros(len(payee), np.int64),
        rate=none,
        rates=(),
        units=units,
        denominator=denominator,
        decimals=ready.basis.decimals,
        below=none,
        facts=facts,
    )
