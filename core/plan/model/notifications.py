"""What a company says about speaking up first."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NotificationsSpec:
    """When messages that nobody asked for go out, to whom, and how many; times are minutes of a person's day."""

    per_day: int = 2
    """So many unasked messages at most in 24 hours; a digest counts as one."""
    per_week: int = 6
    """The same in seven days."""
    holdout: Decimal = Decimal(5)
    """The share of people, in percent, who are left without, to see what messages change."""
    reach: Decimal = Decimal(30)
    """A rank is within reach where of each threshold at most so many percent are missing."""
    quiet: tuple[int, int] | None = (21 * 60, 8 * 60)
    """The night of whoever chose none, from and until; None is none."""
    month_end: tuple[int, ...] = (7, 3, 1)
    """So many days before a cycle closes people are nudged; 1 is its last day."""
    month_end_at: int = 17 * 60
    """When on these days."""
    at: int = 9 * 60
    """When on its day everything else is due that goes by days."""
