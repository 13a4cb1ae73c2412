"""How orders are refused."""

from typing import ClassVar

from core.kernel.errors import DomainError, NotFound


class OrderUnknown(NotFound):
    """No such order, or not one that the caller may see. Facts: `order` as asked."""

    code: ClassVar[str] = "order_unknown"


class OrderDiffers(DomainError):
    """An order of this id is known with other content. Facts: `order`."""

    code: ClassVar[str] = "order_differs"


class OrderPaid(DomainError):
    """A paid order is not cancelled but returned. Facts: `order`."""

    code: ClassVar[str] = "order_paid"


class OrderNotPaid(DomainError):
    """Only a sale that is paid is sent. Facts: `order`."""

    code: ClassVar[str] = "order_not_paid"


class OrderShipped(DomainError):
    """It is on its way and can only be returned. Facts: `order`."""

    code: ClassVar[str] = "order_shipped"


class OrderCancelled(DomainError):
    """A cancelled order cannot be paid or sent. Facts: `order`."""

    code: ClassVar[str] = "order_cancelled"


class CurrenciesMixed(DomainError):
    """The products of one order are priced in several currencies. Facts: `order`, `currencies`."""

    code: ClassVar[str] = "order_currencies_mixed"
    status: ClassVar[int] = 422
