"""Ranks whose legs may serve one condition only, as what they ask for when every leg may serve all.

Where every leg that serves the one condition serves the other too, or none does, the second asks for the legs of both:

| needs                       | asked for instead           | legs             | reached |
| --------------------------- | --------------------------- | ---------------- | ------- |
| 1 Gold leg, 2 Silver legs   | 1 Gold leg, 3 Silver legs   | Gold, Silver     | no      |
|                             |                             | Gold, 2 × Silver | yes     |
|                             |                             | 2 × Gold, Silver | yes     |

That is Hall's theorem for sets that lie in each other or apart: there are legs enough exactly when each set has enough
for all conditions that only take legs out of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from core.plan.language.findings import Findings
from core.plan.language.source import Place
from core.plan.model import AllOf, AnyOf, Condition, KpiSpec, Measure, Requirement, Who

WAYS_MAX = 64


class Disjoint:
    """The needs of ranks whose legs serve one condition only."""

    def __init__(self, kpis: Mapping[str, KpiSpec], ladder: Sequence[str], findings: Findings) -> None:
        self.kpis, self.ladder, self.findings = kpis, ladder, findings

    def needs(self, rank: str, needs: AllOf, place: Place) -> AllOf:
        """What a rank asks for; a fault where it cannot be said, and then the needs as they are."""
        if _ways_of(needs) > WAYS_MAX:
            self.findings.fault("plan_legs_many_ways", place, rank=rank, most=WAYS_MAX)
            return needs
        ways = list(_ways(needs))
        counted = [[one for one in way if self._counts_legs(one)] for way in ways]
        if all(len(way) <= 1 for way in counted):
            return needs
        for one, other in (pair for way in counted for pair in combinations(way, 2)):
            if not (self._inside(one, other) or self._inside(other, one) or self._apart(one, other)):
                self.findings.fault("plan_legs_mixed", place, rank=rank, kpi=one.kpi, other=other.kpi)
                return needs
        together = tuple(AllOf(tuple(self._together(one, way) for one in way)) for way in ways)
        return together[0] if len(together) == 1 else AllOf((AnyOf(together),))

    def _counts_legs(self, condition: Condition) -> bool:
        kpi = self.kpis.get(condition.kpi)
        return kpi is not None and kpi.measure is Measure.LEGS

    def _together(self, condition: Condition, way: Sequence[Condition]) -> Condition:
        if not self._counts_legs(condition):
            return condition
        others = (one for one in way if self._counts_legs(one))
        return replace(condition, minimum=sum(one.minimum for one in others if self._inside(one, condition)))

    def _inside(self, one: Condition, other: Condition) -> bool:
        """Whether every leg that counts for the one counts for the other."""
        strict, loose = self.kpis[one.kpi], self.kpis[other.kpi]
        if strict.tree != loose.tree:
            return False
        heads = loose.who in (strict.who, Who.ALL) and (strict.active_only or not loose.active_only)
        if not heads or not self._ranked(strict, loose):
            return False
        return loose.leg_kpi is None or (strict.leg_kpi == loose.leg_kpi and strict.leg_minimum >= loose.leg_minimum)

    def _ranked(self, strict: KpiSpec, loose: KpiSpec) -> bool:
        if loose.leg_with_rank is None:
            return True
        if strict.leg_with_rank is None or strict.rank_basis is not loose.rank_basis:
            return False
        near = loose.leg_depth is None or (strict.leg_depth is not None and strict.leg_depth <= loose.leg_depth)
        return near and self.ladder.index(strict.leg_with_rank) >= self.ladder.index(loose.leg_with_rank)

    def _apart(self, one: Condition, other: Condition) -> bool:
        """Whether no leg counts for both, because of its head or of its tree."""
        kpi, another = self.kpis[one.kpi], self.kpis[other.kpi]
        return kpi.tree != another.tree or {kpi.who, another.who} == {Who.DISTRIBUTORS, Who.CUSTOMERS}


def _ways_of(requirement: Requirement) -> int:
    """How many ways there are to meet it."""
    if isinstance(requirement, Condition):
        return 1
    found = 0 if isinstance(requirement, AnyOf) else 1
    for part in requirement.parts:
        found = found + _ways_of(part) if isinstance(requirement, AnyOf) else found * _ways_of(part)
    return found


def _ways(requirement: Requirement) -> Iterator[tuple[Condition, ...]]:
    """Every way to meet it, as conditions that must all hold."""
    if isinstance(requirement, Condition):
        yield (requirement,)
    elif isinstance(requirement, AnyOf):
        for part in requirement.parts:
            yield from _ways(part)
    else:
        for ways in product(*(list(_ways(part)) for part in requirement.parts)):
            yield tuple(condition for way in ways for condition in way)
