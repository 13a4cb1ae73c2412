"""What she can make of what she has: conversions and transfers."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from core.kernel.words import CompanyText, Model, ShortText
from core.points.model.card import Amount

POINTS_MAX = 10**12
Points = Annotated[int, Field(ge=1, le=POINTS_MAX)]


class Purse(StrEnum):
    """Where value lies that can be converted."""

    POINTS = "points"
    CREDIT = "credit"
    COMMISSIONS = "commissions"


class Way(Model):
    """One conversion that is open to her now."""

    source: Purse
    target: Purse
    source_unit: str
    """`points` or a currency."""
    target_unit: str
    rate: str
    """What one unit of the source gives in the target, exact, in major units."""
    available: int
    """What she has of the source; minor units of money."""
    least: int
    most: int
    """What she may convert now, in the source's unit, all limits counted; below `least` nothing."""


class Wallet(Model):
    """What she has and what it can become."""

    name: CompanyText
    points: int
    credit: tuple[Amount, ...] = ()
    commissions: tuple[Amount, ...] = ()
    ways: tuple[Way, ...] = ()


class ConversionWish(Model):
    """What she wants to convert. `amount` in the source's unit (minor units of money); None is all that she may."""

    source: Purse = Purse.POINTS
    target: Purse = Purse.CREDIT
    amount: Annotated[int, Field(ge=1, le=POINTS_MAX)] | None = None
    currency: ShortText | None = None
    """Of the money; None is her own currency, or the only one that she has."""
    target_currency: ShortText | None = None
    """Only from credit to credit."""


class ConversionOffer(Model):
    """What a tap will do: exactly this, or nothing."""

    offer: str
    name: CompanyText
    source: Purse
    target: Purse
    give: int
    give_unit: str
    get: int
    get_unit: str
    rate: str
    left: int
    """What stays on the source."""
    expires_on: date | None = None
    """When points that she gets will end."""


class TransferWish(Model):
    """Points for somebody: her code, or her name where it names exactly one person whom the giver may see."""

    to: ShortText
    points: Points | None = None
    """None is all that she may give."""


class TransferOffer(Model):
    """What a tap will do."""

    offer: str
    name: CompanyText
    to_code: str
    to_name: str
    points: int
    left: int
