"""Sentences about live figures."""

from i18n.sentences import Counted, Sentences
from i18n.translator import mark, mark_plural

SENTENCES: Sentences = {
    "figures_behind": mark("Your figures are being worked out. Please try again in a moment."),
    "tree_broken": Counted(
        mark_plural(
            "Nothing can be calculated: {n} person hangs in a circle of sponsors.",
            "Nothing can be calculated: {n} people hang in a circle of sponsors.",
        ),
        count="people",
    ),
}
