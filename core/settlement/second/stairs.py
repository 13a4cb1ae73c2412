"""Differentials: every person's own volume walks up alone, and each above gets what is left of her percentage."""

from collections.abc import Mapping
from fractions import Fraction

from core.plan.model import Bonus, Plan
from core.plan.model.terms import Differential
from core.settlement.second.model import Figures, Line
from core.settlement.second.shared import listed, qualifies, rank_of

Key = tuple[str, str, int, Fraction, str]
"""Payee, leg, level, rate, and what tells apart lines of one rate."""


def rate_of(plan: Plan, figures: Figures, bonus: Bonus, person: str) -> Fraction:
    """Her percentage by the schedule or by her rank."""
    terms = bonus.terms
    assert isinstance(terms, Differential), "terms are those of the kind"
    if not terms.schedule:
        return Fraction(listed(plan, terms.rate_by_rank, rank_of(figures, bonus, person)) or 0)
    assert terms.schedule_kpi is not None, "a schedule goes by a KPI"
    figure = figures.kpi(person, terms.schedule_kpi)
    steps = sorted(terms.schedule, key=lambda step: step.start)
    if terms.schedule_mode == "whole":
        return next((Fraction(step.rate) for step in reversed(steps) if figure >= step.start), Fraction(0))
    earned = Fraction(0)
    for place, step in enumerate(steps):
        end = Fraction(steps[place + 1].start) if place + 1 < len(steps) else figure
        earned += max(min(figure, end) - Fraction(step.start), Fraction(0)) * Fraction(step.rate)
    return earned / figure if figure > 0 else Fraction(0)


def differential(
    plan: Plan, figures: Figures, bonus: Bonus, own: Mapping[str, Fraction], minor: Fraction
) -> list[Line]:
    """The lines of the bonus.

    Args:
        own: everybody's own base in whole units.
        minor: how many minor units of what is paid one whole unit of the base is worth.
    """
    terms = bonus.terms
    assert isinstance(terms, Differential), "terms are those of the kind"
    rates = {person: rate_of(plan, figures, bonus, person) for person in figures.people}
    good = {person for person in figures.people if qualifies(plan, figures, bonus, person)}
    bases: dict[Key, Fraction] = {}
    for person, volume in own.items():
        _own(bases, person, volume, rates, good)
        if terms.of == "group":
            _walk(bases, person, volume, figures, rates, good, terms)
    return [
        Line(payee, -1, leg, level, rate, base * rate / 100 * minor)
        for (payee, leg, level, rate, _), base in bases.items()
        if base * rate
    ]


def _add(bases: dict[Key, Fraction], key: Key, volume: Fraction) -> None:
    bases[key] = bases.get(key, Fraction(0)) + volume


def _own(
    bases: dict[Key, Fraction], person: str, volume: Fraction, rates: Mapping[str, Fraction], good: set[str]
) -> None:
    if person in good and rates[person] > 0:
        _add(bases, (person, person, 0, rates[person], "own"), volume)


def _walk(
    bases: dict[Key, Fraction],
    person: str,
    volume: Fraction,
    figures: Figures,
    rates: Mapping[str, Fraction],
    good: set[str],
    terms: Differential,
) -> None:
    """Up from the person who brought it, with the highest percentage seen so far."""
    blocks = terms.unqualified_between == "block"
    seen = rates[person] if blocks or person in good else Fraction(0)
    consoled, leg = False, person
    for above in figures.above(person):
        mine = rates[above]
        if above in good and mine > seen:
            _add(bases, (above, leg, 1, mine - seen, f"above {seen}"), volume)
        elif above in good and mine == seen and seen > 0 and not consoled:
            if terms.equal_rank:
                _add(bases, (above, leg, 1, Fraction(terms.equal_rank), f"equal {seen}"), volume)
            consoled = True
        if (blocks or above in good) and mine > seen:
            seen, consoled = mine, False
        leg = above
