"""One person's values and rank at one moment, real or supposed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.live.calculation import Calculation
from core.plan.model import Condition


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person has; a snapshot that later changes do not touch."""

    calculation: Calculation = field(repr=False)
    values: Sequence[int]
    rank: int
    """Place on the ladder from 1; 0 for none."""

    def kpi(self, code: str) -> int:
        """The KPI's value, in its unit (volume at the plan's scale)."""
        return int(self.values[self.calculation.values[code]])

    def counted(self, condition: Condition) -> int:
        """What counts towards a condition of the plan's ranks, after its leg cap."""
        return int(self.values[self.calculation.counted[condition]])
