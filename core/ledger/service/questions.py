"""What stands in the book."""

from collections.abc import Sequence
from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import Problem
from core.kernel.ids import PersonId
from core.ledger import rules
from core.ledger.model import (
    Account,
    Balance,
    BookLine,
    Document,
    Entry,
    EntryCard,
    EntryId,
    EntryUnknown,
    Purpose,
    TrialBalance,
)
from core.ledger.store import checks, reading
from core.people import service as people


async def book(uow: UnitOfWork, *, after: int, entries: int) -> list[BookLine]:
    """The whole book, some entries at a time, in their order, each with all its lines.

    Args:
        after: the last entry of the time before; 0 begins.
    """
    return await reading.book(uow, after=after, entries=entries)


async def entry_of(uow: UnitOfWork, entry: EntryId) -> Entry:
    """An entry with its lines.

    Raises:
        EntryUnknown: there is no such entry.
    """
    found = await reading.by_number(uow, entry)
    if found is None:
        raise EntryUnknown(entry=str(entry))
    return found


async def entry_under(uow: UnitOfWork, key: str) -> Entry | None:
    """The entry that was posted under a key, if any was."""
    return (await reading.by_keys(uow, [key])).get(key)


async def entries_under(uow: UnitOfWork, keys: Sequence[str]) -> dict[str, Entry]:
    """The entries that were posted under these keys, by key."""
    return await reading.by_keys(uow, keys)


async def entries_for(uow: UnitOfWork, document: Document) -> list[Entry]:
    """What was posted for a document, latest first, reversals included."""
    return await reading.of_document(uow, document)


async def entries_of(uow: UnitOfWork, account: Account, *, before: EntryId | None, limit: int) -> list[Entry]:
    """Entries that touch an account, latest first.

    Args:
        before: the last entry of the page before; None begins with the latest.
    """
    return await reading.of_account(uow, account, before=before, limit=limit)


async def latest(uow: UnitOfWork, *, before: EntryId | None, limit: int) -> list[Entry]:
    """Entries of the whole book, latest first; those with smaller numbers than `before`."""
    return await reading.latest(uow, before=before, limit=limit)


async def card(uow: UnitOfWork, entry: EntryId) -> EntryCard:
    """An entry with its lines, people by their codes.

    Raises:
        EntryUnknown: there is no such entry.
    """
    [shown] = await cards(uow, [await entry_of(uow, entry)])
    return shown


async def cards(uow: UnitOfWork, entries: Sequence[Entry]) -> list[EntryCard]:
    """Entries with people by their codes."""
    numbers = {line.account.person for entry in entries for line in entry.lines if line.account.person is not None}
    codes = {person: shown.code for person, shown in (await people.cards(uow, sorted(numbers))).items()}
    return [rules.card(entry, codes) for entry in entries]


async def balances(uow: UnitOfWork, person: PersonId, *, at: datetime | None = None) -> list[Balance]:
    """What stands on each account that a person ever used, now or after everything that was posted up to a time."""
    return await reading.balances(uow, person, at=at)


async def balance(uow: UnitOfWork, account: Account, *, at: datetime | None = None) -> int:
    """What stands on one account, now or after everything that was posted up to a time; 0 where it was never used."""
    return await reading.balance(uow, account, at=at)


async def trial_balance(uow: UnitOfWork, *, at: datetime | None = None) -> list[TrialBalance]:
    """All accounts together, unit by unit, now or after everything that was posted up to a time."""
    units: dict[str, dict[Purpose, int]] = {}
    for unit, purpose, amount in await reading.sums(uow, at=at):
        units.setdefault(unit, {})[Purpose(purpose)] = amount
    return [
        TrialBalance(unit=unit, purposes=purposes, total=sum(purposes.values()))
        for unit, purposes in sorted(units.items())
    ]


async def verify(uow: UnitOfWork) -> list[Problem]:
    """Everything that is wrong with the book, at once; nothing means that it is sound.

    Every entry balances in every unit, every balance is the sum of its lines, no account is below a limit that its
    lines were written under, no document is posted twice, every reversal undoes its entry, and nothing is missing.
    """
    return await checks.problems(uow)


async def size(uow: UnitOfWork) -> tuple[int, int]:
    """How many accounts and how many entries the book has."""
    return await checks.sizes(uow)


async def sums_of(
    uow: UnitOfWork, kind: str, documents: Document | None, purpose: Purpose
) -> dict[tuple[PersonId | None, str], int]:
    """What all entries of a kind did to accounts of a purpose, by holder and unit.

    Args:
        documents: of these the entries are: its id is what the documents' ids begin with. None is all.
    """
    return await reading.sums_of(uow, kind, documents, purpose)
