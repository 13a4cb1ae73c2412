"""Words of campaigns, and what the API takes and answers."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.words import Model, ShortText
from core.messaging.model import OutboxState
from core.people.model import Kind, Status

TEXT_MAX = 1800
"""With its title it fits into one message of the messenger, which counts rare characters twice."""
LIST_MAX = 300

Text = Annotated[str, Field(min_length=1, max_length=TEXT_MAX, pattern=r"^[^\x00]*$")]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Codes = Annotated[tuple[ShortText, ...], Field(max_length=LIST_MAX)]


class CampaignState(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    """It goes out at a moment that has not come."""
    SENDING = "sending"
    """Its messages are being made, or some of them wait."""
    SENT = "sent"
    """Nothing of it waits any more."""
    CANCELLED = "cancelled"


class LeftOut(StrEnum):
    """Why somebody whom a campaign means does not get it."""

    MESSAGES_OFF = "messages_off"
    """She wants no messages at all."""
    ANNOUNCEMENTS_OFF = "announcements_off"
    BLOCKED = "blocked"
    """She blocked the bot."""
    NO_ADDRESS = "no_address"
    """No chat of hers takes messages, and no e-mail address."""


class Segment(Model):
    """Whom a campaign means: everybody to whom all of this applies; what is empty or absent leaves nobody out."""

    ranks: Codes = ()
    """By which she would be paid now, in the open cycle."""
    countries: Codes = ()
    languages: Codes = ()
    """In which she is spoken to."""
    statuses: tuple[Status, ...] = ()
    kinds: tuple[Kind, ...] = ()
    below: ShortText | None = None
    """Somebody's code: everybody in her line, without herself."""


class Words(Model):
    """What a campaign says in one language."""

    title: ShortText | None = None
    """Its first line, and the subject of an e-mail."""
    text: Text


class NewCampaign(Model):
    """A campaign as staff write it."""

    name: ShortText
    """As staff call it; nobody else reads it."""
    segment: Segment = Segment()
    words: dict[str, Words]
    """By language, at least one."""


class SendWish(Model):
    """When a campaign goes out."""

    at: datetime | None = None
    """Now when None. Without an offset it is company time."""


class Numbers(Model):
    """What became of a campaign's messages."""

    by_state: dict[OutboxState, int]
    tapped: int
    """Of those that went out: how many people tapped a button under it."""


class Campaign(Model):
    """A campaign as staff see it."""

    number: int
    name: str
    state: CampaignState
    segment: Segment
    words: dict[str, Words]
    made_by: str
    made_at: datetime
    sent_by: str | None = None
    at: datetime | None = None
    """When it goes out, or went."""
    planned: int | None = None
    """How many people it was made for; None while that is not known."""
    cancelled_by: str | None = None
    cancelled_at: datetime | None = None


class CampaignCard(Campaign):
    """One campaign with what became of its messages."""

    numbers: Numbers


class LanguageShare(Model):
    """Those who would get a campaign in one language, as they are spoken to."""

    language: str
    people: int
    gets: str
    """The language of the words that they get."""


class Preview(Model):
    """What a campaign would do if it went out now."""

    people: int
    """Whom it means."""
    reached: int
    by_chat: int
    by_email: int
    """Those who have no chat that takes messages; where the company sends no e-mails, they get nothing."""
    left_out: dict[LeftOut, int]
    """Each person by the first reason that applies."""
    languages: tuple[LanguageShare, ...]
    """Of those who are reached, most people first."""
    missing: tuple[str, ...]
    """Languages of these without words of their own."""
    words: dict[str, Words]


class CampaignUnknown(NotFound):
    """There is no campaign of this number. Facts: `campaign`."""

    code: ClassVar[str] = "campaign_unknown"


class CampaignFixed(DomainError):
    """It is no draft any more, so it cannot be changed. Facts: `campaign`, `state`."""

    code: ClassVar[str] = "campaign_fixed"


class CampaignBegun(DomainError):
    """It has begun to go out, or is over, so it cannot be sent again. Facts: `campaign`, `state`."""

    code: ClassVar[str] = "campaign_begun"


class CampaignOver(DomainError):
    """Nothing of it waits any more, so nothing is left to cancel. Facts: `campaign`."""

    code: ClassVar[str] = "campaign_over"


class CampaignChanged(Event):
    """Staff wrote, changed, sent or cancelled a campaign."""

    kind: ClassVar[str] = "campaigns.changed"

    campaign: int
    state: CampaignState
    at: datetime | None = None
