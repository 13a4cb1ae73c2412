"""Sentences about redeeming and about what pays for an order."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "not_redeemable": mark("{sku} cannot be had for points. Ask me what you can get for your points."),
    "quantity_too_many": mark("At most {most} of this product go into one order. Please ask for fewer."),
    "mix_not_allowed": mark("At least {least} have to be paid in points. Please pay more of it in points."),
    "not_yours_to_cancel": mark(
        "I can only cancel orders that you made with your points. The company can help you with order {order}."
    ),
    "payment_too_large": mark("That is more than the order still costs. Please pay at most {left}."),
    "coupons_clash": mark("The coupons {codes} cannot be used together. Please choose one of them."),
}
