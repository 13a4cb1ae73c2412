"""The best of those who divide something."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from core.plan.model.percents import Percent, percent_text


@dataclass(frozen=True, slots=True)
class Top:
    """How many of the best: so many, or so many percent of all."""

    count: int = 0
    percent: Percent = Decimal(0)

    def __str__(self) -> str:
        return percent_text(self.percent) if self.percent else str(self.count)

    def of(self, everybody: int) -> int:
        """How many that are, counted up to a whole person."""
        return ceil(Fraction(self.percent) * everybody / 100) if self.percent else min(self.count, everybody)
