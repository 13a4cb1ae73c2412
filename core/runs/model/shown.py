"""What staff ask of runs, and what they are told."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from core.kernel.words import Model, ReasonText, ShortText
from core.runs.model.states import RunState, Work

AMOUNT_MAX = 10**13
"""Of one note, in minor units; and of one correction of volume, at the plan's scale."""
Signed = Annotated[int, Field(ge=-AMOUNT_MAX, le=AMOUNT_MAX)]


class Progress(Model):
    """What a run is at."""

    work: Work
    part: str
    """The part that is being done, such as `load`; empty while it waits for its turn."""
    done: int
    total: int
    until: datetime | None = None
    """So long its worker is believed to live without a word; None while the work waits."""


class Finding(Model):
    """What preview or validation found; a fault blocks the approval, a notice is for those who approve."""

    code: str
    severity: str
    facts: dict[str, Any]


class Approval(Model):
    """Who approved, and when."""

    by: str
    at: datetime


class RunCard(Model):
    """A run as staff see it."""

    run: int
    kind: str
    calendar: str
    cycle: str
    starts_at: datetime
    ends_at: datetime
    state: RunState
    steps: tuple[str, ...]
    started_by: str
    started_at: datetime
    attempts: int
    """How often somebody began to work on it: previews, validations and releases."""
    known_until: datetime | None
    """Orders and corrections up to then are in it."""
    plan_version: str | None
    totals: dict[str, Any] | None
    """Counts, and earned, paid and carried by currency, as decimals."""
    progress: Progress | None
    failed: Finding | None
    """Why the last work stopped."""
    faults: int
    notices: int
    approvals: tuple[Approval, ...]
    released_at: datetime | None
    released_by: str | None
    seal: str | None
    seal_before: str | None


class NewRun(Model):
    """Which cycle is to be settled."""

    cycle: ShortText
    kind: ShortText | None = None
    """A kind of run of the plan; None is that of the main calendar."""


class NoteWish(Model):
    """A debit note (below zero) or a credit note for a cycle, with the reason that the payee will read."""

    cycle: ShortText
    person: ShortText
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    amount_minor: Signed
    reason: ReasonText
    calendar: ShortText | None = None
    """None is the plan's main one."""


class VolumeWish(Model):
    """Volume by hand for a cycle, at the plan's scale and with its sign."""

    cycle: ShortText
    person: ShortText
    cv: Signed
    qv: Signed
    reason: ReasonText
    calendar: ShortText | None = None


class Note(Model):
    """Something entered by hand: money in minor units of `currency`, or volume."""

    note: int
    calendar: str
    cycle: str
    person: str
    currency: str | None
    amount_minor: int
    cv: int
    qv: int
    reason: str
    entered_by: str
    entered_at: datetime
    withdrawn: bool


class HoldWish(Model):
    """Why nothing is to be paid to a payee."""

    reason: ReasonText


class HoldCard(Model):
    """A hold as staff see it."""

    person: str
    reason: str
    since: datetime
    by: str


class Award(Model):
    """One award line, with every number as text, as awards.csv has it."""

    bonus: str
    unit: str
    amount: str
    source: str | None
    """Whose order, leg or earnings."""
    order: str | None
    level: str | None
    base: str | None
    rate: str | None
    because: str
    """A JSON object."""


class Difference(Model):
    """What changed for a payee in one bonus and unit, and why; `cause` is a word of `CAUSES`."""

    person: str
    bonus: str
    unit: str
    cause: str
    before: int
    """Minor units of a currency, else pieces."""
    now: int
    lines: int
    is_anomaly: bool

    @property
    def change(self) -> int:
        """How much more it is now."""
        return self.now - self.before
