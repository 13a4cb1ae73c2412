"""Matching by generations: leaders between are counted, one pair at a time."""

from collections.abc import Mapping
from fractions import Fraction

from core.plan.model import Bonus, Plan
from core.plan.model.terms import Matching
from core.settlement.second.model import Figures, Line
from core.settlement.second.shared import listed, qualifies, rank_of


def by_generation(plan: Plan, figures: Figures, bonus: Bonus, earned: Mapping[str, int]) -> list[Line]:
    """A line for everybody who earns and each person below her within the generations that she is paid."""
    terms = bonus.terms
    assert isinstance(terms, Matching), "terms are those of the kind"
    lines = []
    for source, amount in earned.items():
        above = figures.above(source)
        for place, payee in enumerate(above):
            if not qualifies(plan, figures, bonus, payee):
                continue
            rank = rank_of(figures, bonus, payee)
            leader = rank if terms.leader_rank in (None, "same_as_earner") else plan.rank_index(terms.leader_rank)
            if leader == 0:
                continue
            between = [source, *above[:place]] if terms.boundary == "opener" else above[:place]
            leaders = sum(rank_of(figures, bonus, one) >= leader for one in between)
            number = leaders if terms.boundary == "opener" else leaders + 1
            found = listed(plan, terms.generations_by_rank, rank)
            rates = terms.generations if found is None else found
            if 1 <= number <= len(rates):
                rate = Fraction(rates[number - 1])
                lines.append(Line(payee, -1, source, number, rate, amount * rate / 100))
    return lines
