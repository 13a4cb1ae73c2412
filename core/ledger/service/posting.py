"""Posting and reversing."""

from collections.abc import Iterable, Sequence

from core.db.model import DatabaseBusy
from core.db.unit_of_work import UnitOfWork
from core.ledger import rules
from core.ledger.model import (
    BY_HAND,
    PERSONAL,
    Account,
    AlreadyReversed,
    Entry,
    EntryCard,
    EntryId,
    Move,
    NotReversible,
    Overdrawn,
    Posted,
    Posting,
    PostingDiffers,
    Purpose,
    Unit,
)
from core.ledger.rules import Name, name
from core.ledger.service.questions import card, entry_of, entry_under
from core.ledger.store import accounts as account_rows
from core.ledger.store import moving, reading, writing
from core.ledger.store import posting as at_once
from core.ledger.store.accounts import Held

REVERSAL = "ledger.reversal"
"""The kind of a reversal whose caller names none."""


async def post(uow: UnitOfWork, posting: Posting) -> Posted:
    """Write an entry, once under its key; what stands there already must be the same.

    Raises:
        Overdrawn: it would leave an account below its limit; nothing was written.
        PostingDiffers: something else was posted under the key.
        AlreadyReversed: what it reverses was reversed by another entry.
    """
    _require_sound(posting)
    entry = await at_once.write(uow, posting, rules.demands(posting))
    if entry is not None:
        return Posted(entry=entry, is_new=True)
    held = await account_rows.held(uow, {name(line.account) for line in posting.lines})
    short = rules.shortage([posting], _balances(held))
    written = {} if short else await writing.write(uow, [posting], held)
    if posting.key in written:
        return Posted(entry=written[posting.key], is_new=True)
    known = await _known(uow, posting)
    if known is not None:
        return known
    assert short is not None, "only a known key, a known reversal or a shortage keeps a posting out"
    raise _overdrawn(short)


async def post_all(uow: UnitOfWork, postings: Sequence[Posting]) -> list[Posted]:
    """`post` for many in a handful of statements: all of those that are not there yet, or none.

    Returns:
        One answer for each posting, in their order.

    Raises:
        Overdrawn: made one after the other, one of them would leave an account below its limit.
        PostingDiffers, AlreadyReversed: as `post` does.
        DatabaseBusy: somebody else is posting the same; nothing may be committed.
    """
    if not postings:
        return []
    for posting in postings:
        _require_sound(posting)
    assert len({posting.key for posting in postings}) == len(postings), "each posting has a key of its own"
    held = await account_rows.held(uow, {name(line.account) for posting in postings for line in posting.lines})
    known = await reading.by_keys(uow, [posting.key for posting in postings])
    new = [posting for posting in postings if posting.key not in known]
    short = rules.shortage(new, _balances(held))
    if short is not None:
        raise _overdrawn(short)
    written = await writing.write(uow, new, held) if new else {}
    for posting in new:
        if posting.key not in written:
            await _known(uow, posting)
            raise DatabaseBusy  # it was posted after we looked, and what we judged by it may be wrong
    return [_posted(posting, written, known) for posting in postings]


async def move_all(
    uow: UnitOfWork,
    moves: Sequence[Move],
    *,
    kind: str,
    reason: str,
    document_kind: str,
    unit: Unit,
    source: Purpose,
    target: Purpose,
    least: int | None = 0,
) -> list[EntryId]:
    """Write an entry of two lines for each move, by bulk: the caller has made sure, under lock, that none is there yet.

    Args:
        source: what each move takes from: the person's account, or the company's where the purpose is one of hers.
        target: what it gives to, in the same way.
        least: what the moves together may leave on a person's account.

    Returns:
        The entries in the order of the moves.

    Raises:
        Overdrawn: an account has less than all moves together take; nothing was written.
    """
    if not moves:
        return []
    assert all(move.amount > 0 for move in moves), "a move has a direction"
    ends = [(rules.end(move, source, unit), rules.end(move, target, unit)) for move in moves]
    held = await account_rows.held(uow, {one for both in ends for one in both})
    totals = rules.totals(moves, ends)
    low = rules.below(totals, _balances(held), least)
    if low is not None:
        raise Overdrawn(purpose=low[1], unit=unit, balance=held[low].balance, needed=-totals[low])
    sides = [(held[taken], held[given]) for taken, given in ends]
    written = await moving.write(uow, moves, sides, kind=kind, reason=reason, document_kind=document_kind, least=least)
    await moving.change_balances(uow, {held[one].id: change for one, change in totals.items()})
    return written


async def lock(uow: UnitOfWork, accounts: Iterable[Account]) -> dict[Account, int]:
    """The balances of people's accounts, which nobody else can change until the transaction ends.

    Accounts that were never used are made.
    """
    wanted = {name(account): account for account in accounts}
    assert all(person is not None for person, _, _ in wanted), "the company's accounts are not locked"
    held = await account_rows.held(uow, wanted)
    return {account: held[one].balance or 0 for one, account in wanted.items()}


async def reverse(
    uow: UnitOfWork, entry: EntryId, *, key: str, reason: str, kind: str = REVERSAL, least: int | None = 0
) -> Posted:
    """Undo an entry by another one with the opposite lines, for the same document.

    Args:
        key: of the new entry.
        kind: of the new entry.
        least: what it may leave on accounts that it takes from; None sets no limit.

    Raises:
        EntryUnknown: there is no such entry.
        NotReversible: it is a reversal itself.
        AlreadyReversed: it was reversed under another key.
        Overdrawn: what it gave is spent.
    """
    known = await entry_of(uow, entry)
    if known.reverses is not None:
        raise NotReversible(entry=str(entry), kind=known.kind)
    return await post(uow, rules.reversal(known, key=key, kind=kind, reason=reason, least=least))


async def reverse_by_hand(uow: UnitOfWork, entry: EntryId, reason: str) -> EntryCard:
    """Undo an entry that has no meaning outside the book; a second time changes nothing.

    Raises:
        EntryUnknown, Overdrawn: as `reverse` does.
        NotReversible: its kind is not one of `BY_HAND`.
    """
    known = await entry_of(uow, entry)
    if known.kind not in BY_HAND:
        raise NotReversible(entry=str(entry), kind=known.kind)
    done = await reverse(uow, entry, key=f"{REVERSAL}:{entry}", reason=reason)
    return await card(uow, done.entry)


def _require_sound(posting: Posting) -> None:
    """A posting that is wrong in itself is our mistake, not a refusal."""
    off = rules.imbalance(posting.lines)
    assert not off, f"a {posting.kind} entry does not balance: {off}"
    astray = [
        line.account for line in posting.lines if (line.account.purpose in PERSONAL) != _is_personal(line.account)
    ]
    assert not astray, f"a {posting.kind} entry names accounts that nobody can hold: {astray}"


def _is_personal(account: Account) -> bool:
    return account.person is not None


def _balances(held: dict[Name, Held]) -> dict[Name, int]:
    return {one: account.balance for one, account in held.items() if account.balance is not None}


def _posted(posting: Posting, written: dict[str, EntryId], known: dict[str, Entry]) -> Posted:
    if posting.key in written:
        return Posted(entry=written[posting.key], is_new=True)
    return _same(known[posting.key], posting)


def _same(entry: Entry, posting: Posting) -> Posted:
    if not rules.is_same(entry, posting):
        raise PostingDiffers(key=posting.key)
    return Posted(entry=entry.entry, is_new=False)


async def _known(uow: UnitOfWork, posting: Posting) -> Posted | None:
    """What stands under the posting's key; None when nothing does."""
    entry = await entry_under(uow, posting.key)
    if entry is not None:
        return _same(entry, posting)
    reversed_by = await reading.reversal_of(uow, posting.reverses) if posting.reverses is not None else None
    if reversed_by is not None:
        raise AlreadyReversed(entry=str(posting.reverses), by=str(reversed_by))
    return None


def _overdrawn(short: rules.Shortage) -> Overdrawn:
    _person, purpose, unit = short.account
    return Overdrawn(purpose=purpose, unit=unit, balance=short.balance, needed=short.needed)
