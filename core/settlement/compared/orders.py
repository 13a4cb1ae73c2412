"""Which orders count, when and with what: lines name them by number, so that these must be the same first."""

from collections.abc import Iterator
from datetime import UTC, datetime

import polars as pl

from core.settlement.compared.difference import Difference, Where, unlike
from core.settlement.running import Outcome
from core.settlement.second.whole.run import Whole

FIGURES = ("amount_minor", "cv", "qv", "points", "margin_minor")
MILLION = 1_000_000


def orders(outcome: Outcome, found: Whole) -> Iterator[Difference]:
    """Orders that count otherwise."""
    ours, theirs = outcome.company.orders, found.inputs.orders
    if ours is not theirs and not ours.equals(theirs):
        codes = outcome.company.people["code"]
        yield from unlike(_told(ours, codes), _told(theirs, codes))


def _told(frame: pl.DataFrame, codes: pl.Series) -> dict[Where, str]:
    names = ("order_id", "person", "ordered_at", *FIGURES)
    found = {}
    for name, person, at, *figures in frame.select(names).iter_rows():
        when = datetime.fromtimestamp(at // MILLION, UTC)
        words = (f"{word} {figure}" for word, figure in zip(FIGURES, figures, strict=True))
        found[codes[person], f"order {name}", "as it counts"] = f"{when:%Y-%m-%d %H:%M:%S}, {', '.join(words)}"
    return found
