"""Words of the line room; the people in it are `core.people.model.LinePerson`."""

from enum import StrEnum

from core.http.model import Page
from core.people.model import LinePerson


class Sort(StrEnum):
    """In which order a line is listed."""

    LEVEL = "level"
    """Level by level, the earliest enrolled first."""
    USUAL_ORDER = "usual_order"
    """Whoever usually orders most comes first: whom to call; among equals, and where orders are not shown, by name."""
    NAME = "name"
    """By name, capitals and accents aside."""


class LinePage(Page[LinePerson]):
    """A page of a line, and the order that it is really in: a crowd too large to sort is listed level by level."""

    sort: Sort = Sort.LEVEL
