"""Whether a posting may stand: it balances, it leaves enough, and it is what was posted under its key before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from core.kernel.ids import PersonId
from core.ledger.model import PERSONAL, Account, Entry, EntryCard, EntryLine, Line, LineCard, Move, Posting, Purpose

Name = tuple[int | None, str, str]
"""An account by person (None is the company), purpose and unit; quicker to compare than an `Account`."""


class Demand(NamedTuple):
    """What a posting does to one account in all, and the least that it has to leave there."""

    change: int
    floor: int | None

    def is_met(self, balance: int) -> bool:
        """Whether an account with this balance has enough."""
        return self.floor is None or balance + self.change >= self.floor

    def with_line(self, line: Line) -> "Demand":
        """This and one line more."""
        limits = [one for one in (self.floor, line.least if line.amount < 0 else None) if one is not None]
        return Demand(self.change + line.amount, max(limits, default=None))


NOTHING = Demand(0, None)


class Shortage(NamedTuple):
    """An account that a posting would leave below its limit."""

    account: Name
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


def demands(posting: Posting) -> dict[Name, Demand]:
    """What a posting asks of each person's account: its lines together, and the strictest limit of those that take.

    A posting that takes from an account and gives it as much or more does not overdraw it, however low it stands.

    | lines              | least | change | floor                                |
    | ------------------ | ----: | -----: | ------------------------------------ |
    | −10                |     0 |    −10 | 0                                    |
    | −10                |  None |    −10 | none: it may go negative             |
    | −15                |    −5 |    −15 | −5                                   |
    | −5, +5             |     0 |      0 | none: nothing is taken in all        |
    | +7                 |     0 |     +7 | none: a debt may shrink              |
    | −5 (None), −6 (0)  |       |    −11 | 0: the strictest of those that take  |
    """
    asked: dict[Name, Demand] = {}
    for line in posting.lines:
        if line.account.person is not None:
            one = name(line.account)
            asked[one] = asked.get(one, NOTHING).with_line(line)
    return {one: demand if demand.change < 0 else Demand(demand.change, None) for one, demand in asked.items()}


def shortage(postings: Sequence[Posting], balances: Mapping[Name, int]) -> Shortage | None:
    """The first account that runs short when the postings are made one after the other; None when none does.

    Args:
        balances: of every person's account that occurs, before the first posting.
    """
    now = dict(balances)
    for posting in postings:
        for one, demand in demands(posting).items():
            if not demand.is_met(now[one]):
                return Shortage(one, now[one], -demand.change)
            now[one] += demand.change
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


def card(entry: Entry, codes: Mapping[PersonId, str]) -> EntryCard:
    """An entry with people by their codes."""
    lines = tuple(
        LineCard(
            holder=None if line.account.person is None else codes[line.account.person],
            purpose=line.account.purpose,
            unit=line.account.unit,
            amount=line.amount,
        )
        for line in entry.lines
    )
    same = {name: getattr(entry, name) for name in EntryCard.model_fields if name != "lines"}
    return EntryCard(**same, lines=lines)
