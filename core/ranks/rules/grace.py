"""Grace: cycles in which a rank is paid to somebody who does not reach it. Pure.

A rank has so many cycles of grace from a cycle on in which somebody reached it by her own figures: from every such one
(`miss`), or only from one in which her title rose to it (`promotion`). In a later cycle she is paid by the highest rank
that still has grace, if she reaches none that is higher and if her title is not lower: grace pays, it never promotes.

| cycle | reached | grace 2 after a miss: paid | left | grace 2 after promotion: paid | left |
| ----- | ------- | -------------------------- | ---- | ----------------------------- | ---- |
| 1     | gold    | gold                       | 2    | gold                          | 2    |
| 2     | none    | gold, by grace             | 1    | gold, by grace                | 1    |
| 3     | gold    | gold                       | 2    | gold                          | 0    |
| 4     | none    | gold, by grace             | 1    | none                          | 0    |
| 5     | none    | gold, by grace             | 0    | none                          | 0    |
| 6     | none    | none                       | 0    | none                          | 0    |
"""

from collections.abc import Sequence

import numpy as np

from core.forest.kernel import Grades, Ints
from core.plan.model import GraceAfter, Plan

BETWEEN, FROM = " ", ":"


def graced(plan: Plan) -> list[int]:
    """Places of the ranks that have grace, from 1."""
    return [place for place, rank in enumerate(plan.ranks, start=1) if rank.grace_cycles]


def kept(plan: Plan, left: Ints, titles: Grades) -> Grades:
    """By which rank everybody is paid at least.

    Args:
        left: cycles of grace at the cycle's beginning, one row for each of `graced`.
        titles: at the cycle's beginning.
    """
    found = np.zeros(len(titles), np.int8)
    for place, cycles in zip(graced(plan), left, strict=True):
        found[(cycles > 0) & (titles >= place)] = place
    return found


def left_after(plan: Plan, left: Ints, titles: Grades, reached: Grades) -> Ints:
    """Cycles of grace after a cycle, as `left`.

    Args:
        left, titles: at the cycle's beginning.
        reached: by her own figures in it.
    """
    after = np.maximum(left - 1, 0)
    for row, place in enumerate(graced(plan)):
        rank = plan.ranks[place - 1]
        begins = reached >= place
        if rank.grace_after is GraceAfter.PROMOTION:
            begins &= titles < place
        after[row, begins] = rank.grace_cycles
    return after


def read(plan: Plan, texts: Sequence[str | None]) -> Ints:
    """From texts such as `silver:1 gold:2`, one a person, to rows as `left`; a rank that is no more has none."""
    ranks = {plan.ranks[place - 1].code: row for row, place in enumerate(graced(plan))}
    kinds = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    rows = np.zeros((len(ranks), len(kinds)), np.int64)
    for text, number in kinds.items():
        for entry in (text or "").split():
            code, cycles = entry.split(FROM)
            if code in ranks:
                rows[ranks[code], number] = int(cycles)
    return rows[:, [kinds[text] for text in texts]]


def told(plan: Plan, left: Ints) -> list[str | None]:
    """From rows as `left` to texts as `read` reads them; None for who has no grace."""
    codes = [plan.ranks[place - 1].code for place in graced(plan)]
    if not codes:
        return [None] * left.shape[1]
    kinds, each = np.unique(left, axis=1, return_inverse=True)
    texts = [
        BETWEEN.join(f"{code}{FROM}{cycles}" for code, cycles in zip(codes, kind, strict=True) if cycles) or None
        for kind in kinds.T.tolist()
    ]
    return [texts[number] for number in each.ravel().tolist()]
