"""Use cases of runs."""

from core.runs.service.reading import (
    figures_of,
    held,
    lines_of,
    mark_paid,
    payouts,
    payouts_of,
    plan_of,
    rank_of,
    released,
)
from core.runs.service.verifying import verify

__all__ = [
    "figures_of",
    "held",
    "lines_of",
    "mark_paid",
    "payouts",
    "payouts_of",
    "plan_of",
    "rank_of",
    "released",
    "verify",
]
