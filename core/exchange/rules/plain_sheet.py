"""CSV files without quotation marks, read as a whole: millions of rows in a moment.

What is unusual in any way (marks, blank lines, rows of another width, bytes that are no UTF-8) is left to
`sheet.read_sheet`, which tells what is wrong with each row.
"""

from collections.abc import Callable

import numpy as np
import polars as pl

from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import FIELD_LENGTH_MAX, LINE, Columns, Sheet, check_header, header_of, sheet_of

BOM = b"\xef\xbb\xbf"
NEWLINE, COMMA = ord("\n"), ord(",")
BLANKS = (b" ", b"\t", b"\r", b"\x0b", b"\x0c")
"""What may stand around a field, of ASCII."""


def plain_sheet(data: bytes, columns: Columns, findings: Findings, progress: Callable[[int], None]) -> Sheet | None:
    """The same sheet as `read_sheet` gives of the same bytes; None, and nothing found, where it has to be asked."""
    data = data.removeprefix(BOM)
    first, _, _ = data.partition(b"\n")
    header = header_of(first.decode("utf-8", errors="replace").split(","))
    if not _is_plain(data, len(header)) or not check_header(header, columns, Findings()):
        return None
    check_header(header, columns, findings)
    names = [str(place) for place in range(len(header))]
    frame = pl.read_csv(
        data,
        has_header=False,
        skip_lines=1,
        schema=dict.fromkeys(names, pl.String),
        quote_char=None,
        empty_string_is_null=False,
    )
    progress(frame.height)
    stripped = pl.col(names) if _is_bare(data) else pl.col(names).str.strip_chars()
    frame = frame.select(stripped)
    known = [pl.col(place).alias(name) for place, name in zip(names, header, strict=True) if name in columns]
    return sheet_of(frame.select((pl.int_range(pl.len(), dtype=pl.Int64) + 2).alias(LINE), *known), columns)


def _is_plain(data: bytes, width: int) -> bool:
    """Whether every line is a row of the same number of fields, each as it stands and none too long."""
    if width < 2 or b'"' in data or b"\x00" in data or data.count(b"\r") != data.count(b"\r\n"):
        return False
    signs = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(signs == NEWLINE)
    if not data.endswith(b"\n"):
        ends = np.append(ends, len(data))
    commas = np.flatnonzero(signs == COMMA)
    if len(ends) < 2 or len(commas) != len(ends) * (width - 1):
        return False
    starts = np.append(-1, ends[:-1])
    if int((ends - starts).max()) > FIELD_LENGTH_MAX:
        return False
    rows = commas.reshape(len(ends), width - 1)
    return bool((rows[:, 0] > starts).all() and (rows[:, -1] < ends).all()) and _is_utf8(data)


def _is_bare(data: bytes) -> bool:
    """Whether there is no blank anywhere that could stand around a field."""
    return data.isascii() and not any(blank in data for blank in BLANKS)


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
