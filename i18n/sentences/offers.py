"""Sentences about offers."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "offer_gone": mark("This button is too old. Please ask again, and I'll show you where things stand now."),
    "offer_changed": mark("Something has changed since I showed you this, so I did nothing. Please ask again."),
}
