"""Words of settlement: what a run takes, and how it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

import polars as pl

from core.catalog.model import Product
from core.kernel.errors import DomainError
from core.people.model import Kind, Status


class CarryUnfit(DomainError):
    """The folder carried over is not that of the cycle before. Facts: `found`, `expected`."""

    code: ClassVar[str] = "settle_carry_unfit"


class RunUnreadable(DomainError):
    """The folder holds no settled run, or one that was not written to its end. Facts: `folder`."""

    code: ClassVar[str] = "settle_run_unreadable"


SUMMARY = "summary.json"
"""Written last: a folder without it holds no settled run."""
NOBODY = -1
SIDES = ("", "left", "right")
"""What 1 and 2 stand for in `binary_side` and `own_side`; 0 is none."""
PEOPLE: Mapping[str, pl.DataType] = {
    "code": pl.String(),
    "sponsor": pl.Int32(),
    "joined_on": pl.Date(),
    "kind": pl.Enum([one.value for one in Kind]),
    "status": pl.Enum([one.value for one in Status]),
    "country": pl.String(),
    "language": pl.String(),
    "career_rank": pl.String(),
    "binary_parent": pl.Int32(),
    "binary_side": pl.Int8(),
    "matrix_parent": pl.Int32(),
    "matrix_slot": pl.Int32(),
    "own_side": pl.Int8(),
}
"""Columns of `Company.people`. A person is known by her *place*, the number of her row; sponsors and parents are
places, -1 for nobody. A matrix slot counts from 1; 0 is none. A career rank is null where there is none."""
NEUTRAL: Mapping[str, Any] = {
    "sponsor": NOBODY,
    "kind": Kind.DISTRIBUTOR.value,
    "status": Status.ACTIVE.value,
    "country": "",
    "language": "",
    "career_rank": None,
    "binary_parent": NOBODY,
    "binary_side": 0,
    "matrix_parent": NOBODY,
    "matrix_slot": 0,
    "own_side": 0,
    "margin_minor": 0,
    "pieces": 0,
}
"""What stands in a column that nothing is known of."""
ORDERS: Mapping[str, pl.DataType] = {
    "order_id": pl.String(),
    "person": pl.Int64(),
    "kind": pl.String(),
    "ordered_at": pl.Int64(),
    "paid_at": pl.Int64(),
    "currency": pl.String(),
    "amount_minor": pl.Int64(),
    "cv": pl.Int64(),
    "qv": pl.Int64(),
    "points": pl.Int64(),
    "returns_order_id": pl.String(),
    "margin_minor": pl.Int64(),
}
"""Columns of `Company.orders`; `person` is a place, times are microseconds since 1970. An order is known by its
*number*, that of its row."""
LINES: Mapping[str, pl.DataType] = {
    "order_id": pl.String(),
    "sku": pl.String(),
    "amount_minor": pl.Int64(),
    "cv": pl.Int64(),
    "qv": pl.Int64(),
    "points": pl.Int64(),
    "margin_minor": pl.Int64(),
    "pieces": pl.Int64(),
}
"""Columns of `Company.lines`; `pieces` of a return are below zero, as all figures of it are."""
ADJUSTMENTS: Mapping[str, pl.DataType] = {
    "person_id": pl.String(),
    "currency": pl.String(),
    "amount_minor": pl.Int64(),
    "reason": pl.String(),
}
"""Corrections by hand, in the order of the file."""
RANKS: Mapping[str, pl.DataType] = {
    "person_id": pl.String(),
    "career_rank": pl.String(),
    "misses": pl.Int32(),
    "highest_rank": pl.String(),
    "honorary_rank": pl.String(),
    "grace": pl.String(),
}
"""Title, cycles missed in a row, the highest rank ever reached, the honorary one, and the ranks that can still be kept,
as `core.ranks.rules.grace` tells them; null where there is none."""
BALANCES: Mapping[str, pl.DataType] = {
    "person_id": pl.String(),
    "currency": pl.String(),
    "amount_minor": pl.Int64(),
}
LOTS: Mapping[str, pl.DataType] = {**BALANCES, "cycle": pl.String(), "waited": pl.Int32()}
"""Balances by the cycle that they were earned in, with the number of cycles that have not paid them."""
NOTES: Mapping[str, pl.DataType] = {**BALANCES, "kind": pl.String(), "reason": pl.String()}
"""What changed a balance besides award lines: `by_hand` with its reason, `fee`, `expiry` of what a cycle left."""
POSTED: Mapping[str, pl.DataType] = {
    "cycle": pl.String(),
    "person_id": pl.String(),
    "bonus": pl.String(),
    "unit": pl.String(),
    "amount": pl.Int64(),
    "source_person_id": pl.String(),
    "order_id": pl.String(),
    "level": pl.Int32(),
    "base": pl.Int64(),
    "decimals": pl.Int32(),
    "rate": pl.String(),
    "taken": pl.Int64(),
    "rest": pl.String(),
    "parts": pl.Int32(),
    "kept": pl.String(),
    "off": pl.String(),
    "cut": pl.String(),
    "owed": pl.String(),
}
"""Award lines that name an order, which returns can still charge back: `amount` in the smallest units, `base` at its
`decimals` (null where an amount was paid), `rate` as the plan has it; so much of the amount returns have `taken`.

Of a bonus that is paid in parts, in exact smallest units: the `rest` that was left for so many later `parts`; how
much of all of it is `kept`, 1 while no part was lost; what returns took `off` each part that waits, the `cut` that they
made in all parts, and what they charge before it is rounded, `owed`. Null where nothing was left."""
CAPPED: Mapping[str, pl.DataType] = {
    "cap": pl.String(),
    "cycle": pl.String(),
    "unit": pl.String(),
    "person_id": pl.String(),
    "amount": pl.Int64(),
}
"""What was paid under a cap in its cycle so far, in minor units; without unit and person the figure of the company that
it is a share of."""
ADVANCED: Mapping[str, pl.DataType] = {
    "cycle": pl.String(),
    "person_id": pl.String(),
    "unit": pl.String(),
    "amount_minor": pl.Int64(),
}
"""What was advanced in a cycle of the main calendar."""
KNOWN: Mapping[str, pl.DataType] = {
    "order_id": pl.String(),
    "person_id": pl.String(),
    "amount_minor": pl.Int64(),
    "cv": pl.Int64(),
    "qv": pl.Int64(),
    "points": pl.Int64(),
}
"""The orders that a cycle was settled with, and what they came to."""
SUMS: Mapping[str, pl.DataType] = {
    "person_id": pl.String(),
    "bonus": pl.String(),
    "unit": pl.String(),
    "returned": pl.Boolean(),
    "amount_minor": pl.Int64(),
}
"""What everybody is paid of every bonus; what returns took back stands by itself."""
VOLUMES: Mapping[str, pl.DataType] = {
    "bonus": pl.String(),
    "person_id": pl.String(),
    "side": pl.String(),
    "cycle": pl.String(),
    "volume": pl.String(),
}
"""Volume that a binary bonus has not used: left, right or the head of the leg, the cycle it came in, how much."""

HAD: Mapping[str, pl.DataType] = {"bonus": pl.String(), "person_id": pl.String(), "what": pl.String()}
"""Who has had what a bonus gives only once."""
DUE: Mapping[str, pl.DataType] = {
    "bonus": pl.String(),
    "person_id": pl.String(),
    "unit": pl.String(),
    "origin": pl.String(),
    "part": pl.Int32(),
    "due": pl.String(),
    "exact": pl.String(),
}
"""Parts of what was earned in the cycle `origin` that the cycle `due` pays, as exact numbers of whole units."""
POOLS: Mapping[str, pl.DataType] = {"bonus": pl.String(), "unit": pl.String(), "exact": pl.String()}
"""What a pool gave nobody, as exact numbers of whole units."""
KPIS: Mapping[str, pl.DataType] = {
    "kpi": pl.String(),
    "person_id": pl.String(),
    "value": pl.Int64(),
    "decimals": pl.Int32(),
}
"""KPIs whose growth counts, as whole numbers of so many decimals; who has nothing is absent."""
INACTIVE: Mapping[str, pl.DataType] = {"person_id": pl.String(), "cycles": pl.Int32(), "due": pl.String()}
"""Distributors who were inactive for so many cycles in a row, and what is due to them: `WARN`, `END` or nothing."""
WARN, END = "warn", "end"
PAID: Mapping[str, pl.DataType] = {
    "person_id": pl.String(),
    "cycle": pl.String(),
    "rank": pl.String(),
    "reached": pl.String(),
}
"""The ranks by which earlier cycles paid, and what was reached and earned in them that KPIs count, as
`core.ranks.rules.earlier` tells it; null where there is none."""


def framed(schema: Mapping[str, pl.DataType], columns: Mapping[str, Any]) -> pl.DataFrame:
    """A frame of exactly these columns; what is not given has what `NEUTRAL` says, else null.

    Args:
        columns: sequences, arrays or series by name, all of one length; none at all makes an empty frame.
    """
    rows = max((len(values) for values in columns.values()), default=0)
    if not rows:
        return _empty(tuple(schema.items())).clone()
    frame = pl.DataFrame(
        [pl.Series(name, columns[name], dtype=kind) for name, kind in schema.items() if name in columns]
    )
    neutral = [pl.lit(NEUTRAL.get(name), kind).alias(name) for name, kind in schema.items() if name not in columns]
    return frame.with_columns(neutral).select(list(schema)) if neutral else frame


@cache
def _empty(schema: tuple[tuple[str, pl.DataType], ...]) -> pl.DataFrame:
    """Made once: in a small company most frames are empty."""
    return pl.DataFrame(schema=dict(schema))


@dataclass(frozen=True, slots=True)
class Carried:
    """What the cycle before left behind."""

    ranks: pl.DataFrame = field(default_factory=lambda: framed(RANKS, {}))
    balances: pl.DataFrame = field(default_factory=lambda: framed(LOTS, {}))
    capped: pl.DataFrame = field(default_factory=lambda: framed(CAPPED, {}))
    posted: pl.DataFrame = field(default_factory=lambda: framed(POSTED, {}))
    advanced: pl.DataFrame = field(default_factory=lambda: framed(ADVANCED, {}))
    had: pl.DataFrame = field(default_factory=lambda: framed(HAD, {}))
    due: pl.DataFrame = field(default_factory=lambda: framed(DUE, {}))
    pools: pl.DataFrame = field(default_factory=lambda: framed(POOLS, {}))
    kpis: pl.DataFrame = field(default_factory=lambda: framed(KPIS, {}))
    paid: pl.DataFrame = field(default_factory=lambda: framed(PAID, {}))
    volumes: pl.DataFrame = field(default_factory=lambda: framed(VOLUMES, {}))
    inactive: pl.DataFrame = field(default_factory=lambda: framed(INACTIVE, {}))
    past: "tuple[Past, ...]" = ()
    """Cycles that late orders and returns can still change, the oldest first."""
    main: "Carried | None" = None
    """What the main calendar's last cycle left, for a run that pays advances; None is nothing."""


@dataclass(frozen=True, slots=True)
class Past:
    """A settled cycle that orders can still come to, as it was settled."""

    cycle: str
    plan: str
    """The text of the plan that it was settled by."""
    people: pl.DataFrame
    """As `PEOPLE` says."""
    carried: Carried
    """What it was settled with, but for balances."""
    orders: pl.DataFrame
    """As `KNOWN` says."""
    posted: pl.DataFrame
    """As `SUMS` says: its lines, and what later cycles have corrected."""
    parts: pl.DataFrame = field(default_factory=lambda: framed(DUE, {}))
    """As `DUE` says: what it left for later cycles, before returns took of it; `exact` is null where that was lost."""


@dataclass(frozen=True, slots=True)
class Company:
    """Everything that a run reads besides the plan: people by joining and code, orders by time and id."""

    people: pl.DataFrame
    """As `PEOPLE` says."""
    orders: pl.DataFrame
    """As `ORDERS` says."""
    lines: pl.DataFrame
    """As `LINES` says."""
    products: Mapping[str, Product]
    adjustments: pl.DataFrame = field(default_factory=lambda: framed(ADJUSTMENTS, {}))
    """As `ADJUSTMENTS` says."""
    places_whole: bool = False
    """Whether people have all places that they are to have, so that nobody is placed by a tree's spill."""
