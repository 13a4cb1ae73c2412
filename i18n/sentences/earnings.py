"""Statements, lines and bonuses that a person asks after."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "statement_unknown": mark("There is no statement of {cycle} for you yet. You have: {known}."),
    "award_unknown": mark("This amount is not there any more. Please open your earnings or your statement again."),
    "bonus_unknown": mark("The plan has no bonus “{bonus}”. It has {known}."),
}
