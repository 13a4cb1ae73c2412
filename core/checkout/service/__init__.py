"""Use cases of checkout: taking orders and returns, paying and cancelling them, and products for points."""

from core.checkout.service.redeeming import offer_redemption, redeem
from core.checkout.service.taking import cancel_order, pay_order, settle_return, take_order

__all__ = ["cancel_order", "offer_redemption", "pay_order", "redeem", "settle_return", "take_order"]
