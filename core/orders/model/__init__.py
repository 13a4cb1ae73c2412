"""Orders and returns. An order counts in the cycle of its own time once it is paid."""

from core.orders.model.events import OrderUndone, ShippingNoted, VolumeChanged
from core.orders.model.kinds import Means, OrderKind, OrderState
from core.orders.model.records import Habit, OrderHead, PaidPart, SoldLine
from core.orders.model.refusals import (
    CurrenciesMixed,
    OrderCancelled,
    OrderDiffers,
    OrderNotPaid,
    OrderPaid,
    OrderShipped,
    OrderUnknown,
)
from core.orders.model.shown import PAGE_SIZE_MAX, Order, OrderCard, OrderLine, OrderPayment
from core.orders.model.wishes import (
    PRICE_DECIMALS_MAX,
    PRICE_DIGITS_MAX,
    QUANTITY_MAX,
    YEARS,
    ExactPrice,
    NewLine,
    NewOrder,
    NewPart,
    NewPayment,
    Payment,
    Shipment,
    When,
)

__all__ = [
    "PAGE_SIZE_MAX",
    "PRICE_DECIMALS_MAX",
    "PRICE_DIGITS_MAX",
    "QUANTITY_MAX",
    "YEARS",
    "CurrenciesMixed",
    "ExactPrice",
    "Habit",
    "Means",
    "NewLine",
    "NewOrder",
    "NewPart",
    "NewPayment",
    "Order",
    "OrderCancelled",
    "OrderCard",
    "OrderDiffers",
    "OrderHead",
    "OrderKind",
    "OrderLine",
    "OrderNotPaid",
    "OrderPaid",
    "OrderPayment",
    "OrderShipped",
    "OrderState",
    "OrderUndone",
    "OrderUnknown",
    "PaidPart",
    "Payment",
    "Shipment",
    "ShippingNoted",
    "SoldLine",
    "VolumeChanged",
    "When",
]
