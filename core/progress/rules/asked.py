"""What a target rank asks for: its conditions and those of every rung below, the strictest of each kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.plan.model import AllOf, AnyOf, Condition, LegCap, Plan, RankSpec
from core.ranks.rules import conditions


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition of the target, and where it stands in its any-of group.

    `group` numbers the any-of group (None outside of one) and `path` the alternative within it: of a group, one path
    must hold whole.
    """

    condition: Condition
    group: int | None = None
    path: int | None = None


def rungs_to(plan: Plan, target: RankSpec) -> Sequence[RankSpec]:
    """The rungs that must hold for `target`: all up to it where ranks are climbed one by one, else it alone."""
    ranks = plan.ranks[: plan.rank_index(target.code)]
    return ranks if plan.must_climb else ranks[-1:]


def asked_for(plan: Plan, target: RankSpec) -> list[Asked]:
    """Every condition on the way to `target`, plain ones first, in the plan's order.

    A condition on the same KPI with the same cap appears once, at its highest minimum.
    """
    plain: dict[tuple[str, LegCap | None], Condition] = {}
    grouped: dict[AnyOf, None] = {}
    for rank in rungs_to(plan, target):
        for part in _flat(rank.needs):
            if isinstance(part, AnyOf):
                grouped[part] = None
            else:
                _keep_strictest(plain, part)
    answer = [Asked(condition) for condition in plain.values()]
    for number, group in enumerate(grouped):
        for path, alternative in enumerate(group.parts):
            answer += [Asked(condition, number, path) for condition in conditions(alternative)]
    return answer


def _flat(needs: AllOf) -> Iterator[Condition | AnyOf]:
    """The parts that must all hold, with nested all-of dissolved."""
    for part in needs.parts:
        if isinstance(part, AllOf):
            yield from _flat(part)
        else:
            yield part


def _keep_strictest(kept: dict[tuple[str, LegCap | None], Condition], condition: Condition) -> None:
    # A percent cap follows its own requirement, so two minima under one cap are two different conditions.
    key = (condition.kpi, condition.leg_cap)
    before = kept.get(key)
    if before is None or before.minimum <= condition.minimum:
        kept[key] = condition
