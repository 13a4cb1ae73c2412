"""Words of the line room; the people in it are `core.people.model.LinePerson`."""

from enum import StrEnum


class Sort(StrEnum):
    """In which order a line is listed."""

    LEVEL = "level"
    """Level by level, the earliest enrolled first."""
    USUAL_ORDER = "usual_order"
    """Whoever usually orders most comes first: whom to call."""
