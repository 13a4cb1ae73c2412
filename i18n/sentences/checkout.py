"""Sentences about redeeming and about what pays for an order."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "not_redeemable": mark("{sku} is not among what you can redeem. Ask me what there is."),
    "quantity_too_many": mark("At most {most} of this product go into one order. Please ask for fewer."),
    "mix_not_allowed": mark("That is too little. It takes at least {least}."),
    "not_yours_to_cancel": mark(
        "I can only cancel what you redeemed yourself. The company can help you with order {order}."
    ),
    "payment_too_large": mark("That is more than the order still costs. Please pay at most {told}."),
    "coupons_clash": mark("The coupons {codes} cannot be used together. Please choose one of them."),
}
