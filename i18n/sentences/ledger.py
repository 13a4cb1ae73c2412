"""Sentences about the book: accounts, entries and what they refuse."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "overdrawn": mark(
        "There is not enough on the account: {balance} is there, {needed} is needed. Nothing was posted."
    ),
    "posting_differs": mark("Something else was posted under this key before. Nothing was changed."),
    "entry_unknown": mark("There is no entry {entry} in the book."),
    "entry_already_reversed": mark("Entry {entry} was reversed before, by entry {by}."),
    "ledger_unbalanced": mark("Entry {entry} does not balance: {unit} is off by {off}."),
    "ledger_entry_empty": mark("Entry {entry} has no lines."),
    "ledger_entry_missing": mark("Line {position} of entry {entry} has no entry."),
    "ledger_account_missing": mark("Line {position} of entry {entry} names an account that does not exist."),
    "ledger_balance_differs": mark("Account {account}: the balance says {balance}, its lines add up to {lines}."),
    "ledger_below_limit": mark("Account {account}: entry {entry} left {left_there} there; the limit is {least}."),
    "ledger_posted_twice": mark("{document} was posted {count} times as {kind}, from entry {first} to entry {last}."),
    "ledger_reversal_differs": mark("Entry {entry} does not undo entry {reversed} exactly."),
    "entry_not_reversible": mark("Entry {entry} cannot be reversed here. Undo what it stands for instead."),
}
