"""Forced matrix: so much of every order to each level above its buyer, and amounts for levels that are full.

A matrix three wide and three deep is full with 3, 9 and 27 people, 39 in all. With 10, 30 and 90 for the levels, 500
for all of them and 50 to the sponsor:

| people below | new in this cycle          | she earns      | her sponsor |
| ------------ | -------------------------- | -------------- | ----------- |
| 3            | the first level            | 10             | -           |
| 38           | the second level           | 30             | -           |
| 39           | the third level, the whole | 90, 500        | 50          |
| 39           | nothing                    | -              | -           |

Each is paid once, in the first cycle at whose end it is full and she earns the bonus.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np

from core.bonuses.arrays import NOBODY, After, Found, Lines, Ready
from core.bonuses.rules.amounts import amount_lines
from core.bonuses.rules.facts import always, prize_fact
from core.bonuses.rules.lines import joined
from core.bonuses.rules.unilevel import by_level
from core.bonuses.tree import Tree
from core.bonuses.views import along
from core.forest.above import Marks
from core.forest.kernel import Indices, Ints
from core.plan.model.terms import Matrix

WHOLE = "matrix"


def matrix(ready: Ready) -> Found:
    """The lines of a matrix: those of its levels, then those of what is full."""
    terms, tree = ready.bonus.terms, ready.tree
    assert isinstance(terms, Matrix) and tree is not None, "plan check sees to it that there is the tree"
    cut = _cut(terms, tree.depth)
    levels = along(lambda seen: by_level(seen, cut), ready, tree)
    parts, had = [levels.lines], dict(ready.before.had)
    for level, full in full_levels(tree, ready.network.size):
        what = WHOLE if level == 0 else f"level:{level}"
        before = had.get(what, np.zeros(ready.network.size, np.bool_))
        now = full & ready.qualified & ~before
        had[what] = before | now
        parts.extend(_full(ready, terms, level, np.flatnonzero(now).astype(np.int32)))
    return Found(joined(parts, ready.basis), After(had=had), left=levels.left, way=levels.way)


def _cut(terms: Matrix, depth: int) -> Matrix:
    """The terms with no level deeper than the matrix."""
    by_rank = {rank: rates[:depth] for rank, rates in terms.levels_by_rank.items()}
    steps = tuple(replace(step, levels=step.levels[:depth]) for step in terms.levels_steps)
    return replace(terms, levels=terms.levels[:depth], levels_by_rank=by_rank, levels_steps=steps)


def full_levels(tree: Tree, people: int) -> Iterator[tuple[int, Marks]]:
    """Whose level is full, level by level from the first, and last as level 0 whose whole matrix is.

    A level is full when there is somebody in each of its places; a hole is nobody.
    """
    living = np.zeros(len(tree.above), np.int64)
    living[:people] = tree.stands[:people]
    below, wanted = np.flatnonzero(tree.above >= 0), 1
    whole = tree.stands[:people].copy()
    for level in range(1, tree.depth + 1):
        wanted *= tree.width
        living = _moved_up(living, tree.above, below)
        full = living[:people] == wanted
        if not full.any():
            return
        whole &= full
        yield level, full
    yield 0, whole


def _moved_up(count: Ints, above: Indices, below: Ints) -> Ints:
    """Everybody's sum of those in the places right below her."""
    found = np.zeros_like(count)
    np.add.at(found, above[below], count[below])
    return found


def _full(ready: Ready, terms: Matrix, level: int, who: Indices) -> Iterator[Lines]:
    """What a full level, or with level 0 a full matrix, pays to whom it is and to her sponsor."""
    nobody = np.full_like(who, NOBODY)
    if level:
        amount = terms.level_full[level - 1] if level <= len(terms.level_full) else Decimal(0)
        yield _lines(ready, who, nobody, level, amount, "level")
        return
    yield _lines(ready, who, nobody, level, terms.matrix_full, "matrix")
    sponsor = ready.network.parent[who]
    earns = (sponsor >= 0) & ready.qualified[sponsor]
    yield _lines(ready, sponsor[earns], who[earns], level, terms.sponsor_full, "sponsor")


def _lines(ready: Ready, payee: Indices, source: Indices, level: int, amount: Decimal, full: str) -> Lines:
    return amount_lines(
        payee=payee,
        source=source,
        order=np.full_like(payee, NOBODY),
        level=np.full_like(payee, level),
        amounts=[amount],
        which=np.zeros_like(payee),
        unit=ready.unit,
        decimals=ready.basis.decimals,
        facts={"full": always(full, len(payee)), **prize_fact(ready, len(payee))},
    )
