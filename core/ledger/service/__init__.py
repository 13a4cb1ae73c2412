"""Use cases of the book: posting, reversing, and what stands in it.

Whoever decides by a balance calls `lock` first, with all accounts that it will touch, then reads, then posts: within
one call accounts are locked in one order, so that nobody waits in a circle.
"""

from core.ledger.service.posting import lock, move_all, post, post_all, reverse, reverse_by_hand
from core.ledger.service.questions import (
    balance,
    balances,
    book,
    card,
    cards,
    entries_for,
    entries_of,
    entries_under,
    entry_of,
    entry_under,
    latest,
    size,
    sums_of,
    trial_balance,
    verify,
)

__all__ = [
    "balance",
    "balances",
    "book",
    "card",
    "cards",
    "entries_for",
    "entries_of",
    "entries_under",
    "entry_of",
    "entry_under",
    "latest",
    "lock",
    "move_all",
    "post",
    "post_all",
    "reverse",
    "reverse_by_hand",
    "size",
    "sums_of",
    "trial_balance",
    "verify",
]
