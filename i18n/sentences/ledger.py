"""Sentences about the book: accounts, entries and what they refuse."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "overdrawn": mark("There is not enough on the account: {balance} is there, {needed} is needed. Nothing was posted."),
    "posting_differs": mark("Something else was posted under this key before. Nothing was changed."),
    "entry_unknown": mark("There is no entry {entry} in the book."),
    "entry_already_reversed": mark("Entry {entry} was reversed before, by entry {by}."),
    "entry_not_reversible": mark("Entry {entry} cannot be reversed here. Undo what it stands for instead."),
}
