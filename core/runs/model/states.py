"""How far a run can be, and what others read of released ones."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.kernel.ids import PersonId

APPROVALS = 2
"""So many different people approve a run."""


class RunState(StrEnum):
    """How far a run is."""

    DRAFT = "draft"
    PREVIEWED = "previewed"
    VALIDATED = "validated"
    """Its inputs are frozen; nothing blocks the approval."""
    APPROVED = "approved"
    RELEASED = "released"
    PAID = "paid"
    CANCELLED = "cancelled"


CANCELLABLE = (RunState.DRAFT, RunState.PREVIEWED, RunState.VALIDATED, RunState.APPROVED)
OVER = (RunState.RELEASED, RunState.PAID)
"""States that never go back."""


class Work(StrEnum):
    """What takes long, and is done by one process at a time."""

    PREVIEW = "preview"
    VALIDATE = "validate"
    RELEASE = "release"


WORKS_IN: dict[Work, tuple[RunState, ...]] = {
    Work.PREVIEW: (RunState.DRAFT, RunState.PREVIEWED, RunState.VALIDATED),
    Work.VALIDATE: (RunState.PREVIEWED,),
    Work.RELEASE: (RunState.APPROVED,),
}
"""The states in which each work can begin."""


@dataclass(frozen=True, slots=True)
class ReleasedRun:
    """A run whose results everybody may see."""

    number: int
    kind: str
    calendar: str
    cycle: str
    starts_at: datetime
    ends_at: datetime
    released_at: datetime
    seal: str
    """SHA-256 of inputs, plan and results, chained to the run before, as hexadecimal."""
    plan_version: str
    pays: bool
    """Whether what is paid out goes to the payment lists; else it stays on everybody's balance."""
    state: RunState


@dataclass(frozen=True, slots=True)
class RunPayout:
    """What a payee has in one currency by a run, in minor units."""

    run: int
    person: PersonId
    currency: str
    earned: int
    carried_in: int
    adjustments: int
    to_credit: int
    """What becomes account credit, in the place of money."""
    paid: int
    carried_out: int
    charges: str = ""
    """What each of the plan's charges took of it, part of `adjustments`: `tds:500 admin:1000`."""

    @property
    def charged(self) -> dict[str, int]:
        """The same by code."""
        pairs = (one.rsplit(":", maxsplit=1) for one in self.charges.split())
        return {code: int(amount) for code, amount in pairs}


@dataclass(frozen=True, slots=True)
class Hold:
    """That nothing is paid to a payee."""

    person: PersonId
    reason: str
    since: datetime
    by: str
