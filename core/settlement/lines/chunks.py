"""Award lines as they are stored: chunks of columns, each a compressed Parquet file, from which every text is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import polars as pl

from core.settlement.files.parquet import write_parquet
from core.settlement.lines.columns import LineColumns
from core.settlement.lines.reasons import awards
from core.settlement.running import Outcome

LINES_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a run's lines, which stand by payee, then as in awards.csv.

    The lines of one payee are in one chunk, or in several one after the other.
    """

    first: int
    """The first payee's place in `Company.people`."""
    last: int
    """The last one's."""
    first_code: str
    last_code: str
    lines: int
    data: bytes
    """A Parquet file with the columns of `lines.LINE`."""


def packed(outcome: Outcome, size: int = LINES_MOST) -> Iterator[Chunk]:
    """All award lines of a run; the same run gives the same bytes."""
    columns = LineColumns(outcome)
    for start in range(0, columns.size, size):
        lines = columns.at(start, start + size)
        place = columns.places(start, start + size)
        data = BytesIO()
        write_parquet(lines, data)
        codes = lines["payee_id"]
        yield Chunk(int(place[0]), int(place[-1]), codes[0], codes[-1], lines.height, data.getvalue())


def opened(data: bytes, payee: str | None = None) -> pl.DataFrame:
    """The lines of a chunk, of all or of one payee: the columns of awards.csv, and `amount_minor`."""
    lines = pl.read_parquet(BytesIO(data))
    if payee is not None:
        lines = lines.filter(pl.col("payee_id") == payee)
    return awards(lines).with_columns(lines["amount_minor"])
