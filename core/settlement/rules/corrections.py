"""Corrections: amounts of this cycle about an earlier one, or ahead of its end, as rows by person."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from core.kernel.money import minor_digits
from core.settlement.model import framed

CURRENCY_LETTERS = 3
CORRECTIONS: Mapping[str, pl.DataType] = {
    "person_id": pl.String(),
    "bonus": pl.String(),
    "unit": pl.String(),
    "amount_minor": pl.Int64(),
    "source_person_id": pl.String(),
    "source_order_id": pl.String(),
    "level": pl.String(),
    "base": pl.String(),
    "rate": pl.String(),
    "because": pl.String(),
    "returned": pl.Boolean(),
}
"""As award lines are written, but for the amount in minor units; `returned`: taken back for a return.

Whoever a correction concerns may stand in no tree any more, so she is known by her code."""


def rows(found: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Corrections, one row each, in the order given."""
    listed = list(found)
    return framed(CORRECTIONS, {name: [row.get(name) for row in listed] for name in CORRECTIONS})


def digits_of(unit: str) -> int:
    """How many decimals amounts of a unit have: those of its currency; points and prizes have none."""
    return minor_digits(unit) if len(unit) == CURRENCY_LETTERS else 0
