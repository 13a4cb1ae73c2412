"""What happens to runs."""

from typing import ClassVar

from core.kernel.events import Event
from core.runs.model.shown import Approval
from core.runs.model.states import RunState


class RunReleased(Event):
    """The results of a run became visible, and its amounts stand in the book; the actor released it.

    What its row and its approvals say is kept here once more, so that a row which is gone or changed is found.
    """

    kind: ClassVar[str] = "runs.released"

    run: int
    calendar: str
    cycle: str
    number: int
    """Its place among all that were released, from 1."""
    plan_version: str
    pays: bool
    started_by: str
    approvals: tuple[Approval, ...]
    seal: str
    seal_before: str | None


class RunChanged(Event):
    """A run is in another state; the actor is who did it."""

    kind: ClassVar[str] = "runs.changed"

    run: int
    state: RunState
    attempt: int


class HandEntered(Event):
    """A note, a correction of volume or a hold was entered, withdrawn or lifted."""

    kind: ClassVar[str] = "runs.hand_entered"

    what: str
    note: int
    done: str
