"""Use cases of runs."""

from core.runs.service.reading import (
    asked_of,
    figures_of,
    held,
    lines_of,
    mark_paid,
    paying,
    payouts,
    payouts_of,
    plan_of,
    rank_of,
    released,
)
from core.runs.service.trusting import Trusted, trusted
from core.runs.service.verifying import verify

__all__ = [
    "Trusted",
    "asked_of",
    "figures_of",
    "held",
    "lines_of",
    "mark_paid",
    "paying",
    "payouts",
    "payouts_of",
    "plan_of",
    "rank_of",
    "released",
    "trusted",
    "verify",
]
