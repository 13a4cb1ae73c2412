"""CSV read into columns of text, with the line that each row begins on."""

import csv
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import polars as pl

from core.exchange.rules.findings import Findings

LINE = "_line"
"""Column of a sheet's frame: the line of the file that the row begins on, the header being line 1."""
ROWS_AT_ONCE = 50_000
FIELD_LENGTH_MAX = 1_000
OTHER_SIGNS = {";": ";", "\t": "TAB", "|": "|"}
"""What other programs put between columns, as it is told."""
ENCODING = "utf-8-sig"


class _Reader(Protocol):
    """What the standard library's reader is."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a kind of file has; `others` tells whether a further name belongs to it too."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    others: Callable[[str], bool] = lambda _name: False
    exact: Mapping[str, int] = field(default_factory=dict)
    """Columns whose text is kept with the blanks around it, and how many characters it may have."""

    def __contains__(self, name: str) -> bool:
        return name in self.required or name in self.optional or self.others(name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as columns of text without blanks around; an optional column that the file lacks is all empty."""

    frame: pl.DataFrame
    has: frozenset[str]
    """The known columns that the file really has."""

    @property
    def height(self) -> int:
        """Rows without the header."""
        return self.frame.height


def read_sheet(
    lines: Iterable[bytes], columns: Columns, findings: Findings, progress: Callable[[int], None]
) -> Sheet | None:
    """Read a CSV file (UTF-8, commas, a header).

    Args:
        lines: the file's raw lines.
        progress: told how many rows were read, now and then.

    Returns:
        The sheet, or None when the header lacks columns and no row could be understood.
    """
    reader = csv.reader(_decoded(lines, findings), strict=True)
    try:
        header = header_of(next(reader, []))
        if not check_header(header, columns, findings):
            return None
        chunks = _chunks(_rows(reader, len(header), findings))
        frames = [_frame(header, chunk, progress, columns.exact) for chunk in chunks]
    except csv.Error:
        findings.fault("import_csv_broken", reader.line_num)
        return None
    known = [name for name in header if name in columns]
    frame = pl.concat(frames).select(LINE, *known) if frames else _frame(header, [], progress).select(LINE, *known)
    _check_text(frame, columns, findings)
    return sheet_of(frame, columns)


def sheet_of(frame: pl.DataFrame, columns: Columns) -> Sheet:
    """A sheet of what a file has; what it lacks is all empty."""
    known = frame.columns[1:]
    missing = [pl.lit("").alias(name) for name in columns.optional if name not in known]
    return Sheet(frame.with_columns(missing), frozenset(known))


def header_of(names: Iterable[str]) -> list[str]:
    """Names of columns as they are compared."""
    return [name.strip().lower() for name in names]


def values_of(frame: pl.DataFrame, column: str) -> list[str]:
    """The different values of a column."""
    return frame[column].unique(maintain_order=True).to_list()


def mapped(
    frame: pl.DataFrame, column: str, name: str, values: Mapping[str, object], kind: pl.DataType
) -> pl.DataFrame:
    """The frame with a further column: what `values` says for each value of `column`, null where it says nothing."""
    keys = pl.Series(column, list(values), dtype=pl.String)
    meanings = pl.Series(name, list(values.values()), dtype=kind)
    return frame.join(pl.DataFrame([keys, meanings]), on=column, how="left", maintain_order="left")


def _decoded(lines: Iterable[bytes], findings: Findings) -> Iterator[str]:
    encoding = ENCODING
    for number, line in enumerate(lines, 1):
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            findings.fault("import_not_utf8", number)
            yield line.decode("utf-8", errors="replace")
        encoding = "utf-8"


def check_header(header: Sequence[str], columns: Columns, findings: Findings) -> bool:
    """Whether all columns are there that must be, each once."""
    missing = [name for name in columns.required if name not in header]
    if not any(header):
        findings.fault("import_header_missing", 1, expected=list(columns.required))
        return False
    between = next((sign for sign in OTHER_SIGNS if len(header) == 1 and sign in header[0]), None)
    if missing and between is not None:
        findings.fault("import_separator_wrong", 1, found=OTHER_SIGNS[between])
        return False
    if missing:
        findings.fault("import_columns_missing", 1, missing=missing, found=list(header))
    for name in sorted({name for name in header if name in columns and header.count(name) > 1}):
        findings.fault("import_column_twice", 1, name)
        missing.append(name)
    for name in header:
        if name not in columns:
            findings.notice("import_column_ignored", 1, column=name)
    return not missing


def _rows(reader: "_Reader", width: int, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """Rows of the right width with the line that each begins on."""
    line = reader.line_num + 1
    for row in reader:
        if len(row) == width:
            yield line, row
        elif row:  # an empty line is no row
            findings.fault("import_field_count", line, expected=width, count=len(row))
        line = reader.line_num + 1


def _chunks(rows: Iterator[tuple[int, list[str]]]) -> Iterator[list[tuple[int, list[str]]]]:
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        yield chunk


def _frame(
    header: Sequence[str],
    chunk: Sequence[tuple[int, list[str]]],
    progress: Callable[[int], None],
    exact: Container[str] = (),
) -> pl.DataFrame:
    progress(len(chunk))
    fields = zip(*(row for _, row in chunk), strict=True) if chunk else [()] * len(header)
    texts = (pl.Series(name, values, dtype=pl.String) for name, values in zip(header, fields, strict=True))
    series = {text.name: text if text.name in exact else text.str.strip_chars() for text in texts}
    return pl.DataFrame([pl.Series(LINE, [line for line, _ in chunk], dtype=pl.Int64), *series.values()])


def _check_text(frame: pl.DataFrame, columns: Columns, findings: Findings) -> None:
    for column in frame.columns[1:]:
        value, longest = pl.col(column), columns.exact.get(column, FIELD_LENGTH_MAX)
        unfit = frame.filter(value.str.contains("\x00", literal=True) | (value.str.len_chars() > longest))
        for line in unfit[LINE]:
            findings.fault("import_text_unfit", line, column, longest=longest)
