"""What kinds of orders there are, where they stand, and what can pay for them."""

from enum import StrEnum


class OrderKind(StrEnum):
    """The kind gives the sign; quantities are positive."""

    SALE = "sale"
    RETURN = "return"


class OrderState(StrEnum):
    """Where an order stands."""

    OPEN = "open"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class Means(StrEnum):
    """What can pay for an order."""

    MONEY = "money"
    """From outside; the company's own systems know more of it."""
    POINTS = "points"
    CREDIT = "credit"
    COUPON = "coupon"
    CREDIT_NOTE = "credit_note"
