"""Ranks, and the way to them."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "rank_unknown": mark("There's no “{rank}” rank. The ranks are {known}."),
    "volume_invalid": mark("“{volume}” is not an amount to calculate with. Give a number above zero, such as 200."),
}
