"""What lines of bonuses that are paid in parts say besides; files leave it out where nobody is paid in parts."""

from pathlib import Path

import polars as pl

from core.settlement.model import POSTED, CarryUnfit

NAMES = ("rest", "parts", "kept", "off", "cut", "owed")
"""Columns of `POSTED`."""


def trimmed(posted: pl.DataFrame, due: pl.DataFrame) -> pl.DataFrame:
    """The lines as they are written: millions of empty fields take a second.

    Args:
        due: as `DUE` says.
    """
    nothing = due.is_empty() and posted["rest"].null_count() == posted.height
    return posted.drop(NAMES) if nothing else posted


def filled(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines as they were before they were trimmed."""
    unknown = [pl.lit(None, POSTED[name]).alias(name) for name in NAMES if name not in lines.columns]
    return lines.with_columns(unknown)


def expect(path: Path) -> None:
    """Where parts wait, lines say what they left for them; those of an earlier version do not.

    Raises:
        CarryUnfit: they do not.
    """
    unknown = set(NAMES) - pl.read_parquet_schema(path).keys()
    if unknown:
        raise CarryUnfit(found=path.name, expected=", ".join(sorted(unknown)))
