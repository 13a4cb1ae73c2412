"""Thousands of entries of two lines each, written by bulk."""

from collections.abc import Mapping, Sequence

from sqlmodel import SQLModel

from core.db.bulk import bulk_insert
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.ledger.model import EntryId, Move
from core.ledger.store.accounts import Held
from core.ledger.store.wire import on_postgres, on_sqlite
from core.ledger.store.writing import BALANCES_SQLITE
from core.ledger.tables import EntryLineRow, EntryRow

ENTRIES = SQLModel.metadata.tables[str(EntryRow.__tablename__)]
LINES = SQLModel.metadata.tables[str(EntryLineRow.__tablename__)]
ENTRY_COLUMNS = (
    "id", "key", "kind", "reason", "document_kind", "document_id", "at", "caused_by", "request_id", "reverses",
)  # fmt: skip
LINE_COLUMNS = ("entry_id", "position", "account_id", "amount", "least")

NUMBERS_POSTGRES = """
    SELECT nextval(pg_get_serial_sequence('entry', 'id')) FROM generate_series(1, $1::int)
"""
NUMBERS_SQLITE = "SELECT coalesce(max(id), 0) FROM entry"
BALANCES_POSTGRES = """
    UPDATE account SET balance = balance + w.amount FROM unnest($1::bigint[], $2::bigint[]) AS w (id, amount)
    WHERE account.id = w.id
"""


async def write(
    uow: UnitOfWork,
    moves: Sequence[Move],
    sides: Sequence[tuple[Held, Held]],
    *,
    kind: str,
    reason: str,
    document_kind: str,
    least: int | None,
) -> list[EntryId]:
    """Write an entry for each move: minus on its first account, plus on its second.

    Args:
        sides: source and target of each move.
        least: the limit of a person's account that is taken from.

    Returns:
        The entries in the order of the moves.
    """
    numbers = await _numbers(uow, len(moves))
    caused = (microseconds(uow.now), uow.actor, uow.request_id, None)
    await bulk_insert(
        uow,
        ENTRIES,
        ENTRY_COLUMNS,
        (
            (number, move.key, kind, reason, document_kind, move.document, *caused)
            for number, move in zip(numbers, moves, strict=True)
        ),
    )
    lines = (
        (number, position, account.id, sign * move.amount, None if account.balance is None else least)
        for number, move, (source, target) in zip(numbers, moves, sides, strict=True)
        for position, sign, account in ((1, -1, source), (2, 1, target))
    )
    await bulk_insert(uow, LINES, LINE_COLUMNS, lines)
    return numbers


async def change_balances(uow: UnitOfWork, changes: Mapping[int, int]) -> None:
    """Add to the balances of people's accounts, by number."""
    if uow.dialect == "sqlite":
        await on_sqlite(uow, BALANCES_SQLITE, list(changes.items()))
    else:
        await on_postgres(uow, BALANCES_POSTGRES, list(changes), list(changes.values()))


async def _numbers(uow: UnitOfWork, count: int) -> list[EntryId]:
    if uow.dialect == "sqlite":
        [[last]] = await on_sqlite(uow, NUMBERS_SQLITE)
        return [EntryId(last + position) for position in range(1, count + 1)]
    return [EntryId(number) for [number] in await on_postgres(uow, NUMBERS_POSTGRES, count)]
