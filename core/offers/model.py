"""Offers and how they are refused."""

from typing import ClassVar, NewType

from core.kernel.errors import DomainError
from core.kernel.words import Model, ShortText

OfferId = NewType("OfferId", str)
"""22 letters, few enough for a button's 64 bytes."""


class Accepted(Model):
    """Which offer is taken."""

    offer: ShortText


class OfferGone(DomainError):
    """The offer is too old, was never made, or is somebody else's; a new one has to be asked for."""

    code: ClassVar[str] = "offer_gone"


class OfferChanged(DomainError):
    """Something happened meanwhile, and it would no longer do what was shown; a new one has to be asked for."""

    code: ClassVar[str] = "offer_changed"
