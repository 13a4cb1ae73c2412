"""Which rung of a ladder a person's figures reach: as plain functions for one, as steps of a program for a million."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.forest.program import FAILS, HOLDS
from core.plan.model import AllOf, AnyOf, Condition, Honorary, Plan, RankSpec, Requirement, TitleKeep

Step = tuple[int, int, int, int]
"""Value, minimum, where to go when it is reached, where to go when not; `HOLDS` and `FAILS` end it."""

Counted = Callable[[Condition], int]
"""What counts towards a condition in one person's standing, after its leg cap."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What a condition asks for and what there is; `missing` is 0 once it holds."""

    condition: Condition
    has: int

    @property
    def missing(self) -> int:
        """How much is left to do, in the KPI's unit."""
        return max(0, self.condition.minimum - self.has)


def holds(requirement: Requirement, counted: Counted) -> bool:
    """Whether a standing meets the requirement; exactly on the line counts."""
    match requirement:
        case Condition():
            return counted(requirement) >= requirement.minimum
        case AllOf(parts):
            return all(holds(part, counted) for part in parts)
        case AnyOf(parts):
            return any(holds(part, counted) for part in parts)


def conditions(requirement: Requirement) -> Iterator[Condition]:
    """Every condition in it, in the order of the plan."""
    if isinstance(requirement, Condition):
        yield requirement
        return
    for part in requirement.parts:
        yield from conditions(part)


def gaps(rank: RankSpec, counted: Counted) -> list[Gap]:
    """All conditions of a rank with what there is, those of either way of an any-of too."""
    return [Gap(condition, counted(condition)) for condition in conditions(rank.needs)]


def paid_rank(ladder: Sequence[RankSpec], counted: Counted, *, must_climb: bool = True) -> int:
    """The rung to pay by, from 1; 0 when even the lowest is out of reach.

    Args:
        ladder: rungs from lowest to highest.
        counted: one person's standing in one cycle.
        must_climb: a rung counts only above rungs that hold; otherwise the highest that holds is taken.

    | gauges at                | must climb | paid as |
    | ------------------------ | ---------- | ------- |
    | 4 (se), 3, 1, 1          | yes        | 1       |
    | holds 1 and 3, not 2     | yes        | 1       |
    | holds 1 and 3, not 2     | no         | 3       |

    Source: seed 000; gauges at SE, Diamond, Gold and Gold are paid as Gold.
    """
    earned = [place for place, rank in enumerate(ladder, start=1) if holds(rank.needs, counted)]
    if not must_climb:
        return earned[-1] if earned else 0
    return next((place for place in range(len(ladder)) if place + 1 not in earned), len(ladder))


def allowed_rank(ladder: Sequence[RankSpec], kpi: str, counted: Counted, *, must_climb: bool = True) -> int:
    """The rung that this KPI alone would allow: where its gauge's needle points."""

    def alone(condition: Condition) -> int:
        return counted(condition) if condition.kpi == kpi else condition.minimum

    return paid_rank(ladder, alone, must_climb=must_climb)


def career_rank(plan: Plan, before: int, paid: int, misses: int) -> int:
    """The title after a cycle that was paid as `paid`.

    Args:
        before: the title so far, 0 for none.
        paid: this cycle's paid rank.
        misses: cycles in a row, this one included, that were paid below the title.

    A title that is lost falls to the highest lower one that is kept for ever, or to the paid rank if that is higher.

    | before | paid | kept         | misses | after |
    | ------ | ---- | ------------ | ------ | ----- |
    | 3      | 4    | -            | 0      | 4     |
    | 3      | 1    | for ever     | 9      | 3     |
    | 3      | 1    | 6 cycles     | 5      | 3     |
    | 3      | 1    | 6 cycles     | 6      | 1     |
    | 3      | 1    | while paid   | 1      | 1     |
    """
    title = before
    while title > paid and not _kept(plan.ranks[title - 1], misses):
        title -= 1
    return max(title, paid)


def honorary_rank(plan: Plan, before: int, reached: int, paid: int, *, ends_year: bool) -> int:
    """The honorary rank after a cycle.

    Args:
        before: what it was, 0 for none.
        reached: the highest of the title before the cycle, the title after it and the rank paid in it.
        ends_year: whether the cycle is the last of its year.

    | honorary     | before | reached | paid | ends its year | after |
    | ------------ | ------ | ------- | ---- | ------------- | ----- |
    | highest      | 2      | 3       | 1    | -             | 3     |
    | highest      | 4      | 3       | 1    | -             | 4     |
    | last_of_year | 2      | 3       | 1    | no            | 2     |
    | last_of_year | 2      | 3       | 1    | yes           | 1     |
    | none         | 2      | 3       | 1    | yes           | 0     |
    """
    if plan.honorary is Honorary.HIGHEST:
        return max(before, reached)
    if plan.honorary is Honorary.LAST_OF_YEAR:
        return paid if ends_year else before
    return 0


def _kept(rank: RankSpec, misses: int) -> bool:
    if rank.title_keep is TitleKeep.CYCLES:
        return misses < rank.title_keep_cycles
    return rank.title_keep is TitleKeep.FOREVER


def steps(requirement: Requirement, value_of: Callable[[Condition], int]) -> list[Step]:
    """The requirement as jumps: every condition says where to go when it holds and where when not.

    Args:
        value_of: the number of the value that a condition measures.

    | requirement           | steps                                                   |
    | --------------------- | ------------------------------------------------------- |
    | a and b               | a: go on, else fail; b: hold, else fail                 |
    | a or (b and c)        | a: hold, else go on; b: go on, else fail; c: hold, fail |
    """
    done: list[Step] = []
    _emit(requirement, value_of, done, then=HOLDS, otherwise=FAILS)
    return done


def _emit(
    requirement: Requirement, value_of: Callable[[Condition], int], done: list[Step], *, then: int, otherwise: int
) -> None:
    if isinstance(requirement, Condition):
        done.append((value_of(requirement), requirement.minimum, then, otherwise))
        return
    last = len(requirement.parts) - 1
    for place, part in enumerate(requirement.parts):
        if place == last:
            _emit(part, value_of, done, then=then, otherwise=otherwise)
            continue
        after = len(done) + size(part)
        if isinstance(requirement, AllOf):
            _emit(part, value_of, done, then=after, otherwise=otherwise)
        else:
            _emit(part, value_of, done, then=then, otherwise=after)


def size(requirement: Requirement) -> int:
    """How many conditions it has."""
    return sum(1 for _ in conditions(requirement))
