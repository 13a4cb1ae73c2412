"""Words of what people want to hear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.messaging.kinds import Topic


class Level(StrEnum):
    """How much of a topic somebody takes."""

    ALL = "all"
    LESS = "less"
    """At most one message in seven days."""
    OFF = "off"


class Summary(StrEnum):
    """How often somebody gets her gauges unasked."""

    OFF = "off"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


Quiet = tuple[int, int]
"""From and until, in minutes of her day; until may lie before from, and is then on the next day."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for whoever chose nothing."""

    zone: str
    """The company's time zone, such as `Europe/Madrid`."""
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one person wants to hear, complete."""

    on: bool
    zone: str
    quiet: Quiet | None
    summary: Summary
    levels: Mapping[Topic, Level] = field(default_factory=dict)
    """An absent topic is ALL."""
