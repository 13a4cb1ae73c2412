"""Who is within reach of a rank, and who is about to lose one. Pure, over everybody at once.

The *best case* is what she would have if everybody below her who has not ordered yet did so as usual, and she herself
placed one more usual order. *Near* is whoever lacks little of everything that the next rank asks for; what she lacks in
her own figures is little where her own usual order is enough.

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
from core.plan.model import AnyOf, Condition, KpiSpec, Measure, Over, Plan, Requirement, Unit
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


def nudged(now: Grades, best: Grades, recorded: Grades, near: Mask) -> Nudged:
    """Who is told of what.

    Args:
        now: places on the ladder from 1, 0 for no rank.
        best: the same in the best case.
        recorded: the same as fixed for the last closed cycle.
        near: who lacks little of the next rank.
    """
    falls, able = recorded > now, near & (best > now)
    reaches = able & ~(falls & (best >= recorded))
    reach = np.where(reaches, now + 1, 0).astype(np.int8)
    fall = np.where(falls & ~reaches, recorded, 0).astype(np.int8)
    return Nudged(reach, fall)


def near_next(plan: Plan, now: Grades, asked: Mask, counted: Counted, alone: Counted) -> Mask:
    """Who of those asked about lacks little of all that the next rank asks for.

    Args:
        counted: what they have towards a condition.
        alone: the same with one more usual order of their own; of conditions on their own figures alone.
    """

    def is_near(condition: Condition, some: Indices) -> Mask:
        kpi = plan.kpi(condition.kpi)
        least = condition.minimum - allowance(condition.minimum, kpi.unit, plan.notifications.reach)
        found: Mask = counted(condition, some) >= least
        return found | (alone(condition, some) >= condition.minimum) if is_own(kpi) else found

    return _next_holds(plan, now, asked, is_near)


def in_own_hands(plan: Plan, now: Grades, asked: Mask, best: Counted) -> Mask:
    """Who of those asked about would have in the best case what no order of her own can add to of the next rank."""

    def holds(condition: Condition, some: Indices) -> Mask:
        kpi = plan.kpi(condition.kpi)
        hers = kpi.over is Over.OWN or kpi.include_self or kpi.level_from == 0 or kpi.along_places
        hers = hers and not kpi.looks_back
        found: Mask = np.ones(len(some), np.bool_) if hers else best(condition, some) >= condition.minimum
        return found

    return _next_holds(plan, now, asked, holds)


def _next_holds(plan: Plan, now: Grades, asked: Mask, test: Callable[[Condition, Indices], Mask]) -> Mask:
    """For whom the next rank's conditions pass a test."""
    found = np.zeros(len(now), np.bool_)
    for place, rank in enumerate(plan.ranks, start=1):
        some = np.flatnonzero(asked & (now == place - 1)).astype(np.int32)
        if len(some):
            found[some] = _all([_holds(rung.needs, some, test) for rung in rungs_to(plan, rank)], len(some))
    return found


def _holds(needed: Requirement, some: Indices, test: Callable[[Condition, Indices], Mask]) -> Mask:
    """Of any-of groups one part is enough."""
    if isinstance(needed, Condition):
        return test(needed, some)
    parts = [_holds(part, some, test) for part in needed.parts]
    if isinstance(needed, AnyOf):
        return ~_all([~part for part in parts], len(some))
    return _all(parts, len(some))


def is_own(kpi: KpiSpec) -> bool:
    """Whether nobody but herself moves it."""
    return kpi.over is Over.OWN and kpi.measure is not Measure.LEGS and not kpi.along_places and not kpi.looks_back


def allowance(minimum: int, unit: Unit, reach: Decimal) -> int:
    """How much of a threshold may be missing: so many percent, of what is counted in heads always one, of cycles none.

    | threshold | unit   | reach | may be missing |
    | --------- | ------ | ----- | -------------- |
    | 1000      | volume | 30 %  | 300            |
    | 333       | volume | 30 %  | 99             |
    | 5         | people | 30 %  | 1              |
    | 2         | legs   | 30 %  | 1              |
    | 10        | people | 30 %  | 3              |
    | 2         | legs   | 0 %   | 0              |
    | 6         | cycles | 30 %  | 0              |
    """
    if unit is Unit.CYCLES:
        return 0
    share = int(Fraction(reach) * max(0, minimum) // 100)
    in_heads = unit in (Unit.PEOPLE, Unit.LEGS, Unit.ORDERS)
    return max(share, 1) if in_heads and reach > 0 else share


def _all(masks: Sequence[Mask], count: int) -> Mask:
    found = np.ones(count, np.bool_)
    for mask in masks:
        found &= mask
    return found
