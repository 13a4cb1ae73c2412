"""Warnings before something ends: which one is due on a day, and to whom it was not given yet. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta


def stage_of(stages: Sequence[int], day: date, last: date) -> int | None:
    """Which warning concerns what ends with a day `last`: the nearest whose time has come; None while it is too early.

    | stages   | day    | ends with | stage |
    | -------- | ------ | --------- | ----: |
    | 30, 7, 1 | Nov 1  | Dec 31    |       |
    | 30, 7, 1 | Dec 1  | Dec 31    |    30 |
    | 30, 7, 1 | Dec 23 | Dec 31    |    30 |
    | 30, 7, 1 | Dec 24 | Dec 31    |     7 |
    | 30, 7, 1 | Dec 31 | Dec 31    |     1 |
    | 30, 7, 1 | Jan 1  | Dec 31    |       |
    """
    left = (last - day).days
    return min((stage for stage in stages if stage >= left), default=None) if left >= 0 else None


def key_of(what: str, last: date, stage: int) -> str:
    """What makes a warning unlike any other of its kind to the same person.

    Args:
        what: empty where all that ends with a day is one warning.
    """
    return ":".join(part for part in (what, last.isoformat(), str(stage)) if part)


def stages_around(stages: Sequence[int], day: date, last: date) -> Iterator[int]:
    """The stages that planning of a day may ask about: people's mornings are not all on one company day."""
    near = {stage_of(stages, day + timedelta(days=by), last) for by in (-1, 0, 1)}
    yield from sorted(stage for stage in near if stage is not None)
