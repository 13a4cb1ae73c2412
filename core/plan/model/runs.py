"""Kinds of runs: by which calendar the company settles, in which steps, and what it lets pass without a question."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Step(StrEnum):
    """One step of a run, in an order in which a company can have them."""

    VERIFY_NETWORK = "verify_network"
    KPIS = "kpis"
    INTEGRATE = "integrate"
    """Volumes corrected by hand are taken in."""
    RETURNS = "returns"
    """Debit and credit notes are taken in."""
    RANKS = "ranks"
    BONUSES = "bonuses"
    VALIDATE = "validate"
    RELEASE = "release"
    PAY = "pay"


@dataclass(frozen=True, slots=True)
class RunSpec:
    """One kind of run."""

    code: str
    calendar: str
    steps: tuple[Step, ...] = tuple(Step)
    ceiling_per_person: Decimal | None = None
    """The most that somebody may earn in a cycle, in the plan's currency; None sets no limit."""
    payout_ratio_max: Decimal | None = None
    """The most that all together may earn, in percent of what the cycle's orders cost."""
    jump_max: Decimal | None = None
    """More than so many times what somebody earned in the cycle before is told to those who approve."""
    jump_from: Decimal = Decimal(0)
    """Less than this, in the plan's currency, is no jump."""
