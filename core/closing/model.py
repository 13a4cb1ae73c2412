"""Words of closing."""

from dataclasses import dataclass

from core.calendar.model import Cycle
from core.kernel.words import Model
from core.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Due:
    """A cycle that may be closed, and what it is closed by."""

    cycle: Cycle
    plan: Plan
    """In force when the cycle ended."""
    before: str | None
    """The closed cycle before it; None when it is the first that is closed."""


class Closed(Model):
    """What closing did."""

    cycle: str
    already: bool
    """It was closed before; nothing was done."""
    ranked: int = 0
    """People who were paid by a rank or hold a title."""
    changed: int = 0
    """People whose rank or title differs from the cycle before."""
