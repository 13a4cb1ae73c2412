"""Keeping the garbage collector from walking over what is there to stay."""

import gc

LARGE = 50_000


def leave_alone(objects: int) -> None:
    """Have full collections pass by all that is in memory now, where it is so many objects that they would last.

    With a million of them a collection stops the process for half a second, and may do so while it holds the writer of
    the database. A process that asks for this works on these objects until it ends.
    """
    if objects >= LARGE:
        gc.freeze()
