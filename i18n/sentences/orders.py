"""Sentences about orders, products and exchange rates."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "order_unknown": mark("I couldn't find order {order}."),
    "order_differs": mark("The order {order} is known already, with other content. Nothing was changed."),
    "order_paid": mark("The order {order} is paid, so it cannot be cancelled. Record a return instead."),
    "order_cancelled": mark("The order {order} was cancelled. Please make a new one."),
    "order_not_paid": mark("The order {order} is not paid, so it cannot be sent."),
    "order_shipped": mark("The order {order} is on its way already. You can return it once it has arrived."),
    "order_payments_differ": mark("The order {order} costs {cost}, but {paid} paid for it."),
    "order_currencies_mixed": mark(
        "The products of the order {order} have prices in {currencies}. One order has one currency."
    ),
    "product_unknown": mark("The catalogue has no product {sku}. Nearest: {nearest}."),
    "product_unknown_far": mark("The catalogue has no product {sku}."),
    "picture_invalid": mark("This is no picture that I can keep. Please send PNG, JPEG or WebP."),
    "out_of_stock": mark("Only {left} of {sku} are left. Please ask for fewer, or for something else."),
    "rate_missing_for_note": mark(
        "The amount by hand for {person} (“{reason}”) is in {to}, and there is no rate from {from} to {to} for {date} "
        "or before. Import one first, or take the amount out."
    ),
    "rate_missing": mark("There is no rate from {from} to {to} for {date} or before. Import one first."),
}
