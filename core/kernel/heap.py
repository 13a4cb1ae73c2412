"""Memory of the process: what stays is not looked through for garbage, and what is freed is kept for the next array."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

LARGE = 50_000
TRIM_THRESHOLD, MMAP_MAX = -1, -4
"""Numbers of `mallopt`'s settings in glibc."""
KEPT = 2**30


def leave_alone(objects: int) -> None:
    """Have full collections pass by all that is in memory now, where it is so many objects that they would last.

    With a million of them a collection stops the process for half a second, and may do so while it holds the writer of
    the database. A process that asks for this works on these objects until it ends.
    """
    if objects >= LARGE:
        gc.freeze()


@contextmanager
def loading() -> Iterator[None]:
    """A process begins: meanwhile nothing is looked through for garbage, and what is there at the end never is.

    Of what a start loads nothing is garbage, and to look through it again and again took a quarter of the start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def keep_freed() -> None:
    """Have the process keep the memory of arrays that it frees, up to a gibibyte, for those that it makes next.

    A calculation makes and frees arrays of megabytes all the time. Given back to the system and asked for again, each
    of their pages is cleared anew, which took a fifth of the time of a month of a million people; so no array has
    pages of its own either. At most a tenth more memory is used. For processes that calculate and end; where the
    system's memory is not glibc's, nothing is done.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(TRIM_THRESHOLD, KEPT)
        mallopt(MMAP_MAX, 0)
