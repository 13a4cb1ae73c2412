"""Use cases of runs."""

from core.runs.service.reading import (
    asked_of,
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
    "asked_of",
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
