"""What the next cycle needs of this one, as files: titles, missed cycles, the highest rank ever, balances, caps."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import polars as pl

from core.calendar.model import Cycle
from core.calendar.rules import previous
from core.kernel.money import minor_digits, minor_units
from core.plan.model import CalendarSpec
from core.settlement.handing_on import carried_out
from core.settlement.model import CAPPED, DUE, HAD, KPIS, LOTS, PAID, POOLS, POSTED, RANKS, VOLUMES, Carried, CarryUnfit
from core.settlement.running import Outcome
from core.settlement.texts import money_texts

SUMMARY = "summary.json"
FILES: Mapping[str, tuple[str, Mapping[str, pl.DataType]]] = {
    "ranks": ("carry_ranks.csv", RANKS),
    "balances": ("carry_balances.csv", LOTS),
    "capped": ("carry_caps.csv", CAPPED),
    "posted": ("carry_awards.parquet", POSTED),
    "had": ("carry_had.csv", HAD),
    "due": ("carry_due.csv", DUE),
    "pools": ("carry_pools.csv", POOLS),
    "kpis": ("carry_kpis.csv", KPIS),
    "paid": ("carry_paid_ranks.csv", PAID),
    "volumes": ("carry_volume.csv", VOLUMES),
}
"""Where each part of `Carried` stands, and its columns; `amount_minor` is written as `amount`, with a point."""
PARQUET = ".parquet"
"""Where there can be millions of rows."""
MINOR, AMOUNT = "amount_minor", "amount"


def read(folder: Path, calendar: CalendarSpec, cycle: Cycle) -> Carried:
    """What the cycle before left in its output.

    Raises:
        CarryUnfit: it is the output of another cycle.
        OSError: it has no such files.
    """
    summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    expected = previous(calendar, cycle).code
    if (summary["calendar"], summary["cycle"]) != (calendar.code, expected):
        raise CarryUnfit(found=f"{summary['calendar']} {summary['cycle']}", expected=f"{calendar.code} {expected}")
    return read_parts(folder)


def read_parts(folder: Path) -> Carried:
    """All parts that `write` wrote."""
    return Carried(**{part: _read(folder / name, schema) for part, (name, schema) in FILES.items()})


def write(folder: Path, outcome: Outcome) -> None:
    """Beside the results."""
    write_parts(folder, carried_out(outcome))


def write_parts(folder: Path, carried: Carried) -> None:
    """Each part in a file of its own."""
    for part, (name, _) in FILES.items():
        frame = _texts(getattr(carried, part))
        if name.endswith(PARQUET):
            frame.write_parquet(folder / name, compression="zstd", statistics=False)
        else:
            frame.write_csv(folder / name)


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    if MINOR not in frame.columns:
        return frame
    digits = {code: minor_digits(code) for code in frame["currency"].unique().sort()}
    texts = money_texts(pl.col(MINOR), pl.col("currency"), digits)
    return frame.with_columns(texts.alias(MINOR)).rename({MINOR: AMOUNT})


def _read(path: Path, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """A file that `_texts` was written to; an empty field is null."""
    if path.name.endswith(PARQUET):
        return pl.read_parquet(path).select(list(schema))
    kinds = {AMOUNT if name == MINOR else name: pl.String() if name == MINOR else kind for name, kind in schema.items()}
    frame = pl.read_csv(path, columns=list(kinds), schema_overrides=kinds)
    if MINOR in schema:
        pairs = frame.select(AMOUNT, "currency").iter_rows()
        minor = [minor_units(Decimal(amount), currency) for amount, currency in pairs]
        frame = frame.with_columns(pl.Series(MINOR, minor, dtype=pl.Int64))
    return frame.select(list(schema))
