"""Rules of ranks: which rung is reached, what title and honour follow, and which ranks are kept for a while."""

from core.ranks.rules.ladder import (
    Step,
    allowed_rank,
    career_rank,
    conditions,
    gaps,
    holds,
    honorary_rank,
    paid_rank,
    size,
    steps,
)

__all__ = [
    "Step",
    "allowed_rank",
    "career_rank",
    "conditions",
    "gaps",
    "holds",
    "honorary_rank",
    "paid_rank",
    "size",
    "steps",
]
