"""Frames as Parquet whose bytes tell the rows and nothing else."""

from pathlib import Path
from typing import IO

import polars as pl

PAGE_BYTES_MAX = 2**31 - 1


def write_parquet(frame: pl.DataFrame, target: Path | IO[bytes]) -> None:
    """Write a frame; the same rows make the same bytes.

    A frame may lie in memory in several pieces, and its texts in larger pieces than it shows; what was read back from
    parts does. Left to itself, the writer begins row groups and pages by that, so there is one of each.
    """
    frame.rechunk().write_parquet(
        target,
        compression="zstd",
        statistics=False,
        row_group_size=max(frame.height, 1),
        data_page_size=PAGE_BYTES_MAX,
    )
