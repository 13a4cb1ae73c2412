"""Words of what people want to hear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from core.kernel.errors import NotFound
from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import Model, ShortText
from core.messaging.kinds import Topic
from core.messaging.model import Number

DAY_MINUTES = 24 * 60


class TokenUnknown(NotFound):
    """A link to end messages that leads to nobody."""

    code: ClassVar[str] = "unsubscribe_token_unknown"


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

Minute = Annotated[int, Field(ge=0, lt=DAY_MINUTES)]


class QuietHours(Model):
    """When nothing is to reach her, in minutes of her day; where both are alike, never."""

    begins: Minute
    ends: Minute
    """Before `begins`, it is on the next day."""

    @property
    def never(self) -> bool:
        """Whether she takes messages at any hour."""
        return self.begins == self.ends


class PreferenceWish(Model):
    """What a person wants from now on; what is absent stays as it is."""

    on: bool | None = None
    """False: nothing at all, but what she must hear for her safety."""
    levels: dict[Topic, Level] = Field(default_factory=dict)
    quiet: QuietHours | None = None
    usual_quiet: bool = False
    """Back to the company's quiet hours, whatever they come to be."""
    summary: Summary | None = None
    time_zone: ShortText | None = None


class Preferences(Model):
    """What a person wants to hear, complete, as she sees it."""

    on: bool
    levels: dict[Topic, Level]
    """Of every topic."""
    quiet: QuietHours
    quiet_chosen: bool
    """False: they are the company's."""
    usual_quiet: QuietHours
    """The company's."""
    summary: Summary
    time_zone: str
    time_zone_chosen: bool
    """False: her country's, or the company's."""
    zones: tuple[str, ...]
    """Of her country, most people's first; empty where we know none."""


class AboutMessage(Model):
    """A message of ours that she speaks of, by its number in the outbox."""

    message: Number


class Heeded(Model):
    """What was changed because of a message."""

    topics: tuple[Topic, ...]
    """Of what; empty: of everything."""
    level: Level | None
    """How much she takes of it now; None: as before."""


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


class PreferencesChanged(Event):
    """Somebody said what she wants to hear."""

    kind: ClassVar[str] = "preferences.changed"

    person_id: PersonId
