"""Why a bonus pays somebody nothing: the first thing that is missing, in the order in which a bonus asks.

| asked in this order                                  | what is missing                      |
| ---------------------------------------------------- | ------------------------------------ |
| she stands in the tree                               | `left`                               |
| she is one for whom it is, and not suspended         | `customer`, `distributor`, `suspended` |
| she has a place in the placement tree that it goes along | `no_place`                       |
| `minimum_rank`                                       | `rank`                               |
| each condition of `earner`; of `any` the nearest     | `condition`                          |
| who holds a `place` where others are passed over     | `condition`                          |
| what the kind asks of her: a rate, a step, a share   | `rank`, `package`, `step`, `rule`, … |
| something that the bonus is a share of               | one of the words that begin with no_ |

Making true what is named changes what she is paid, or what is named next.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from core.plan.model import AllOf, AnyOf, Bonus, Condition, Plan, Requirement, Unit
from core.settlement.rules.lack import Lack, Missing, Standing
from core.settlement.rules.lacking import of_kind


def missing(plan: Plan, bonus: Bonus, standing: Standing) -> Missing:
    """What keeps the bonus from somebody whom it does not pay; customers are asked for no rank, for they hold none."""
    found = next(_asked(plan, bonus, standing))
    return Missing(Lack.CUSTOMER) if standing.customer and found.lack is Lack.RANK else found


def _asked(plan: Plan, bonus: Bonus, standing: Standing) -> Iterator[Missing]:
    if not standing.in_tree:
        yield Missing(Lack.LEFT)
    if standing.customer and bonus.who == "distributors":
        yield Missing(Lack.CUSTOMER)
    if not standing.customer and bonus.who == "customers":
        yield Missing(Lack.DISTRIBUTOR)
    if standing.suspended:
        yield Missing(Lack.SUSPENDED)
    if bonus.tree != "sponsor" and not standing.stands(bonus):
        yield Missing(Lack.NO_PLACE)
    if standing.ranks[bonus.rank_basis] < plan.rank_index(bonus.minimum_rank):
        yield Missing(Lack.RANK, rank=bonus.minimum_rank, basis=bonus.rank_basis)
    yield from _conditions(plan, bonus.conditions, standing)
    yield from _conditions(plan, AllOf(getattr(bonus.terms, "place", ())), standing)
    yield from of_kind(plan, bonus, standing)
    yield Missing(LAST.get(bonus.kind, Lack.NO_BELOW))


LAST: Mapping[str, Lack] = {
    "matching": Lack.NO_EARNINGS,
    "fast_start": Lack.NO_NEWCOMER,
    "first_order": Lack.NO_NEWCOMER,
    "binary": Lack.NO_MATCH,
    "pool": Lack.NO_POT,
    "rank_award": Lack.HAD,
    "goal_award": Lack.HAD,
}
"""What is missing when she herself lacks nothing."""


def _conditions(plan: Plan, asked: Requirement, standing: Standing) -> Iterator[Missing]:
    """The first that does not hold; of those of which one is enough the nearest."""
    match asked:
        case Condition():
            needed, have = _whole(plan, asked), standing.counted(asked)
            if have < needed:
                yield Missing(Lack.CONDITION, kpi=asked.kpi, needed=needed, have=have)
        case AllOf(parts):
            for part in parts:
                yield from _conditions(plan, part, standing)
        case AnyOf(parts):
            found = [next(_conditions(plan, part, standing), None) for part in parts]
            short = [one for one in found if one is not None]
            if len(short) == len(found) and short:
                yield min(short, key=lambda one: one.distance)


def _whole(plan: Plan, condition: Condition) -> Fraction:
    decimals = plan.volume.scale if plan.kpi(condition.kpi).unit is Unit.VOLUME else 0
    return Fraction(condition.minimum, 10**decimals)
