"""Sentences about coupons and credit notes."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "holding_unknown": mark("You have no coupon or credit note {code}. Please check the code."),
    "holding_unusable": mark("{code} cannot be used now."),
    "holding_early": mark("{code} cannot be used yet. It is valid from {day}."),
    "holding_expired": mark("{code} has expired. Its last day was {day}."),
    "holding_used": mark("{code} is used up."),
    "holding_withdrawn": mark("{code} is no longer valid."),
    "order_too_small": mark("The coupon {code} works on orders of at least {told}. Please add something."),
    "holding_currency": mark("{code} is money in {currency}, and this order is in another currency."),
    "holding_taken": mark("Another coupon or credit note has the code {code}. Please choose another one."),
    "note_too_small": mark("Only {told} is left on the credit note {code}. Please pay less with it."),
    "credit_notes_differ": mark(
        "What is left of the credit notes of person {person} in {currency} is {left}, but the book says {owed}."
    ),
}
