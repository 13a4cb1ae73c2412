"""What happens to runs."""

from typing import ClassVar

from core.kernel.events import Event
from core.runs.model.states import RunState


class RunReleased(Event):
    """The results of a run became visible, and its amounts stand in the book."""

    kind: ClassVar[str] = "runs.released"

    run: int
    calendar: str
    cycle: str


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
