"""The days of a year from which on a figure counts: this year, half or quarter so far."""

from datetime import date

from core.plan.language.orders import BOTH_WAYS
from core.plan.language.source import Node
from core.plan.language.table import Table
from core.plan.model import DaysOfYear
from i18n.translator import mark

SINCE_EXPECTED = mark(
    'a day of every year such as "01-01" for 1 January, or a list of at most {most}; 29 February is none'
)
SINCE_MOST = 24
SOME_YEAR = 2001
"""A year without 29 February, which does not come every year."""


def read_since(table: Table) -> DaysOfYear:
    """The days on which it begins anew, rising; none is by cycles or days."""
    node = table.words.get("since")
    if node is None:
        return ()
    for word in ("cycles", "days"):
        table.useless(word, BOTH_WAYS, other="since")
    listed = [node] if node.items is None else node.items
    found = [_day(one) for one in listed]
    for one, day in zip(listed, found, strict=True):
        if day is None:
            table.wrong("since", one, SINCE_EXPECTED, most=SINCE_MOST)
    days = tuple(sorted({day for day in found if day is not None}))
    if len(listed) > SINCE_MOST or not listed:
        table.wrong("since", node, SINCE_EXPECTED, most=SINCE_MOST)
    return days


def _day(node: Node) -> tuple[int, int] | None:
    """Month and day; None for what is none."""
    text = node.value if isinstance(node.value, str) else ""
    try:
        day = date.fromisoformat(f"{SOME_YEAR}-{text}")
    except ValueError:
        return None
    return (day.month, day.day) if f"{day:%m-%d}" == text else None
