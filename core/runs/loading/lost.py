"""Orders that came to released cycles and count nowhere, because the plan settles none of these again.

Settled is October, whose preview was made on 3 November; the plan has neither `[late_orders]` nor `[returns]`:

| order                                          | told with November |
| ---------------------------------------------- | ------------------ |
| a return dated 20 October, entered 9 November  | yes                |
| of 30 October, paid 2 November                 | no, October has it |
| of 30 October, paid 5 November                 | yes                |
| of 30 October, paid 31 October, told 5 November | yes               |
| a return dated 20 September, entered 9 November | yes               |
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from core.db.unit_of_work import UnitOfWork
from core.orders.model import OrderKind
from core.plan.model import Plan
from core.runs.model import Finding
from core.runs.packing import opened
from core.runs.store import lost as store
from core.runs.store import parts
from core.runs.store.runs import released, row

NAMED_MAX = 20
"""So many orders are named."""


async def lost(uow: UnitOfWork, plan: Plan, run: Mapping[Any, Any]) -> tuple[Finding, ...]:
    """What whoever settles should know of orders that came to the cycles before after they were settled.

    Each is told with the first run after it came. Cycles that were closed without a run are not looked at.
    """
    kinds = lost_kinds(plan)
    before = [one for one in await released(uow, run["calendar"]) if one.ends_at <= run["starts_at"]]
    if not kinds or not before:
        return ()
    last = await row(uow, before[-1].number)
    assert last is not None, "it is released"
    here = await store.orders(uow, kinds, since=last["starts_at"], until=run["starts_at"])
    read = await parts.bodies(uow, last["id"], last["preview"], "input/orders")
    known = pl.concat([opened(body, ("order_id", "paid_at")) for body in read])
    here = here.join(known.filter(pl.col("paid_at").is_not_null()), on="order_id", how="anti")
    earlier = await store.orders(uow, kinds, until=last["starts_at"], after=last["last_order"])
    found = sorted([*here["order_id"], *earlier["order_id"]])
    facts = {"orders": found[:NAMED_MAX], "count": len(found)}
    return (Finding(code="run_orders_lost", severity="notice", facts=facts),) if found else ()


def lost_kinds(plan: Plan) -> tuple[OrderKind, ...]:
    """The kinds of orders that count nowhere where they come to a settled cycle.

    | the plan has     | sales | returns |
    | ---------------- | ----- | ------- |
    | neither          | yes   | yes     |
    | `[returns]`      | yes   |         |
    | `[late_orders]`  |       |         |
    """
    if plan.late_orders is not None:
        return ()
    return (OrderKind.SALE,) if plan.returns is not None else (OrderKind.SALE, OrderKind.RETURN)
