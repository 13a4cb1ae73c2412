"""One posting in one trip to the database: the usual case, in which every account is there and none runs short."""

import sqlite3
from collections.abc import Mapping
from functools import partial

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.ledger.model import EntryId, Posting
from core.ledger.rules import Demand, Name, name
from core.ledger.store.wire import in_sqlite_thread, on_postgres

POST_POSTGRES = """
    WITH people AS (
        SELECT a.id, w.slot, w.change, w.floor
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
            WITH ORDINALITY AS w (person_id, purpose, unit, change, floor, slot)
        JOIN account a ON a.person_id = w.person_id AND a.purpose = w.purpose AND a.unit = w.unit
    ), company AS (
        SELECT a.id, -w.slot AS slot FROM unnest($6::text[], $7::text[]) WITH ORDINALITY AS w (purpose, unit, slot)
        JOIN account a ON a.person_id IS NULL AND a.purpose = w.purpose AND a.unit = w.unit
    ), complete AS (
        SELECT (SELECT count(*) FROM people) = cardinality($1::bigint[])
            AND (SELECT count(*) FROM company) = cardinality($6::text[]) AS yes
    ), locked AS (
        SELECT id, balance FROM account WHERE id IN (SELECT id FROM people) AND (SELECT yes FROM complete)
        ORDER BY id FOR NO KEY UPDATE
    ), enough AS (
        SELECT count(*) = cardinality($1::bigint[]) AND (SELECT yes FROM complete) AS yes
        FROM locked JOIN people ON people.id = locked.id
        WHERE people.floor IS NULL OR locked.balance + people.change >= people.floor
    ), written AS (
        INSERT INTO entry (key, kind, reason, document_kind, document_id, reverses, at, caused_by, request_id)
        SELECT $8::text, $9::text, $10::text, $11::text, $12::text, $13::bigint, $14::bigint, $15::text, $16::text
        FROM enough WHERE yes ON CONFLICT DO NOTHING RETURNING id
    ), lines AS (
        INSERT INTO entry_line (entry_id, position, account_id, amount, least)
        SELECT written.id, w.position, accounts.id, w.amount, w.least
        FROM written
        CROSS JOIN unnest($17::int[], $18::bigint[], $19::bigint[])
            WITH ORDINALITY AS w (slot, amount, least, position)
        JOIN (SELECT id, slot FROM people UNION ALL SELECT id, slot FROM company) accounts ON accounts.slot = w.slot
    ), changed AS (
        UPDATE account SET balance = balance + people.change FROM people, written WHERE account.id = people.id
    )
    SELECT id FROM written
"""
"""A slot is an account's place in its array, counted from 1, below zero for the company's."""

FIND_SQLITE = "SELECT id, balance FROM account WHERE person_id IS ? AND purpose = ? AND unit = ?"
ENTRY_SQLITE = """
    INSERT INTO entry (key, kind, reason, document_kind, document_id, reverses, at, caused_by, request_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id
"""
LINE_SQLITE = "INSERT INTO entry_line (entry_id, position, account_id, amount, least) VALUES (?, ?, ?, ?, ?)"
BALANCE_SQLITE = "UPDATE account SET balance = balance + ? WHERE id = ?"

EntryValues = tuple[str | int | None, ...]


async def write(uow: UnitOfWork, posting: Posting, demands: Mapping[Name, Demand]) -> EntryId | None:
    """Write the posting, or nothing of it.

    Args:
        demands: what it asks of each person's account.

    Returns:
        None when an account is missing or runs short, or the key or what it reverses is known already; which of them
        is for the long way to find out.
    """
    document = posting.document
    entry = (posting.key, posting.kind, posting.reason, document.kind, document.id, posting.reverses)
    values = (*entry, microseconds(uow.now), uow.actor, uow.request_id)
    if uow.dialect == "sqlite":
        return await in_sqlite_thread(uow, partial(_on_sqlite, posting=posting, demands=demands, values=values))
    return await _on_postgres(uow, posting, demands, values)


async def _on_postgres(
    uow: UnitOfWork, posting: Posting, demands: Mapping[Name, Demand], values: EntryValues
) -> EntryId | None:
    people = list(demands)
    company = list(dict.fromkeys(name(line.account) for line in posting.lines if line.account.person is None))
    slots = {one: slot for slot, one in enumerate(people, 1)} | {one: -slot for slot, one in enumerate(company, 1)}
    rows = await on_postgres(
        uow,
        POST_POSTGRES,
        [person for person, _, _ in people],
        [purpose for _, purpose, _ in people],
        [unit for _, _, unit in people],
        [demand.change for demand in demands.values()],
        [demand.floor for demand in demands.values()],
        [purpose for _, purpose, _ in company],
        [unit for _, _, unit in company],
        *values,
        [slots[name(line.account)] for line in posting.lines],
        [line.amount for line in posting.lines],
        [line.limit for line in posting.lines],
    )
    return EntryId(rows[0][0]) if rows else None


def _on_sqlite(
    connection: sqlite3.Connection, posting: Posting, demands: Mapping[Name, Demand], values: EntryValues
) -> EntryId | None:
    numbers: dict[Name, int] = {}
    for one in dict.fromkeys(name(line.account) for line in posting.lines):
        found = connection.execute(FIND_SQLITE, one).fetchone()
        if found is None or (one in demands and not demands[one].is_met(found[1])):
            return None
        numbers[one] = found[0]
    written = connection.execute(ENTRY_SQLITE, values).fetchall()
    if not written:
        return None
    [[entry]] = written
    lines = enumerate(posting.lines, 1)
    rows = [(entry, position, numbers[name(line.account)], line.amount, line.limit) for position, line in lines]
    connection.executemany(LINE_SQLITE, rows)
    for one, demand in demands.items():
        connection.execute(BALANCE_SQLITE, (demand.change, numbers[one]))
    return EntryId(entry)
