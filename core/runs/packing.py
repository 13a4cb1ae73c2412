"""Frames and files as parts of a run, and back. The same content makes the same bytes."""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl

from core.runs.store.parts import Part
from core.settlement.files.parquet import write_parquet

ROWS_AT_ONCE = 500_000
BY_PLACE = 100_000
"""Rows in a part of which single people's are read."""
KEY_BYTES = 8


def packed(frame: pl.DataFrame) -> bytes:
    """A frame as compressed columns; the same bytes in however many pieces it lies in memory."""
    target = io.BytesIO()
    write_parquet(frame, target)
    return target.getvalue()


def opened(body: bytes, columns: Sequence[str] | None = None) -> pl.DataFrame:
    """A frame, or some of its columns."""
    return pl.read_parquet(io.BytesIO(body), columns=None if columns is None else list(columns))


def whole(bodies: Iterable[bytes]) -> pl.DataFrame:
    """The frame that was cut into these parts."""
    return pl.concat([opened(body) for body in bodies])


def frame_parts(name: str, frame: pl.DataFrame, step: int = ROWS_AT_ONCE) -> Iterator[Part]:
    """A frame in parts of so many rows, keyed by the numbers of their rows; one empty part of an empty frame."""
    for position, start in enumerate(range(0, max(frame.height, 1), step)):
        piece = frame[start : start + step]
        last = start + max(piece.height, 1) - 1
        yield Part(name, position, piece.height, packed(piece), place_key(start), place_key(last))


def sorted_parts(name: str, frame: pl.DataFrame, key: str, step: int = BY_PLACE) -> Iterator[Part]:
    """A frame by a column of texts, in parts keyed by the first and last text in each."""
    ordered = frame.sort(key)
    for position, start in enumerate(range(0, ordered.height, step)):
        piece = ordered[start : start + step]
        yield Part(name, position, piece.height, packed(piece), piece[key][0].encode(), piece[key][-1].encode())


def place_key(place: int) -> bytes:
    """A place as bytes that are in order when places are."""
    return place.to_bytes(KEY_BYTES, "big")


def text_part(name: str, content: str) -> Part:
    """A text."""
    return Part(name, 0, 1, content.encode())


def json_part(name: str, content: Any) -> Part:
    """Plain values, written in one way only."""
    return text_part(name, json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def file_part(name: str, content: bytes) -> Part:
    """A file as it is."""
    return Part(name, 0, 1, content)
