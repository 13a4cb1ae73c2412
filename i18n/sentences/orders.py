"""Products, rates and orders."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "order_cancelled": mark("Order {order} is cancelled and cannot be paid."),
    "order_currencies_mixed": mark("The products of order {order} are priced in several currencies: {currencies}."),
    "order_differs": mark("There is already an order {order} with other content. Nothing was changed."),
    "order_paid": mark("Order {order} is already paid. Record a return instead of cancelling it."),
    "order_unknown": mark("I found no order {order}."),
    "product_unknown": mark("There is no product {sku} in the catalogue."),
    "rate_missing": mark("There is no exchange rate from {from} to {to} on {date} or before."),
}
