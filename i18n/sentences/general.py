"""Sentences that belong to no room in particular."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "refused": mark("That is not possible right now. Nothing was changed."),
    "not_found": mark("I couldn't find that."),
}
