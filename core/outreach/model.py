"""Words of planning as the API has them."""

from datetime import datetime
from typing import ClassVar

from core.kernel.errors import NotFound
from core.kernel.words import Model
from core.messaging.model import Holder, Json, OutboxState


class KindUnknown(NotFound):
    """No message of this kind is ever planned. Facts: `kind` as asked, `known` those that are."""

    code: ClassVar[str] = "kind_unknown"


class PlanWish(Model):
    """A worker asks core to plan what is due."""

    holder: Holder


class PlannedSlot(Model):
    """A slot that was worked through."""

    kind: str
    slot: str
    """Its name, such as `month_end/Europe/Berlin/2026-11-27`, which its messages have as their occasion."""
    at: datetime
    planned: int
    """Messages that wait to go."""
    withheld: int
    """Messages that stay, to people who are left without."""


class Planned(Model):
    """What was planned since the last answer."""

    slots: tuple[PlannedSlot, ...]
    under_way: bool
    """Whether core goes on planning; the next question is told the rest."""


class DueMessage(Model):
    """What would be written into the outbox."""

    kind: str
    slot: str
    key: str
    person: str
    """Her code."""
    name: str
    state: OutboxState
    """`waiting`, or `withheld` where she is left without."""
    not_before: datetime
    lapses_at: datetime | None
    facts: Json


class Due(Model):
    """What planning at a moment would write, with the figures that are known now."""

    at: datetime
    count: int
    """How many messages in all."""
    messages: tuple[DueMessage, ...]
    """The first of them."""


class KindEffect(Model):
    """What messages of one kind did, beside the people who were left without."""

    kind: str
    planned: int
    """All that were to go, whatever became of them."""
    planned_ordered: int
    """Of those, how many ordered within three days of its time: what `withheld_ordered` is fairly held against."""
    sent: int
    tapped: int
    ordered: int
    """Of those sent, how many people ordered within three days of getting it."""
    withheld: int
    withheld_ordered: int
    """Of those withheld, how many ordered within three days of the time at which it would have gone."""
    ordered_share: float | None
    """Of a hundred sent; None where there are none."""
    planned_share: float | None
    withheld_share: float | None


class Effects(Model):
    """The same for every kind that was planned since a moment."""

    since: datetime
    kinds: tuple[KindEffect, ...]
