"""Whether a posting may stand: it balances, it leaves enough, and it is what was posted under its key before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from core.ledger.model import PERSONAL, Account, Entry, EntryLine, Line, Move, Posting, Purpose

Name = tuple[int | None, str, str]
"""An account by person (None is the company), purpose and unit; quicker to compare than an `Account`."""


class Shortage(NamedTuple):
    """An account that a posting would leave below its limit."""

    account: Account
    balance: int
    """Before the posting."""
    needed: int
    """What the posting takes in all."""


def name(account: Account) -> Name:
    """The account's name as the rows have it."""
    return account.person, account.purpose.value, account.unit


def end(move: Move, purpose: Purpose, unit: str) -> Name:
    """The account at one end of a move: the person's, or the company's where the purpose is one of hers."""
    return move.person if purpose in PERSONAL else None, purpose.value, unit


def totals(moves: Sequence[Move], ends: Sequence[tuple[Name, Name]]) -> dict[Name, int]:
    """What the moves together do to each person's account, by their sources and targets."""
    sums: dict[Name, int] = {}
    for move, (source, target) in zip(moves, ends, strict=True):
        for one, change in ((source, -move.amount), (target, move.amount)):
            if one[0] is not None:
                sums[one] = sums.get(one, 0) + change
    return sums


def below(changes: Mapping[Name, int], balances: Mapping[Name, int], least: int | None) -> Name | None:
    """The first account that the changes take from and leave with less than `least`; None when none does."""
    if least is None:
        return None
    return next((one for one, change in changes.items() if change < 0 and balances[one] + change < least), None)


def imbalance(lines: Iterable[Line]) -> dict[str, int]:
    """The units that do not sum to zero, and their sums; empty for lines that may be posted."""
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.account.unit] += line.amount
    return {unit: amount for unit, amount in sums.items() if amount}


def changes(posting: Posting) -> dict[Account, int]:
    """What a posting does to each person's account in all."""
    sums: dict[Account, int] = {}
    for line in posting.lines:
        if line.account.person is not None:
            sums[line.account] = sums.get(line.account, 0) + line.amount
    return sums


def limit(posting: Posting, account: Account) -> int | None:
    """The least that the posting may leave on the account: the strictest of its lines that take; None is no limit."""
    limits = [
        line.least for line in posting.lines if line.amount < 0 and line.least is not None and line.account == account
    ]
    return max(limits, default=None)


def shortage(postings: Sequence[Posting], balances: Mapping[Account, int]) -> Shortage | None:
    """The first account that runs short when the postings are made one after the other; None when none does.

    A posting that takes from an account and gives it as much or more does not overdraw it, however low it stands.

    Args:
        balances: of every person's account that occurs, before the first posting.

    | balance | lines              | least | runs short                                  |
    | ------: | ------------------ | ----: | ------------------------------------------- |
    |      10 | −10                |     0 | no                                          |
    |      10 | −11                |     0 | yes: 10 there, 11 needed                    |
    |      10 | −11                |  None | no: it may go negative                      |
    |      10 | −15                |    −5 | no                                          |
    |     −20 | −5, +5             |     0 | no: nothing is taken in all                 |
    |     −20 | +7                 |     0 | no: a debt that shrinks                     |
    |      10 | −5 (None), −6 (0)  |     0 | yes: the strictest limit of those that take |
    """
    now = dict(balances)
    for posting in postings:
        for account, change in changes(posting).items():
            before = now[account]
            now[account] = before + change
            least = limit(posting, account) if change < 0 else None
            if least is not None and now[account] < least:
                return Shortage(account, before, -change)
    return None


def is_same(entry: Entry, posting: Posting) -> bool:
    """Whether an entry is what the posting would write: kind, document, lines and what it reverses.

    The reason may be put in other words when something is done again.
    """
    lines = tuple(EntryLine(account=line.account, amount=line.amount) for line in posting.lines)
    return (entry.kind, entry.document, entry.lines, entry.reverses) == (
        posting.kind,
        posting.document,
        lines,
        posting.reverses,
    )


def reversal(entry: Entry, *, key: str, kind: str, reason: str, least: int | None) -> Posting:
    """The posting that undoes an entry: its lines with the opposite sign, for the same document."""
    return Posting(
        key=key,
        kind=kind,
        reason=reason,
        document=entry.document,
        lines=tuple(Line(account=line.account, amount=-line.amount, least=least) for line in entry.lines),
        reverses=entry.entry,
    )
