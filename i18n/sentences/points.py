"""Sentences about points, and what is refused of them."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "points_too_few": mark(
        "You have {available} and this takes {needed}: {missing} are missing. Orders, yours and those of people you "
        "bring, earn more."
    ),
    "money_too_little": mark("There is not enough money on the account. Choose a smaller amount."),
    "below_least": mark("That is too little: {least} is the least that can be moved at once."),
    "above_most": mark("That is too much: {most} is the most that can be moved now. Choose less, or try tomorrow."),
    "way_closed": mark("Your company does not offer this."),
    "not_to_yourself": mark("You cannot give points to yourself. Tell me somebody else."),
    "receiver_unknown": mark(
        "I found nobody called “{to}” to whom you can give points. Check the name, or give the code."
    ),
    "receiver_ambiguous": mark("“{to}” could be several people: {names}. Tell me the code."),
    "receiver_closed": mark("The account {to} takes no points. Choose somebody else."),
    "nothing_to_adjust": mark("An adjustment of zero changes nothing. Give an amount."),
    "points_lots_differ": mark("{person}: the balance of {purpose} says {balance}, the lots hold {lots}."),
    "points_lot_off": mark("Lot {lot} holds {remaining}; by its uses it should hold {expected}."),
}
