"""Which bonus must be calculated before which: those that it matches, and those that give to a pool."""

from collections.abc import Sequence

from core.plan.model.bonuses import Bonus
from core.plan.model.terms import Matching, Pool


def pool_for(giver: Bonus, bonuses: Sequence[Bonus]) -> Bonus | None:
    """The pool that gets what nobody at a level of `giver` earns: the first that pays the same by the same calendar."""
    if giver.breakage_to != "pool":
        return None
    return next((one for one in bonuses if one.on and isinstance(one.terms, Pool) and pays_alike(one, giver)), None)


def pays_alike(one: Bonus, other: Bonus) -> bool:
    """Whether what one leaves can be paid by the other."""
    return (one.pays, one.currency, one.calendar) == (other.pays, other.currency, other.calendar)


def needed(bonus: Bonus, bonuses: Sequence[Bonus]) -> list[str]:
    """The codes of those that come first."""
    if isinstance(bonus.terms, Matching):
        return list(bonus.terms.matches)
    if not isinstance(bonus.terms, Pool):
        return []
    givers = [one.code for one in bonuses if pool_for(one, bonuses) is bonus]
    heirs = [one.terms for one in bonuses if one.code in bonus.terms.next_pool and isinstance(one.terms, Pool)]
    givers += [code for terms in (bonus.terms, *heirs) for code in terms.shares_from]
    return givers + [one.code for one in bonuses if isinstance(one.terms, Pool) and bonus.code in one.terms.next_pool]
