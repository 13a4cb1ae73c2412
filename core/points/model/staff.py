"""What staff see and do."""

from datetime import date
from typing import Annotated

from pydantic import Field

from core.kernel.words import CompanyText, Model, ShortText
from core.points.model.card import Movement
from core.points.model.moving import POINTS_MAX


class Statement(Model):
    """A person's points between two company days, for staff: opening, movements, closing."""

    person: str
    since: date
    until: date
    opening: int
    closing: int
    movements: tuple[Movement, ...]


class Adjustment(Model):
    """Points or money by hand, with the reason that the person will read."""

    person: ShortText
    amount: Annotated[int, Field(ge=-POINTS_MAX, le=POINTS_MAX)]
    """With its sign; points, or minor units of `currency`."""
    reason: ShortText
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """None is points; else account credit of that currency."""
    expires_on: date | None = None


class Adjusted(Model):
    """What an adjustment did."""

    entry: int
    balance: int
    """After it: points that can be spent, or minor units of credit."""


class RuleShown(Model):
    """One rule of the programme, as the plan writes it."""

    code: str
    label: CompanyText
    on: str
    when: str
    points: str
    to: str
    once: bool


class TierShown(Model):
    """One tier, and what has to be earned for it."""

    code: str
    label: CompanyText
    earned: int


class ProgrammeShown(Model):
    """The programme in force, for staff."""

    name: CompanyText
    since: date | None
    safe_after_days: int
    expire_after_months: int | None
    expire_at: str
    may_go_negative: bool
    warn_days: tuple[int, ...]
    tier_months: int
    rules: tuple[RuleShown, ...]
    tiers: tuple[TierShown, ...]
