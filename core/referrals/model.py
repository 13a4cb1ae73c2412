"""Links, referrals and how they are refused."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.kernel.errors import DomainError
from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import Model, ShortText
from core.people.model import Kind

START_PREFIX = "r_"


class Referred(Model):
    """Somebody whom she brought."""

    name: str
    code: str
    kind: Kind
    at: datetime
    orders: int
    """Paid orders so far."""


class Invitation(Model):
    """Her link, and what came of it."""

    start: str
    """The start parameter of her deep link, prefix included."""
    opened: int
    """Chats that were opened by it."""
    joined: int
    latest: tuple[Referred, ...] = ()
    """The last ten."""


class ByReferral(Model):
    """A stranger's chat came by a link."""

    start: ShortText


class Inviter(Model):
    """Who invites, as a stranger may know her: her first name."""

    name: str


class ReferralUnknown(DomainError):
    """No link of ours, or of somebody who has left."""

    code: ClassVar[str] = "referral_unknown"
    status: ClassVar[int] = 404


class NotByYourself(DomainError):
    """Her own link."""

    code: ClassVar[str] = "not_by_yourself"


class How(StrEnum):
    """By what we know who brought somebody."""

    LINK = "link"
    STAFF = "staff"


class Brought(Event):
    """Event: a person's referrer is known."""

    kind: ClassVar[str] = "referrals.brought"

    person_id: PersonId
    referrer_id: PersonId
