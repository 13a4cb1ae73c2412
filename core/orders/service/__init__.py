"""Use cases about orders: what they cost, taking them, what becomes of them, and lists of them."""

from core.orders.service.changing import (
    add_payments,
    count,
    deliver_order,
    head_of,
    is_known,
    note_from_stock,
    note_given_back,
    parts_of,
    pay_order,
    returned_pieces,
    settle,
    ship_order,
    sold_lines,
    undo,
)
from core.orders.service.coming_back import claim_return, recount_returns, returns_due
from core.orders.service.pricing import Priced, PricedLine, price
from core.orders.service.showing import habits, order, orders_of, paid_orders, usual_order, verify
from core.orders.service.taking import add_order, record_order, require_same, returned_lines

__all__ = [
    "Priced",
    "PricedLine",
    "add_order",
    "add_payments",
    "claim_return",
    "count",
    "deliver_order",
    "habits",
    "head_of",
    "is_known",
    "note_from_stock",
    "note_given_back",
    "order",
    "orders_of",
    "paid_orders",
    "parts_of",
    "pay_order",
    "price",
    "record_order",
    "recount_returns",
    "require_same",
    "returned_lines",
    "returned_pieces",
    "returns_due",
    "settle",
    "ship_order",
    "sold_lines",
    "undo",
    "usual_order",
    "verify",
]
