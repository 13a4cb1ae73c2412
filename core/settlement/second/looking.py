"""Whose orders can matter to some people: for a sample of a large company only these are gone through."""

from collections.abc import Callable, Iterable

from core.settlement.second.case import Case
from core.settlement.second.levels import Ladder
from core.settlement.second.plan import Bonus
from core.settlement.second.stairs import Stairs

Ends = Callable[[int, int], bool]


def buyers(case: Case, bonus: Bonus, people: Iterable[int]) -> set[int]:
    """Everybody whose orders, figures or earnings can give one of these people a line of the bonus."""
    found: set[int] = set()
    for person in people:
        if case.earns(bonus, person):
            found.update(case.tree(bonus).reached(person, _ends(case, bonus, person)))
    return found


def _ends(case: Case, bonus: Bonus, payee: int) -> Ends:
    """Below whom nobody's orders reach the payee any more."""
    if bonus.kind == "differential":
        return _outranked(Stairs(case, bonus), payee)
    by_level = bonus.kind in ("unilevel", "matching") and not bonus.has("generations")
    if not by_level or bonus.has("generations_by_rank"):
        return _never
    ladder = Ladder(case, bonus)
    if ladder.goes_on or ladder.compression not in ("none", "static"):
        return _never
    if ladder.compression == "none":
        return lambda _person, distance: distance >= ladder.last
    return _never


def _never(_person: int, _distance: int) -> bool:
    return False


def _outranked(stairs: Stairs, payee: int) -> Ends:
    """Whoever blocks with a higher percentage leaves nothing for the payee."""
    mine = stairs.rate(payee)
    return lambda person, _distance: stairs.rate(person) > mine and (stairs.blocks or stairs.good(person))
