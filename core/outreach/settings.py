"""What the plan file says of messages, and what holds where it says nothing."""

from dataclasses import dataclass

from core.outreach.rules.judging import Budget
from core.plan.model import Plan
from core.preferences.model import Defaults

PER_DAY, PER_WEEK = 2, 6
NIGHT = (21 * 60, 8 * 60)


@dataclass(frozen=True, slots=True)
class Settings:
    """What claims go by."""

    budget: Budget
    defaults: Defaults

    @classmethod
    def of(cls, plan: Plan | None) -> "Settings":
        """By the plan in force; None where there is none yet."""
        return cls(Budget(PER_DAY, PER_WEEK), Defaults("UTC" if plan is None else plan.calendar.time_zone, NIGHT))
