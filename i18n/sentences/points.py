"""Sentences about points, and what is refused of them."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "points_too_few": mark(
        "That takes {needed} and you have {available}, so {missing} are missing. Paid orders earn more."
    ),
    "money_too_little": mark("There is not enough money on that account. Choose a smaller amount."),
    "below_least": mark("That is too little. The least that can be moved at once is {told}."),
    "above_most": mark("That is too much. The most that can be moved right now is {told}."),
    "way_closed": mark("The company doesn't offer that at the moment."),
    "not_to_yourself": mark("You can't give to yourself. Tell me who else it should go to."),
    "receiver_unknown": mark("I don't know anybody called “{to}” whom you can give to. Try the person's code."),
    "receiver_ambiguous": mark("“{to}” could be {names}. Tell me the code of the one you mean."),
    "receiver_closed": mark("The account {to} can't receive anything at the moment. Choose somebody else."),
    "nothing_to_adjust": mark("An adjustment of zero changes nothing. Give an amount."),
    "points_lots_differ": mark("{person}: the balance of {purpose} is {balance}, but the lots hold {lots}."),
    "points_lot_off": mark("Lot {lot} holds {remaining}; by its uses it should hold {expected}."),
}
