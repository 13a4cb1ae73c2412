"""Orders by their own time and by when they were entered, to be held against what a run had read."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl
from sqlalchemy import text

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.orders.model import OrderKind
from core.people.model import COMPANY_KIND
from core.runs.store.frames import Rows, frame


async def last_order(uow: UnitOfWork) -> int:
    """The number of the order that was entered last; 0 before the first."""
    return int(await uow.connection.scalar(text("SELECT MAX(id) FROM customer_order")) or 0)


async def orders(
    uow: UnitOfWork,
    kinds: Sequence[OrderKind],
    *,
    until: datetime,
    since: datetime | None = None,
    after: int | None = None,
) -> pl.DataFrame:
    """`order_id` of paid orders of some kinds made before `until`, from `since` on, entered after the one numbered."""
    named = ", ".join(f"'{kind.value}'" for kind in kinds)
    where = [
        f"o.ordered_at < {microseconds(until)}",
        "o.paid_at IS NOT NULL",
        f"o.kind IN ({named})",
        f"p.kind <> '{COMPANY_KIND}'",
    ]
    where += [] if since is None else [f"o.ordered_at >= {microseconds(since)}"]
    where += [] if after is None else [f"o.id > {after}"]
    rows = Rows(
        columns={"order_id": ("o.order_id", pl.String())},
        source="customer_order o JOIN person p ON p.id = o.person_id",
        key="o.id",
        table="customer_order",
        where=" AND ".join(where),
    )
    return await frame(uow, rows)
