"""Which bonuses look at the rank of whoever earns them, so that another rank can be why they pay otherwise. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from core.plan.expressions.model import Expression
from core.plan.model import AllOf, AnyOf, Bonus, Plan, Requirement
from core.plan.model.terms import Conditional, Generation, Matching, Terms

BY_RANK, NAMED = "_by_rank", ("leader_rank", "stop_rank")
SPOKEN = frozenset({"rank", "career_rank"})


def by_rank(plan: Plan) -> frozenset[str]:
    """The bonuses for which ranks decide: in a table, a least rank, a boundary, a condition, or a cap over them.

    | a bonus has                                       | looks at ranks |
    | ------------------------------------------------- | -------------- |
    | `levels = ["5 %"]`                                | no             |
    | `minimum_rank = "gold"`                           | yes            |
    | `rate_by_rank`                                    | yes            |
    | `rate_by_package`                                 | no             |
    | an earner's KPI that counts cycles held as Gold   | yes            |
    | `[[caps]] amount_by_rank` over it                 | yes            |
    """
    held = {kpi.code for kpi in plan.kpis if kpi.held_rank is not None}
    found = {bonus.code for bonus in plan.bonuses if _looks(bonus, held)}
    for cap in plan.caps:
        if _table(cap, cap.by_package) or held & {cap.share_of, *_kpis(cap.earner)}:
            found |= {cap.code, *(cap.bonuses or [bonus.code for bonus in plan.bonuses if bonus.pays == "money"])}
    return frozenset(found)


def _looks(bonus: Bonus, held: set[str]) -> bool:
    terms, source = bonus.terms, bonus.orders
    named = [bonus.minimum_rank, source.with_rank, source.below_rank]
    named += [getattr(terms, name, None) for name in NAMED]
    if any(one is not None for one in named) or (bonus.cap_by_rank and "cap_by_rank" not in bonus.by_package):
        return True
    asked = {bonus.base, *_kpis((*bonus.earner, *bonus.place.parts)), *_words(terms)}
    return _table(terms, bonus.by_package) or _same_as_earner(terms) or bool(asked & (held | SPOKEN))


def _table(terms: Terms, by_package: tuple[str, ...]) -> bool:
    """Whether one of its tables lists ranks."""
    tables = [one.name for one in fields(terms) if one.name.endswith(BY_RANK) and one.name not in by_package]
    return any(getattr(terms, name) for name in tables)


def _same_as_earner(terms: Terms) -> bool:
    """Whether generations end at whoever holds her own rank."""
    return isinstance(terms, Generation) or (isinstance(terms, Matching) and bool(terms.generations))


def _words(terms: Terms) -> Iterator[str]:
    """What the terms ask by name: figures of the earner's, and words of expressions."""
    yield from (text for one in fields(terms) if one.name.endswith("kpi") and (text := getattr(terms, one.name)))
    if isinstance(terms, Conditional):
        for one in (terms.when, terms.amount):
            if isinstance(one, Expression):
                yield from (name.removeprefix("kpi.") for name in one.names)


def _kpis(parts: Iterable[Requirement]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, AllOf | AnyOf):
            yield from _kpis(part.parts)
        else:
            yield part.kpi
