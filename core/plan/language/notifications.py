"""`[notifications]`: when the company speaks up first, to whom, and how often at most."""

import re
from decimal import Decimal

from core.plan.language import values
from core.plan.language.findings import Findings
from core.plan.language.source import Node
from core.plan.language.table import Shape, Table
from core.plan.model import NotificationsSpec
from i18n.translator import mark

NOTIFICATIONS = Shape(
    "[notifications]",
    ("per_day", "per_week", "holdout", "reach", "quiet", "month_end", "month_end_at", "at"),
)
NO_QUIET = "off"
MESSAGES_MAX = 100
DAYS_MAX = 31
NUDGES_MAX = 10
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\Z", re.ASCII)
TIME_EXPECTED = mark("a time such as 17:00")
QUIET_EXPECTED = mark('two times such as "21:00-08:00", or "off"')
DAYS_EXPECTED = mark("a list of falling whole numbers from {most} to 1 such as [7, 3, 1]")
FEWER_A_WEEK = mark("a week allows fewer messages")


def read_notifications(node: Node | None, findings: Findings) -> NotificationsSpec:
    """The section; what it leaves out is as we propose it."""
    if node is None:
        return NotificationsSpec()
    table, usual = Table(node, NOTIFICATIONS, findings), NotificationsSpec()
    found = NotificationsSpec(
        per_day=table.whole("per_day", least=0, most=MESSAGES_MAX, default=usual.per_day),
        per_week=table.whole("per_week", least=0, most=MESSAGES_MAX, default=usual.per_week),
        holdout=_share(table, "holdout", usual.holdout),
        reach=_share(table, "reach", usual.reach),
        quiet=_quiet(table, usual.quiet),
        month_end=_days(table, usual.month_end),
        month_end_at=_time(table, "month_end_at", usual.month_end_at),
        at=_time(table, "at", usual.at),
    )
    if found.per_week < found.per_day:
        table.useless("per_day", FEWER_A_WEEK)
    return found


def _share(table: Table, word: str, usual: Decimal) -> Decimal:
    found = values.percent(table, word)
    return usual if found is None else found


def _time(table: Table, word: str, usual: int) -> int:
    found = minutes(_text(table, word)) if table.has(word) else usual
    if found is None:
        table.wrong(word, table.words[word], TIME_EXPECTED)
        return usual
    return found


def _quiet(table: Table, usual: tuple[int, int] | None) -> tuple[int, int] | None:
    if not table.has("quiet"):
        return usual
    text = _text(table, "quiet")
    if text == NO_QUIET:
        return None
    begin, _, end = text.partition("-")
    found = minutes(begin.strip()), minutes(end.strip())
    if found[0] is None or found[1] is None or found[0] == found[1]:
        table.wrong("quiet", table.words["quiet"], QUIET_EXPECTED)
        return usual
    return found[0], found[1]


def _text(table: Table, word: str) -> str:
    """What stands there; nothing where it is no text."""
    value = table.words[word].value
    return value if isinstance(value, str) else ""


def minutes(text: str) -> int | None:
    """A time as minutes of the day; None for what is none.

    | text  | minutes |
    | ----- | ------- |
    | 08:30 | 510     |
    | 24:00 | None    |
    | 8:30  | None    |
    """
    match = TIME.match(text)
    return int(match[1]) * 60 + int(match[2]) if match else None


def _days(table: Table, usual: tuple[int, ...]) -> tuple[int, ...]:
    if not table.has("month_end"):
        return usual
    items = table.items("month_end")
    days = [item.value for item in items]
    whole = [day for day in days if isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= DAYS_MAX]
    if table.words["month_end"].items is None:
        return usual
    if len(whole) < len(days) or len(days) > NUDGES_MAX or whole != sorted(set(whole), reverse=True):
        table.wrong("month_end", table.words["month_end"], DAYS_EXPECTED, most=DAYS_MAX)
        return usual
    return tuple(whole)
