"""Staging rows, publishing them set by set, and asking what is recorded already."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl
from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlmodel import SQLModel

from core.db.bulk import bulk_insert
from core.db.unit_of_work import UnitOfWork
from core.exchange import tables
from core.exchange.rules.people import KnownPerson
from core.people.in_force import career_rank_now
from core.people.model import COMPANY_KIND, Status

AT_ONCE = 5_000
"""Both databases take a limited number of parameters in one statement."""
COUNTED_FROM = 1_000
"""Fewer rows are joined quickly by any plan."""
BELIEVED_SMALL = """
    SELECT relname FROM pg_class
    WHERE relname = ANY(:names) AND pg_table_is_visible(oid) AND reltuples < :few
"""
RUNS = SQLModel.metadata.tables[str(tables.ImportRunRow.__tablename__)]
STAGED = {
    "person": SQLModel.metadata.tables[str(tables.StagedPersonRow.__tablename__)],
    "place": SQLModel.metadata.tables[str(tables.StagedPlaceRow.__tablename__)],
    "order": SQLModel.metadata.tables[str(tables.StagedOrderRow.__tablename__)],
    "line": SQLModel.metadata.tables[str(tables.StagedLineRow.__tablename__)],
}
PUBLISH_PEOPLE = """
    INSERT INTO person (
        code, name, name_folded, kind, status, joined_on, country, language, time_zone, email, phone, career_rank,
        language_chosen, notifications
    )
    SELECT code, name, name_folded, kind, status, joined_on, country, language, time_zone, email, phone, career_rank,
        FALSE, TRUE
    FROM staged_person WHERE run = :run ORDER BY position
"""
PUBLISH_LINKS = """
    INSERT INTO sponsor_link (person_id, sponsor_id, valid_from, valid_to, recorded_at, recorded_by, reason)
    SELECT person.id, sponsor.id, staged.valid_from, staged.valid_to,
        CAST(:now AS BIGINT), CAST(:actor AS VARCHAR), CAST(:reason AS VARCHAR)
    FROM staged_person staged
    JOIN person ON person.code = staged.code
    LEFT JOIN person sponsor ON sponsor.code = staged.sponsor_code
    WHERE staged.run = :run ORDER BY staged.position
"""
PUBLISH_PLACES = """
    INSERT INTO placement_link (
        tree, person_id, parent_id, slot, valid_from, valid_to, recorded_at, recorded_by, reason
    )
    SELECT staged.tree, person.id, parent.id, staged.slot, staged.valid_from, CAST(NULL AS BIGINT),
        CAST(:now AS BIGINT), CAST(:actor AS VARCHAR), CAST(:reason AS VARCHAR)
    FROM staged_place staged
    JOIN person ON person.code = staged.code
    LEFT JOIN person parent ON parent.code = staged.parent_code
    WHERE staged.run = :run AND staged.tree <> 'own_side' ORDER BY staged.position
"""
PUBLISH_SIDES = """
    INSERT INTO chosen_side (person_id, side, valid_from, valid_to, recorded_by)
    SELECT person.id, CASE staged.slot WHEN 1 THEN 'left' ELSE 'right' END, staged.valid_from, CAST(NULL AS BIGINT),
        CAST(:actor AS VARCHAR)
    FROM staged_place staged
    JOIN person ON person.code = staged.code
    WHERE staged.run = :run AND staged.tree = 'own_side' ORDER BY staged.position
"""
PUBLISH_ORDERS = """
    INSERT INTO customer_order (
        order_id, person_id, kind, state, ordered_at, paid_at, currency, amount_minor, cv, qv, points, line_count,
        returns_order_id, margin_minor
    )
    SELECT order_id, person_id, kind, state, ordered_at, paid_at, currency, amount_minor, cv, qv, points, line_count,
        returns_order_id, margin_minor
    FROM staged_order WHERE run = :run ORDER BY position
"""
PUBLISH_LINES = """
    INSERT INTO order_line (order_ref, position, sku, quantity, unit_price, amount_minor, cv, qv, points, margin_minor)
    SELECT o.id, s.position, s.sku, s.quantity, s.unit_price, s.amount_minor, s.cv, s.qv, s.points, s.margin_minor
    FROM staged_line s JOIN customer_order o ON o.order_id = s.order_id WHERE s.run = :run ORDER BY s.id
"""
KNOWN_PEOPLE = """
    SELECT p.code, p.name, p.joined_on, p.country, p.language, p.kind, p.status, p.email, p.phone, p.time_zone,
           @title AS career_rank, s.code AS sponsor, p.language_chosen
    FROM person p
    LEFT JOIN sponsor_link l ON l.id = (SELECT max(id) FROM sponsor_link WHERE person_id = p.id)
    LEFT JOIN person s ON s.id = l.sponsor_id AND s.kind <> :company
    WHERE p.kind <> :company AND p.code IN :asked
""".replace("@title", career_rank_now("p"))
KNOWN_ORDERS = """
    SELECT order_id, person_id AS person, kind, ordered_at, currency, returns_order_id,
        COALESCE(paid_at, cancelled_at) AS paid_at
    FROM customer_order WHERE order_id IN :asked
"""
KNOWN_LINES = """
    SELECT o.order_id, l.sku, l.quantity, l.unit_price
    FROM customer_order o JOIN order_line l ON l.order_ref = o.id WHERE o.order_id IN :asked
"""
PAY = """
    UPDATE customer_order SET paid_at = :paid_at, state = :paid
    WHERE order_id = :order_id AND paid_at IS NULL AND cancelled_at IS NULL
"""
PAID_OUTSIDE = """
    INSERT INTO order_payment (order_ref, position, means, amount, value_minor, given_back)
    SELECT o.id, max(p.position) + 1, 'money', o.amount_minor - sum(p.counts), o.amount_minor - sum(p.counts), 0
    FROM customer_order o JOIN (
        SELECT order_ref, position, CASE WHEN means IN ('coupon', 'points') THEN 0 ELSE value_minor END AS counts
        FROM order_payment
    ) p ON p.order_ref = o.id
    WHERE o.order_id = :order_id AND o.paid_at IS NULL AND o.cancelled_at IS NULL
    GROUP BY o.id, o.amount_minor HAVING o.amount_minor > sum(p.counts)
"""
"""What money from outside pays of an order that points, credit or a document paid a part of."""
ADOPT_ROOTS = """
    UPDATE staged_person SET sponsor_code = :node WHERE run = :run AND sponsor_code IS NULL AND valid_to IS NULL
"""
FORGET = "DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE run = :run LIMIT 100000)"


async def begin_run(uow: UnitOfWork, run: str, kind: str, lines: int) -> None:
    """Note that a run begins to stage."""
    values = {"id": run, "kind": kind, "started_at": uow.now, "lines": lines, "added": 0, "changed": 0}
    await uow.connection.execute(insert(RUNS).values(**values, actor=uow.actor))


async def end_run(uow: UnitOfWork, run: str, *, added: int, changed: int) -> None:
    """Note that what the run staged is visible from now on."""
    values = {"published_at": uow.now, "added": added, "changed": changed}
    await uow.connection.execute(update(RUNS).where(RUNS.c.id == run).values(**values))


async def finished_runs(uow: UnitOfWork, given_up_before: datetime) -> list[str]:
    """Runs that are published, or so old that nobody stages them any more."""
    over = RUNS.c.published_at.is_not(None) | (RUNS.c.started_at < given_up_before)
    found = await uow.connection.execute(select(RUNS.c.id).where(over))
    return list(found.scalars())


async def forget(uow: UnitOfWork, run: str) -> bool:
    """Delete some of what a run staged; False when nothing was left."""
    gone = 0
    for table in STAGED.values():
        deleted = await uow.connection.execute(text(FORGET.format(table=table.name)), {"run": run})
        gone += deleted.rowcount
    return gone > 0


async def forget_unpublished(uow: UnitOfWork, given_up_before: datetime) -> None:
    """Delete the notes of runs that never came to an end."""
    over = RUNS.c.published_at.is_(None) & (RUNS.c.started_at < given_up_before)
    await uow.connection.execute(delete(RUNS).where(over))


async def stage(uow: UnitOfWork, what: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows to be published; `what` is person, place, order or line."""
    await bulk_insert(uow, STAGED[what], columns, rows)


async def publish(uow: UnitOfWork, statement: str, run: str, **values: Any) -> int:
    """Run one of the statements above; how many rows it wrote."""
    done = await uow.connection.execute(text(statement), {"run": run, **values})
    return int(done.rowcount)


async def count_anew(uow: UnitOfWork, rows: int, *names: str) -> None:
    """Have PostgreSQL count tables that have just got so many rows, where it believes them to be much smaller.

    It plans a join by what it counted last. A table that it saw empty it would go through once for each row of the
    other: minutes for twenty thousand people.
    """
    if uow.dialect != "postgresql" or rows < COUNTED_FROM:
        return
    found = await uow.connection.execute(text(BELIEVED_SMALL), {"names": list(names), "few": rows // 10})
    for name in found.scalars():
        await uow.connection.execute(text(f"ANALYZE {name}"))


async def pay(uow: UnitOfWork, payments: Sequence[tuple[str, int]], state: str) -> None:
    """Note payments (order id, microseconds) of known orders; one that was cancelled stays so."""
    if payments:
        await uow.connection.execute(text(PAID_OUTSIDE), [{"order_id": order} for order, _ in payments])
        rows = [{"order_id": order, "paid_at": paid_at, "paid": state} for order, paid_at in payments]
        await uow.connection.execute(text(PAY), rows)


async def known_people(uow: UnitOfWork, codes: Collection[str]) -> dict[str, KnownPerson]:
    """Those of the codes that are recorded, and whoever stands above those of them who have left."""
    known: dict[str, KnownPerson] = {}
    wanted = set(codes)
    while wanted:
        found = {
            row.pop("code"): _known_person(row)
            for row in await _asked(uow, KNOWN_PEOPLE, sorted(wanted), company=COMPANY_KIND)
        }
        known |= found
        left = [person for person in found.values() if person.status == Status.TERMINATED.value]
        wanted = {person.sponsor for person in left if person.sponsor is not None} - known.keys()
    return known


async def known_orders(uow: UnitOfWork, ids: Sequence[str]) -> pl.DataFrame:
    """The heads of those of the orders that are recorded."""
    schema = {
        "order_id": pl.String,
        "person": pl.Int64,
        "kind": pl.String,
        "ordered_at": pl.Int64,
        "currency": pl.String,
        "returns_order_id": pl.String,
        "paid_at": pl.Int64,
    }
    return pl.DataFrame(await _asked(uow, KNOWN_ORDERS, ids), schema=schema)


async def known_lines(uow: UnitOfWork, ids: Sequence[str]) -> pl.DataFrame:
    """The lines of these orders."""
    schema = {"order_id": pl.String, "sku": pl.String, "quantity": pl.Int64, "unit_price": pl.String}
    return pl.DataFrame(await _asked(uow, KNOWN_LINES, ids), schema=schema)


async def _asked(uow: UnitOfWork, statement: str, keys: Sequence[str], **values: Any) -> list[dict[str, Any]]:
    asked = text(statement).bindparams(bindparam("asked", expanding=True))
    rows: list[dict[str, Any]] = []
    for start in range(0, len(keys), AT_ONCE):
        found = await uow.connection.execute(asked, {"asked": list(keys[start : start + AT_ONCE]), **values})
        rows.extend(dict(row) for row in found.mappings())
    return rows


def _known_person(row: dict[str, Any]) -> KnownPerson:
    joined_on = row["joined_on"]
    row["joined_on"] = date.fromisoformat(joined_on) if isinstance(joined_on, str) else joined_on  # SQLite has no dates
    row["language_chosen"] = bool(row["language_chosen"])
    return KnownPerson(**row)
