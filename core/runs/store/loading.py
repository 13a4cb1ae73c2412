"""People, orders, lines and ranks as they were known at a moment, as frames of row numbers."""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from core.calendar.model import Cycle
from core.db.types import MICROSECOND, microseconds
from core.db.unit_of_work import UnitOfWork
from core.people.in_force import career_rank_now
from core.people.model import COMPANY_KIND, Status
from core.runs.store.frames import Rows, frame


@dataclass(frozen=True, slots=True)
class Window:
    """Orders made from `since` until before `until`, and paid by `known`; and unpaid sales that returns name."""

    since: datetime | None
    """None is the beginning of time."""
    until: datetime
    known: datetime


TEXT, WHOLE = pl.String(), pl.Int64()


async def people(uow: UnitOfWork, cycle: Cycle) -> pl.DataFrame:
    """Everybody but the company node: `id`, `code`, `sponsor_id` at the cycle's end, and what people.csv says.

    Who had no link then counts as terminated; who is terminated today and had one was active.
    """
    at = microseconds(cycle.period.end - MICROSECOND)
    rows = Rows(
        columns={
            "id": ("p.id", WHOLE),
            "code": ("p.code", TEXT),
            "joined_on": ("CAST(p.joined_on AS VARCHAR)", TEXT),
            "kind": ("p.kind", TEXT),
            "status": ("p.status", TEXT),
            "country": ("p.country", TEXT),
            "language": ("p.language", TEXT),
            "career_rank": (career_rank_now("p"), TEXT),
            "link": ("l.id", WHOLE),
            "sponsor_id": ("l.sponsor_id", WHOLE),
        },
        source=(
            "person p LEFT JOIN sponsor_link l ON l.person_id = p.id"
            f" AND l.valid_from <= {at} AND (l.valid_to IS NULL OR l.valid_to > {at})"
        ),
        key="p.id",
        table="person",
        where=f"p.kind <> '{COMPANY_KIND}'",
    )
    found = (await frame(uow, rows)).sort("id", "link").unique("id", keep="last", maintain_order=True)
    left, active = Status.TERMINATED.value, Status.ACTIVE.value
    then = (
        pl.when(pl.col("link").is_null())
        .then(pl.lit(left))
        .when(pl.col("status") == left)
        .then(pl.lit(active))
        .otherwise(pl.col("status"))
    )
    return found.with_columns(then.alias("status"), pl.col("joined_on").str.to_date())


async def orders(uow: UnitOfWork, window: Window) -> pl.DataFrame:
    """Paid orders and returns; `person_id` is a row number."""
    rows = Rows(
        columns={
            "order_id": ("o.order_id", TEXT),
            "person_id": ("o.person_id", WHOLE),
            "kind": ("o.kind", TEXT),
            "ordered_at": ("o.ordered_at", WHOLE),
            "paid_at": ("o.paid_at", WHOLE),
            "currency": ("o.currency", TEXT),
            "amount_minor": ("o.amount_minor", WHOLE),
            "cv": ("o.cv", WHOLE),
            "qv": ("o.qv", WHOLE),
            "points": ("o.points", WHOLE),
            "returns_order_id": ("o.returns_order_id", TEXT),
            "margin_minor": ("o.margin_minor", WHOLE),
        },
        source="customer_order o",
        key="o.id",
        table="customer_order",
        where=_counted(window),
    )
    return await frame(uow, rows)


async def lines(uow: UnitOfWork, window: Window) -> pl.DataFrame:
    """The lines of these orders, `position` counting from 1 in each."""
    rows = Rows(
        columns={
            "order_id": ("o.order_id", TEXT),
            "position": ("n.position", WHOLE),
            "sku": ("n.sku", TEXT),
            "amount_minor": ("n.amount_minor", WHOLE),
            "cv": ("n.cv", WHOLE),
            "qv": ("n.qv", WHOLE),
            "points": ("n.points", WHOLE),
            "margin_minor": ("n.margin_minor", WHOLE),
            "pieces": ("CASE WHEN o.kind = 'return' THEN -n.quantity ELSE n.quantity END", WHOLE),
        },
        source="order_line n JOIN customer_order o ON o.id = n.order_ref",
        key="n.id",
        table="order_line",
        where=_counted(window),
    )
    return await frame(uow, rows)


def _counted(window: Window) -> str:
    """Sales that came back are there unpaid too: a return of one means something else than one that names no sale."""
    until, known = microseconds(window.until), microseconds(window.known)
    returned = "SELECT r.returns_order_id FROM customer_order r WHERE r.returns_order_id IS NOT NULL"
    paid = f"CASE WHEN o.paid_at IS NULL THEN o.order_id IN ({returned}) ELSE o.paid_at <= {known} END"
    made = f"o.ordered_at < {until} AND {paid}"
    return made if window.since is None else f"{made} AND o.ordered_at >= {microseconds(window.since)}"
