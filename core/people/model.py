"""People: distributors and customers, who they are and what others may see of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, NamedTuple

from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.volume import DEFAULT_SCALE
from core.kernel.words import CompanyText, Model, ShortText


class Kind(StrEnum):
    """A distributor can sponsor; a customer only buys."""

    DISTRIBUTOR = "distributor"
    CUSTOMER = "customer"


COMPANY_KIND = "company"
"""Kind of the row that holds several roots together; not a `Kind`, because no person who is shown has it."""
COMPANY_CODE = "*company*"
"""Code of that row, which no person can have."""


class Status(StrEnum):
    """A terminated person stands in no tree and no calculation."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class PersonUnknown(NotFound):
    """Nobody of that code, or nobody whom the caller may see. Facts: `person` as asked."""

    code: ClassVar[str] = "person_unknown"


class AccountClosed(DomainError):
    """The caller herself has left: she stands in no tree and has no figures any more, though her past stays hers."""

    code: ClassVar[str] = "account_closed"
    status: ClassVar[int] = 403


class AccountSuspended(DomainError):
    """The caller's account is suspended: she sees what she has and moves nothing of it."""

    code: ClassVar[str] = "account_suspended"
    status: ClassVar[int] = 403


class CodeTaken(DomainError):
    """Another person has this code. Facts: `person`."""

    code: ClassVar[str] = "code_taken"


class EmailInvalid(DomainError):
    """What was given is no e-mail address."""

    code: ClassVar[str] = "email_invalid"
    status: ClassVar[int] = 422


class PhoneInvalid(DomainError):
    """What was given is no phone number of that country, or of any where it begins with a plus."""

    code: ClassVar[str] = "phone_invalid"
    status: ClassVar[int] = 422


class SettingInvalid(DomainError):
    """A setting has a value that we cannot use. Facts: `field`, `value`."""

    code: ClassVar[str] = "setting_invalid"
    status: ClassVar[int] = 422


class StatusRefused(DomainError):
    """The status cannot be changed this way. Facts: `person`, `status` as it is."""

    code: ClassVar[str] = "status_refused"


class NewPerson(Model):
    """A person to be enrolled by staff or an import."""

    code: ShortText
    sponsor: ShortText | None
    name: ShortText
    joined_on: date
    country: ShortText
    language: ShortText
    kind: Kind = Kind.DISTRIBUTOR
    email: ShortText | None = None
    phone: ShortText | None = None
    time_zone: ShortText | None = None
    town: str | None = None
    referred_by: ShortText | None = None
    """Code of whoever brought her, who need not be her sponsor."""


class Person(Model):
    """A person as the company's staff see her."""

    code: str
    name: str
    kind: Kind
    status: Status
    joined_on: date
    country: str
    language: str
    language_chosen: bool
    time_zone: str | None
    currency: str | None
    email: str | None
    phone: str | None
    career_rank: str | None
    notifications: bool


def first_name(name: str) -> str:
    """What somebody is told of a person whom she is not shown by her whole name."""
    return next(iter(name.split()), name)


class Card(Model):
    """The little of a person that a list of many needs."""

    person_id: PersonId
    code: str
    name: str
    kind: Kind
    status: Status
    email: str | None
    phone: str | None
    joined_on: date
    country: str
    town: str | None = None


class Me(Model):
    """The caller herself, as the chat needs her."""

    code: str
    name: str
    kind: Kind
    status: Status
    country: str
    language: str
    """Her own choice, else what the company recorded."""
    language_chosen: bool
    """True once she chose a language herself; until then the messenger's tag goes first."""
    time_zone: str
    currency: str
    paid_rank: str | None
    career_rank: str | None
    rank_names: dict[str, CompanyText]
    sponsor_name: str | None
    notifications: bool
    company: CompanyText
    volume_scale: int = DEFAULT_SCALE
    """Decimals of the volumes that the API tells of her and her line."""
    points_name: CompanyText | None = None
    """What the company calls points; None where it has no such programme."""
    pays_customers: bool = False
    """Whether customers can earn here too."""


class OwnSettings(Model):
    """What a person changes herself; an absent field stays as it is."""

    language: ShortText | None = None
    time_zone: ShortText | None = None
    notifications: bool | None = None


class Addressee(NamedTuple):
    """What a message to somebody needs to know of her."""

    name: str
    status: Status
    country: str
    language: str
    language_chosen: bool
    email: str | None
    time_zone: str | None
    notifications: bool


class LinePerson(Model):
    """Somebody of the caller's line, as far as the company's policy shows her. None is "not shown" or "none yet"."""

    code: str
    name: str
    kind: Kind
    level: int
    """1 is the frontline; 0 is the caller herself."""
    active: bool | None
    """Whether she is active in the open cycle."""
    paid_rank: str | None = None
    by_grace: bool = False
    """Whether grace is the reason for the paid rank."""
    honorary_rank: str | None = None
    own_volume: int | None = None
    """Her own QV in the open cycle, at the plan's scale."""
    group_volume: int | None = None
    usual_order: int | None = None
    """Median QV of her last six paid orders, at scale; None when she never ordered."""
    last_order_on: date | None = None
    orders_shown: bool = False
    email: str | None = None
    phone: str | None = None
    joined_on: date | None = None
    country: str | None = None
    town: str | None = None
    frontline_count: int | None = None


class TeamLevel(Model):
    """One level of a line."""

    level: int
    people: int
    distributors: int
    customers: int
    active: int


class Team(Model):
    """A line at a glance."""

    people: int
    distributors: int
    customers: int
    active: int
    deepest_level: int
    levels: tuple[TeamLevel, ...]
    """The first ten levels that hold anybody."""
    moved_up: tuple[LinePerson, ...] = ()
    as_of: datetime
    """When this was worked out; nothing has happened since that it would show."""


class PersonEnrolled(Event):
    """Somebody joined under a sponsor; `sponsor_id` is None for a root."""

    kind: ClassVar[str] = "people.enrolled"

    person_id: PersonId
    sponsor_id: PersonId | None
    person_kind: Kind
    status: Status


class PersonChanged(Event):
    """What is known of a person changed: status, contacts or settings."""

    kind: ClassVar[str] = "people.changed"

    person_id: PersonId
