"""How points are refused."""

from typing import ClassVar

from core.kernel.errors import DomainError


class PointsTooFew(DomainError):
    """She has not enough. Facts: `name` (the company's word), `available`, `needed`, `missing`.

    Of a product also `mix_least`, where so many points and money for the rest would do.
    """

    code: ClassVar[str] = "points_too_few"


class MoneyTooLittle(DomainError):
    """The account has not enough. Facts: `currency`, `available_minor`, `needed_minor`."""

    code: ClassVar[str] = "money_too_little"


class BelowLeast(DomainError):
    """Less than the company moves at once. Facts: `least`, `unit`, `told` (the least in words of money)."""

    code: ClassVar[str] = "below_least"


class AboveMost(DomainError):
    """More than the company moves at once or in a day. Facts: `most` (what may still be moved), `unit`, `told`."""

    code: ClassVar[str] = "above_most"


class WayClosed(DomainError):
    """The company does not do this: no programme, no transfers, no such conversion. Facts: `what`."""

    code: ClassVar[str] = "way_closed"


class NotToYourself(DomainError):
    """Giver and receiver are one person."""

    code: ClassVar[str] = "not_to_yourself"
    status: ClassVar[int] = 422


class ReceiverUnknown(DomainError):
    """Nobody of that code or name whom she may give to. Facts: `to`."""

    code: ClassVar[str] = "receiver_unknown"
    status: ClassVar[int] = 422


class ReceiverAmbiguous(DomainError):
    """Several people are called so. Facts: `to`, `names` (up to five, with code)."""

    code: ClassVar[str] = "receiver_ambiguous"


class ReceiverClosed(DomainError):
    """The receiver's account takes nothing: terminated or suspended. Facts: `to`."""

    code: ClassVar[str] = "receiver_closed"


class NothingToAdjust(DomainError):
    """An adjustment of zero."""

    code: ClassVar[str] = "nothing_to_adjust"
    status: ClassVar[int] = 422
