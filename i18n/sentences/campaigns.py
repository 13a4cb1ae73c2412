"""Sentences about campaigns."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "campaign_unknown": mark("There is no campaign {campaign}."),
    "campaign_fixed": mark("Campaign {campaign} is no draft any more, so it cannot be changed."),
    "campaign_begun": mark("Campaign {campaign} has been sent or is over, so it cannot be sent again."),
    "campaign_over": mark("All of campaign {campaign} has gone out already. There is nothing left to cancel."),
}
