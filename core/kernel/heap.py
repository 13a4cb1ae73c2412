"""Keeping the garbage collector from walking over what is there to stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

LARGE = 50_000


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
