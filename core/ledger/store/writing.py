"""Entries and their lines, and the balances that they change."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.ledger.model import EntryId, Posting
from core.ledger.rules import Name, name
from core.ledger.store.accounts import Held
from core.ledger.store.wire import on_postgres, on_sqlite

WRITE_POSTGRES = """
    WITH written AS (
        INSERT INTO entry (key, kind, reason, document_kind, document_id, reverses, at, caused_by, request_id)
        SELECT w.key, w.kind, w.reason, w.document_kind, w.document_id, w.reverses, $7::bigint, $8::text, $9::text
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
            WITH ORDINALITY AS w (key, kind, reason, document_kind, document_id, reverses, position)
        ORDER BY w.position ON CONFLICT DO NOTHING RETURNING id, key
    ), lines AS (
        SELECT written.id AS entry_id, w.position, w.account_id, w.amount, w.least
        FROM unnest($10::text[], $11::int[], $12::bigint[], $13::bigint[], $14::bigint[])
            AS w (key, position, account_id, amount, least)
        JOIN written ON written.key = w.key
    ), written_lines AS (
        INSERT INTO entry_line (entry_id, position, account_id, amount, least)
        SELECT entry_id, position, account_id, amount, least FROM lines
    ), changed AS (
        UPDATE account SET balance = balance + sums.amount
        FROM (SELECT account_id, sum(amount)::bigint AS amount FROM lines GROUP BY account_id) sums
        WHERE account.id = sums.account_id AND account.id = ANY ($15::bigint[])
    )
    SELECT id, key FROM written
"""
"""All of it, or for a key that is there already nothing of it, in one round trip."""

ENTRIES_SQLITE = """
    INSERT INTO entry (key, kind, reason, document_kind, document_id, reverses, at, caused_by, request_id)
    SELECT w.value ->> 0, w.value ->> 1, w.value ->> 2, w.value ->> 3, w.value ->> 4, w.value ->> 5, ?, ?, ?
    FROM json_each(?) w WHERE true ON CONFLICT DO NOTHING RETURNING id, key
"""
LINES_SQLITE = """
    INSERT INTO entry_line (entry_id, position, account_id, amount, least)
    SELECT w.value ->> 0, w.value ->> 1, w.value ->> 2, w.value ->> 3, w.value ->> 4 FROM json_each(?) w
"""
BALANCES_SQLITE = """
    UPDATE account SET balance = balance + w.value ->> 1 FROM json_each(?) w WHERE account.id = w.value ->> 0
"""

LineRow = tuple[str, int, int, int, int | None]
"""Key of the entry, position, account, amount, least."""


async def write(uow: UnitOfWork, postings: Sequence[Posting], held: Mapping[Name, Held]) -> dict[str, EntryId]:
    """Write the postings whose keys are not there yet.

    Args:
        held: every account of theirs, locked.

    Returns:
        The new entries by key; a key that is missing was posted before, or what it reverses was reversed before.
    """
    entries = [_entry(posting) for posting in postings]
    lines = [line for posting in postings for line in _lines(posting, held)]
    moment = microseconds(uow.now)
    if uow.dialect == "sqlite":
        return await _on_sqlite(uow, entries, lines, {one.id for one in held.values() if one.balance is not None})
    of_people = [one.id for one in held.values() if one.balance is not None]
    columns = [*_columns(entries, 6), moment, uow.actor, uow.request_id, *_columns(lines, 5), of_people]
    return {key: EntryId(number) for number, key in await on_postgres(uow, WRITE_POSTGRES, *columns)}


async def _on_sqlite(
    uow: UnitOfWork, entries: list[tuple[Any, ...]], lines: list[LineRow], of_people: set[int]
) -> dict[str, EntryId]:
    values = (microseconds(uow.now), uow.actor, uow.request_id, entries)
    written = {key: EntryId(number) for number, key in await on_sqlite(uow, ENTRIES_SQLITE, *values)}
    new = [line for line in lines if line[0] in written]
    sums: dict[int, int] = {}
    for _key, _position, account, amount, _least in new:
        if account in of_people:
            sums[account] = sums.get(account, 0) + amount
    if new:
        await on_sqlite(uow, LINES_SQLITE, [(written[key], *rest) for key, *rest in new])
    if sums:
        await on_sqlite(uow, BALANCES_SQLITE, list(sums.items()))
    return written


def _entry(posting: Posting) -> tuple[Any, ...]:
    document = posting.document
    return posting.key, posting.kind, posting.reason, document.kind, document.id, posting.reverses


def _lines(posting: Posting, held: Mapping[Name, Held]) -> list[LineRow]:
    return [
        (
            posting.key,
            position,
            held[name(line.account)].id,
            line.amount,
            line.limit,
        )
        for position, line in enumerate(posting.lines, 1)
    ]


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [[row[part] for row in rows] for part in range(width)]
