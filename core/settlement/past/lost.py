"""Parts of earlier cycles that are lost: their payee stands in no tree any more, or does not earn the bonus now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from core.bonuses.arrays import Settled
from core.settlement.cycle.figures import Standings
from core.settlement.model import Company, Past

LOST: Mapping[str, pl.DataType] = {
    "bonus": pl.String(),
    "person_id": pl.String(),
    "unit": pl.String(),
    "origin": pl.String(),
    "part": pl.Int32(),
}


def lost(company: Company, standings: Standings, settled: Sequence[Settled], due: pl.DataFrame) -> pl.DataFrame:
    """The parts that are lost in this cycle, as `LOST` says.

    Args:
        due: what the cycle before left, as `DUE` says.
    """
    if due.is_empty():
        return pl.DataFrame(schema=LOST)
    codes = company.people["code"].gather(standings.place)
    rows = [
        (one.bonus.code, codes[payee], one.unit.code, origin, part)
        for one in settled
        for payee, origin, part in one.after.lost
    ]
    pairs = {(one.bonus.code, one.unit.code) for one in settled}
    gone = due.filter(~pl.col("person_id").is_in(codes.implode())).select(list(LOST)).iter_rows()
    rows += [row for row in gone if (row[0], row[2]) in pairs]
    return pl.DataFrame(rows, schema=LOST, orient="row")


def without(past: Iterable[Past], gone: pl.DataFrame) -> tuple[Past, ...]:
    """The cycles with the parts that were lost marked as such."""
    if gone.is_empty():
        return tuple(past)
    return tuple(_without(one, gone.filter(pl.col("origin") == one.cycle)) for one in past)


def _without(past: Past, gone: pl.DataFrame) -> Past:
    if gone.is_empty():
        return past
    mark = gone.with_columns(pl.lit(value=True).alias("gone"))
    parts = past.parts.join(mark, on=list(LOST), how="left", maintain_order="left")
    exact = pl.when(pl.col("gone").is_null()).then(pl.col("exact")).alias("exact")
    return replace(past, parts=parts.with_columns(exact).select(past.parts.columns))
