"""Use cases about orders: what they cost, taking them, what becomes of them, and lists of them."""

from core.orders.service.changing import (
    add_payments,
    cancel_order,
    count,
    deliver_order,
    locked,
    pay_order,
    settle,
    ship_order,
    undo,
)
from core.orders.service.pricing import Priced, PricedLine, in_company_time, price, require_storable
from core.orders.service.showing import habits, order, orders_of, paid_orders, usual_order
from core.orders.service.taking import add_order, record_order, require_same, returned_lines

__all__ = [
    "Priced",
    "PricedLine",
    "add_order",
    "add_payments",
    "cancel_order",
    "count",
    "deliver_order",
    "habits",
    "in_company_time",
    "locked",
    "order",
    "orders_of",
    "paid_orders",
    "pay_order",
    "price",
    "record_order",
    "require_same",
    "require_storable",
    "returned_lines",
    "settle",
    "ship_order",
    "undo",
    "usual_order",
]
