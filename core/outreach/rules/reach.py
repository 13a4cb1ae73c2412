"""Who is within reach of a rank, and who is about to lose one. Pure, over everybody at once.

| rank now | last closed | best case | next rank near | told                |
| -------- | ----------- | --------- | -------------- | ------------------- |
| silver   | silver      | gold      | yes            | reach gold          |
| silver   | silver      | gold      | no             | nothing             |
| silver   | silver      | silver    | yes            | nothing             |
| silver   | gold        | gold      | any            | fall from gold      |
| none     | gold        | silver    | bronze, yes    | reach bronze        |
| none     | gold        | silver    | bronze, no     | fall from gold      |
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from core.forest.kernel import Grades, Indices, Ints
from core.plan.model import AnyOf, Condition, Plan, Requirement, Unit
from core.progress.rules.asked import rungs_to

Mask = NDArray[np.bool_]
Counted = Callable[[Condition, Indices], Ints]
"""What some people, by index, have towards a condition."""


@dataclass(frozen=True, slots=True)
class Nudged:
    """By index, who is told of which rank."""

    reach: Grades
    """The place of the rank that is within reach; 0 for who is not told of one."""
    fall: Grades
    """The place of the rank that she is about to lose; 0 as above. Nobody is told of both."""


def nudged(plan: Plan, now: Grades, best: Grades, recorded: Grades, counted: Counted) -> Nudged:
    """Who is told of what.

    Args:
        now: places on the ladder from 1, 0 for no rank.
        best: the same if everybody who has not ordered yet did so as usual.
        recorded: the same as fixed for the last closed cycle.
    """
    falls, keeps = recorded > now, (recorded > now) & (best >= recorded)
    near = _near_next(plan, now, (best > now) & ~keeps, counted)
    reach = np.where(near, now + 1, 0).astype(np.int8)
    fall = np.where(falls & ~near, recorded, 0).astype(np.int8)
    return Nudged(reach, fall)


def _near_next(plan: Plan, now: Grades, able: Mask, counted: Counted) -> Mask:
    """Who of those who are able lacks little of all that the next rank asks for."""
    near = np.zeros(len(now), np.bool_)
    for place, rank in enumerate(plan.ranks, start=1):
        some = np.flatnonzero(able & (now == place - 1)).astype(np.int32)
        if len(some):
            parts = [rung.needs for rung in rungs_to(plan, rank)]
            near[some] = _all([_near(plan, part, some, counted) for part in parts], len(some))
    return near


def _near(plan: Plan, needed: Requirement, some: Indices, counted: Counted) -> Mask:
    """Whether each lacks at most what may be missing: of any-of groups one part is enough."""
    if isinstance(needed, Condition):
        unit = plan.kpi(needed.kpi).unit
        found: Mask = counted(needed, some) >= needed.minimum - allowance(
            needed.minimum, unit, plan.notifications.reach
        )
        return found
    parts = [_near(plan, part, some, counted) for part in needed.parts]
    if isinstance(needed, AnyOf):
        return ~_all([~part for part in parts], len(some))
    return _all(parts, len(some))


def allowance(minimum: int, unit: Unit, reach: Decimal) -> int:
    """How much of a threshold may be missing: so many percent, and of what is counted in heads always one.

    | threshold | unit   | reach | may be missing |
    | --------- | ------ | ----- | -------------- |
    | 1000      | volume | 30 %  | 300            |
    | 333       | volume | 30 %  | 99             |
    | 5         | people | 30 %  | 1              |
    | 2         | legs   | 30 %  | 1              |
    | 10        | people | 30 %  | 3              |
    | 2         | legs   | 0 %   | 0              |
    """
    share = int(Fraction(reach) * max(0, minimum) // 100)
    in_heads = unit in (Unit.PEOPLE, Unit.LEGS, Unit.ORDERS)
    return max(share, 1) if in_heads and reach > 0 else share


def _all(masks: Sequence[Mask], count: int) -> Mask:
    found = np.ones(count, np.bool_)
    for mask in masks:
        found &= mask
    return found
