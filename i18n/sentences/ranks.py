"""Ranks."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "rank_unknown": mark("There is no rank “{rank}”. The ranks are {known}."),
}
