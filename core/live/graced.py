"""What people reach by their own figures, where some are paid by a rank that they keep for a while."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from core.forest.kernel import Grades
from core.forest.sweep import column_of
from core.kpis.model import GRACE
from core.live.state import State
from core.plan.model import AllOf, Condition, Requirement
from core.ranks.rules import conditions

Met = NDArray[np.bool_]


def reached(state: State) -> Grades:
    """Everybody's rank by her own figures, by index; that by which she is paid, where no grace decides it.

    | paid by  | kept by grace | own figures reach | reached |
    | -------- | ------------- | ----------------- | ------- |
    | gold     | none          | gold              | gold    |
    | gold     | silver        | gold              | gold    |
    | gold     | gold          | silver            | silver  |
    """
    found = state.ranks.copy()
    row = next((row for row, figure in enumerate(state.calculation.own) if figure == GRACE), None)
    if row is None:
        return found
    kept = state.nodes.figures[row, : state.count]
    some = np.flatnonzero((found > 0) & (found <= kept))
    if len(some):
        found[some] = _highest(state, {part: _counted(state, part)[some] >= part.minimum for part in _asked(state)})
    return found


def by_grace(state: State, index: int, rank: int, counted: Callable[[Condition], int]) -> bool:
    """Whether grace is the reason that somebody is paid by her rank, and her own figures reach only a lower one.

    Args:
        rank: its place on the ladder, real or supposed.
        counted: what she has towards a condition, real or supposed.
    """
    row = next((row for row, figure in enumerate(state.calculation.own) if figure == GRACE), None)
    if row is None or not 0 < rank <= int(state.nodes.figures[row, index]):
        return False
    met = {part: np.array([counted(part) >= part.minimum]) for part in _asked(state)}
    return int(_highest(state, met)[0]) < rank


def _asked(state: State) -> list[Condition]:
    return list(dict.fromkeys(part for rank in state.plan.ranks for part in conditions(rank.needs)))


def _counted(state: State, condition: Condition) -> NDArray[np.int64]:
    return column_of(state.calculation.program, state.nodes, state.calculation.counted[condition])


def _highest(state: State, met: Mapping[Condition, Met]) -> Grades:
    count = len(next(iter(met.values()), np.zeros(0)))
    best, climbing = np.zeros(count, np.int8), np.ones(count, np.bool_)
    for place, rank in enumerate(state.plan.ranks, start=1):
        holds = _holds(rank.needs, met, count)
        climbing &= holds
        best[climbing if state.plan.must_climb else holds] = place
    return best


def _holds(requirement: Requirement, met: Mapping[Condition, Met], count: int) -> Met:
    if isinstance(requirement, Condition):
        return met[requirement]
    parts = [_holds(part, met, count) for part in requirement.parts]
    every = isinstance(requirement, AllOf)
    found = np.full(count, every)
    for part in parts:
        found = found & part if every else found | part
    return found
