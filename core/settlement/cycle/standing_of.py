"""Where one person stands in a settled cycle, for the question why a bonus pays her nothing."""

from fractions import Fraction
from typing import Any

import numpy as np

from core.bonuses.rules.binary import both_sides_active
from core.forest.above import Marks
from core.people.model import Kind, Status
from core.plan.expressions.evaluation import truths
from core.plan.expressions.members import members
from core.plan.expressions.model import Expression
from core.plan.model import Bonus, Condition, Plan, Unit
from core.plan.model.terms import Binary, Conditional
from core.settlement.cycle.ruling import unmet
from core.settlement.cycle.source import CycleSource
from core.settlement.cycle.words import column, taken_of
from core.settlement.model import NOBODY
from core.settlement.rules.lack import Missing, Standing
from core.settlement.running import Outcome


def standing_of(outcome: Outcome, source: CycleSource, place: int) -> Standing:
    """Her ranks and figures.

    Args:
        source: of the same cycle.
        place: hers in `Company.people`.
    """
    plan, network = outcome.plan, outcome.standings.network
    node = int(outcome.standings.node[place])
    kind, status = outcome.company.people.select("kind", "status").row(place)

    def kpi(code: str) -> Fraction:
        return _whole(plan, code, int(outcome.standings.kpi(code)[node])) if node != NOBODY else Fraction(0)

    def counted(condition: Condition) -> Fraction:
        found = int(source.counted(condition)[node]) if node != NOBODY else 0
        return _whole(plan, condition.kpi, found)

    def holds(bonus: Bonus) -> bool:
        found = source.holds(bonus)
        return found is None or (node != NOBODY and bool(found[node]))

    def lacking(bonus: Bonus) -> tuple[Missing, ...]:
        numbers = failing(source, bonus, node) if node != NOBODY else []
        return unmet(plan, bonus, numbers, kpi=kpi, customer=kind == Kind.CUSTOMER.value)

    by_basis = {"paid": network.paid, "career": network.career, "ever": network.ever, "before": network.before}
    return Standing(
        in_tree=node != NOBODY,
        customer=kind == Kind.CUSTOMER.value,
        suspended=status == Status.SUSPENDED.value,
        ranks={basis: int(ranks[node]) if node != NOBODY else 0 for basis, ranks in by_basis.items()},
        kpi=kpi,
        counted=counted,
        holds=holds,
        unmet=lacking,
        stands=lambda bonus: node != NOBODY and bool(stands(source, bonus)[node]),
        sided=lambda bonus: node != NOBODY and bool(sided(source, bonus)[node]),
        package=int(network.package[node]) if node != NOBODY and plan.packages else 0,
    )


def stands(source: CycleSource, bonus: Bonus) -> Marks:
    """Who has a place in the tree that a bonus goes along, by node."""
    tree, count = source.tree(bonus), source.standings.network.size
    return np.ones(count, np.bool_) if tree is None else tree.stands[:count]


def sided(source: CycleSource, bonus: Bonus) -> Marks:
    """Who has as many active people of her own on each side as a binary bonus asks for, by node."""
    tree, network = source.tree(bonus), source.standings.network
    if tree is None or not isinstance(bonus.terms, Binary):
        return np.ones(network.size, np.bool_)
    return both_sides_active(network, tree, bonus.terms.personal_actives_each_side)


def members_of(bonus: Bonus) -> tuple[Expression, ...]:
    """What must all hold for a rule to pay; nothing for other bonuses."""
    return members(bonus.terms.when) if isinstance(bonus.terms, Conditional) else ()


def member_holds(source: CycleSource, bonus: Bonus) -> list[Marks]:
    """For each member of a rule's condition, for whom it holds, by node."""
    size, columns = source.standings.network.size, _columns(source, bonus)
    return [truths(one, columns, size) for one in members_of(bonus)]


def failing(source: CycleSource, bonus: Bonus, node: int) -> list[int]:
    """The members of a rule's condition that do not hold for one person, by number."""
    hers = {word: taken_of(found, np.array([node], np.int32)) for word, found in _columns(source, bonus).items()}
    return [number for number, one in enumerate(members_of(bonus)) if not truths(one, hers, 1)[0]]


def _columns(source: CycleSource, bonus: Bonus) -> dict[str, Any]:
    names = bonus.terms.when.names if isinstance(bonus.terms, Conditional) else ()
    return {name: column(name, source.company, source.standings, source.last_day) for name in names}


def _whole(plan: Plan, code: str, figure: int) -> Fraction:
    return Fraction(figure, 10 ** (plan.volume.scale if plan.kpi(code).unit is Unit.VOLUME else 0))
