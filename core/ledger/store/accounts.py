"""Accounts: found and locked by their names, and made when they are first needed."""

from collections.abc import Collection
from typing import NamedTuple

from core.db.unit_of_work import UnitOfWork
from core.ledger.rules import Name
from core.ledger.store.wire import Row, on_postgres, on_sqlite

LOCK_POSTGRES = """
    WITH wanted AS (
        SELECT a.id FROM unnest($1::bigint[], $2::text[], $3::text[]) AS w (person_id, purpose, unit)
        JOIN account a ON a.person_id = w.person_id AND a.purpose = w.purpose AND a.unit = w.unit
    ), company AS (
        SELECT a.id, a.purpose, a.unit FROM unnest($4::text[], $5::text[]) AS w (purpose, unit)
        JOIN account a ON a.person_id IS NULL AND a.purpose = w.purpose AND a.unit = w.unit
    ), locked AS (
        SELECT id, person_id, purpose, unit, balance FROM account
        WHERE id IN (SELECT id FROM wanted)
            AND (SELECT count(*) FROM wanted) + (SELECT count(*) FROM company) = $6::int
        ORDER BY id FOR NO KEY UPDATE
    )
    SELECT id, person_id, purpose, unit, balance FROM locked
    UNION ALL
    SELECT id, NULL, purpose, unit, NULL FROM company
"""
"""Locks nothing when an account is missing: whoever makes accounts must hold none, or two could wait in a circle."""

FIND_SQLITE = """
    SELECT a.id, a.person_id, a.purpose, a.unit, a.balance
    FROM json_each(?) w
    JOIN account a ON a.person_id IS w.value ->> 0 AND a.purpose = w.value ->> 1 AND a.unit = w.value ->> 2
"""

MAKE_POSTGRES = """
    INSERT INTO account (person_id, purpose, unit, balance)
    SELECT w.person_id, w.purpose, w.unit, CASE WHEN w.person_id IS NULL THEN NULL ELSE 0 END
    FROM unnest($1::bigint[], $2::text[], $3::text[]) WITH ORDINALITY AS w (person_id, purpose, unit, position)
    ORDER BY w.position ON CONFLICT DO NOTHING
"""
MAKE_SQLITE = """
    INSERT INTO account (person_id, purpose, unit, balance)
    SELECT w.value ->> 0, w.value ->> 1, w.value ->> 2, CASE WHEN w.value ->> 0 IS NULL THEN NULL ELSE 0 END
    FROM json_each(?) w WHERE true ON CONFLICT DO NOTHING
"""


class Held(NamedTuple):
    """An account's number and, for a person's, its balance, which nobody else can change until the transaction ends."""

    id: int
    balance: int | None


async def held(uow: UnitOfWork, names: Collection[Name]) -> dict[Name, Held]:
    """Every one of the accounts, made where it was missing; those of people are locked, lowest number first."""
    found = await _found(uow, names)
    if len(found) < len(names):
        await _make(uow, sorted(set(names) - found.keys(), key=_in_order))
        found = await _found(uow, names)
    return found


async def _found(uow: UnitOfWork, names: Collection[Name]) -> dict[Name, Held]:
    rows = await (_found_on_sqlite if uow.dialect == "sqlite" else _found_on_postgres)(uow, names)
    return {(person, purpose, unit): Held(number, balance) for number, person, purpose, unit, balance in rows}


async def _found_on_sqlite(uow: UnitOfWork, names: Collection[Name]) -> list[Row]:
    return await on_sqlite(uow, FIND_SQLITE, list(names))


async def _found_on_postgres(uow: UnitOfWork, names: Collection[Name]) -> list[Row]:
    people = [one for one in names if one[0] is not None]
    company = [one for one in names if one[0] is None]
    return await on_postgres(uow, LOCK_POSTGRES, *_columns(people), *_columns(company)[1:], len(names))


async def _make(uow: UnitOfWork, names: list[Name]) -> None:
    """Always in the same order, so that two who make the same accounts wait for each other at most one way."""
    if uow.dialect == "sqlite":
        await on_sqlite(uow, MAKE_SQLITE, names)
    else:
        await on_postgres(uow, MAKE_POSTGRES, *_columns(names))


def _columns(names: list[Name]) -> list[list[int | str | None]]:
    return [[one[part] for one in names] for part in range(3)]


def _in_order(one: Name) -> tuple[int, str, str]:
    return one[0] or 0, one[1], one[2]
