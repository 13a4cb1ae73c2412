"""Who qualifies, and what a table by rank gives."""

from collections.abc import Mapping
from typing import TypeVar

from core.plan.model import AllOf, AnyOf, Bonus, Condition, Plan, Requirement
from core.settlement.second.model import Figures

T = TypeVar("T")


def meets(figures: Figures, person: str, requirement: Requirement) -> bool:
    """Whether she reaches everything that is asked."""
    if isinstance(requirement, Condition):
        return figures.counted(person, requirement) >= requirement.minimum
    if isinstance(requirement, AnyOf):
        return any(meets(figures, person, part) for part in requirement.parts)
    assert isinstance(requirement, AllOf), "a requirement is a condition or a group"
    return all(meets(figures, person, part) for part in requirement.parts)


def rank_of(figures: Figures, bonus: Bonus, person: str) -> int:
    """Her rank by the bonus's basis."""
    return figures.ranks[bonus.rank_basis].get(person, 0)


def qualifies(plan: Plan, figures: Figures, bonus: Bonus, person: str) -> bool:
    """Whether she earns the bonus."""
    ranked = rank_of(figures, bonus, person) >= plan.rank_index(bonus.minimum_rank)
    return figures.people[person].earns and ranked and meets(figures, person, bonus.conditions)


def listed(plan: Plan, table: Mapping[str, T], rank: int) -> T | None:
    """What the table gives a rank: its own entry, or that of the nearest lower rank that has one."""
    for place in range(rank, 0, -1):
        if plan.ranks[place - 1].code in table:
            return table[plan.ranks[place - 1].code]
    return None
