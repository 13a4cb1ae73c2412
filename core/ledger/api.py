"""The book for staff."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Field

from core.access.model import Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import INTEGER_MAX, Page, read_cursor, write_cursor
from core.http.routes import Routes
from core.ledger import service
from core.ledger.model import Account, Balance, Entry, EntryCard, EntryId, Purpose, Reversal, TrialBalance, Unit
from core.people import service as people

routes = Routes()

PAGE_SIZE = 50
Number = Annotated[int, Field(ge=1, le=INTEGER_MAX)]
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _moment(text: str) -> datetime:
    """Takes what RFC 3339 says and nothing of what pydantic would take besides, such as a number of seconds."""
    if not MOMENT.fullmatch(text):
        raise ValueError("a time such as 2026-11-22T10:30:00Z")
    return datetime.fromisoformat(text.upper())


At = Annotated[AwareDatetime, BeforeValidator(_moment)]


@routes.get("/v1/ledger/trial-balance", needs=Permission.SEE_LEDGER)
async def trial_balance(uow: Questions, at: At | None = None) -> list[TrialBalance]:
    """All accounts together, unit by unit, now or after everything that was posted up to a time."""
    return await service.trial_balance(uow, at=at)


@routes.get("/v1/ledger/entries", needs=Permission.SEE_LEDGER)
async def entries(uow: Questions, cursor: str | None = None) -> Page[EntryCard]:
    """The whole book, latest entries first.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    return await _page(uow, await service.latest(uow, before=_before(cursor), limit=PAGE_SIZE + 1))


@routes.get("/v1/ledger/entries/{entry}", needs=Permission.SEE_LEDGER)
async def entry_card(uow: Questions, entry: Number) -> EntryCard:
    """An entry with its lines.

    Raises:
        EntryUnknown: there is no such entry.
    """
    return await service.card(uow, EntryId(entry))


@routes.post("/v1/ledger/entries/{entry}/reverse", needs=Permission.ADJUST_BALANCES)
async def reverse(uow: UnitOfWork, entry: Number, reversal: Reversal) -> EntryCard:
    """Undo an adjustment of credit by an entry that names it; a second time changes nothing.

    Raises:
        EntryUnknown: there is no such entry.
        NotReversible: what it did is undone where it was done, or it is a reversal itself.
        Overdrawn: what it gave is spent.
    """
    return await service.reverse_by_hand(uow, EntryId(entry), reversal.reason)


@routes.get("/v1/people/{code}/accounts", needs=Permission.SEE_LEDGER)
async def accounts(uow: Questions, code: str, at: At | None = None) -> list[Balance]:
    """What stands on a person's accounts, now or after everything that was posted up to a time.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return await service.balances(uow, await people.person_id(uow, code), at=at)


@routes.get("/v1/people/{code}/accounts/{purpose}/{unit}/entries", needs=Permission.SEE_LEDGER)
async def account_entries(
    uow: Questions, code: str, purpose: Purpose, unit: Unit, cursor: str | None = None
) -> Page[EntryCard]:
    """Entries that touch one of a person's accounts, latest first.

    Raises:
        PersonUnknown: nobody has this code.
        CursorInvalid: the cursor is not one that a page gave.
    """
    account = Account(person=await people.person_id(uow, code), purpose=purpose, unit=unit)
    return await _page(uow, await service.entries_of(uow, account, before=_before(cursor), limit=PAGE_SIZE + 1))


def _before(cursor: str | None) -> EntryId | None:
    if cursor is None:
        return None
    [number] = read_cursor(cursor, int)
    assert isinstance(number, int), "read_cursor checks the types"
    return EntryId(number)


async def _page(uow: Questions, found: Sequence[Entry]) -> Page[EntryCard]:
    shown = found[:PAGE_SIZE]
    more = write_cursor(shown[-1].entry) if len(found) > PAGE_SIZE else None
    return Page[EntryCard](items=await service.cards(uow, shown), next=more)
