"""Whose orders can matter to some people: for a sample of a large company only these are gone through."""

from collections.abc import Callable, Iterable

from core.settlement.second.case import Case
from core.settlement.second.levels import Ladder
from core.settlement.second.moving import MODES
from core.settlement.second.plan import Bonus
from core.settlement.second.stairs import Stairs

Uses = Callable[[int], int]
"""How many levels of a way up somebody on it takes for sure."""
BY_LEVEL = ("unilevel", "matching")


def buyers(case: Case, bonus: Bonus, people: Iterable[int]) -> set[int]:
    """Everybody whose orders, figures or earnings can give one of these people a line of the bonus."""
    tree, earners = case.tree(bonus), {person for person in people if case.earns(bonus, person)}
    found: set[int] = set()
    if bonus.kind == "differential":
        if bonus.text("schedule_mode") in MODES:
            return tree.whole(earners)
        stairs = Stairs(case, bonus)
        for person in earners:
            found.update(tree.reached(person, 1, _outranking(stairs, person)))
        return found
    if bonus.kind not in BY_LEVEL or bonus.has("generations") or bonus.rungs("generations"):
        return tree.whole(earners)
    ladder = Ladder(case, bonus)
    if ladder.goes_on:
        return tree.whole(earners)
    uses = _levels(ladder)
    for person in earners:
        found.update(tree.reached(person, ladder.last, uses))
    return found


def bringing(case: Case, bonus: Bonus, buyers_: set[int]) -> set[int]:
    """These people, and all customers where their orders can count as somebody else's."""
    if bonus.orders.text("customers_as") != "sponsor":
        return buyers_
    return buyers_ | {person for person, kind in enumerate(case.people.kind) if kind == "customer"}


def _levels(ladder: Ladder) -> Uses:
    """One level a person, or a person who holds a place, or who is paid at whatever level she comes to."""
    if ladder.compression == "none":
        return lambda _person: 1
    if ladder.compression == "dynamic":
        return lambda person: int(ladder.placed(person) and ladder.paid(person, ladder.last))
    return lambda person: int(ladder.placed(person))


def _outranking(stairs: Stairs, payee: int) -> Uses:
    """Whoever blocks with as high a percentage leaves nothing for the payee, but for what equals are consoled with."""
    mine, consoled = stairs.rate(payee), stairs.consolation > 0

    def uses(person: int) -> int:
        rate = stairs.rate(person)
        beats = rate > mine or (rate == mine and not consoled)
        return int(beats and (stairs.blocks or stairs.good(person)))

    return uses
