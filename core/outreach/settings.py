"""What the plan file says of messages, and what holds where it says nothing."""

from dataclasses import dataclass

from core.outreach.rules.judging import Budget
from core.plan.model import NotificationsSpec, Plan
from core.preferences.model import Defaults


@dataclass(frozen=True, slots=True)
class Settings:
    """What claims go by."""

    budget: Budget
    defaults: Defaults

    @classmethod
    def of(cls, plan: Plan | None) -> "Settings":
        """By the plan in force; None where there is none yet."""
        spec = NotificationsSpec() if plan is None else plan.notifications
        zone = "UTC" if plan is None else plan.calendar.time_zone
        return cls(Budget(spec.per_day, spec.per_week), Defaults(zone, spec.quiet))
