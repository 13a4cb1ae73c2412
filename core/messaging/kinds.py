"""What the company speaks about, and what becomes of each kind of message: one line each, pure.

A kind's text is `notifications/kinds/<code with _ for .>.py`; one that a plan finds people for has its audience in
`core/outreach/audiences/<the same name>.py`. Both are found by their path.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Topic(StrEnum):
    """What a person turns on, down or off."""

    GAUGES = "gauges"
    MONTH_END = "month_end"
    INACTIVE_CUSTOMERS = "inactive_customers"
    INACTIVE_TEAM = "inactive_team"
    RANK_PROGRESS = "rank_progress"
    POINTS = "points"
    COUPONS = "coupons"
    ORDERS = "orders"
    TICKETS = "tickets"
    PAYOUT = "payout"
    ANNOUNCEMENTS = "announcements"


class Doubt(StrEnum):
    """What becomes of a message of which nobody knows whether it went out."""

    REPEAT = "repeat"
    """It goes out again: hearing it twice is better than not at all."""
    LEAVE = "leave"
    """It is left: hearing it twice would be worse than not at all."""


class Priority(StrEnum):
    """What goes first when much is waiting; urgent messages pass quiet hours and budget."""

    URGENT = "urgent"
    NORMAL = "normal"
    BULK = "bulk"


ORDER = {Priority.URGENT: 0, Priority.NORMAL: 5, Priority.BULK: 9}
"""As messages are kept: what is lower goes first."""


class Screen(StrEnum):
    """What a message's button opens in the chat."""

    GAUGES = "gauges"
    PROGRESS = "progress"
    CUSTOMERS = "customers"
    TEAM = "team"
    POINTS = "points"
    REDEEM = "redeem"
    COUPONS = "coupons"
    ORDERS = "orders"
    EARNINGS = "earnings"
    STATEMENT = "statement"
    PAYOUT = "payout"
    SETTINGS = "settings"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message.

    Attributes:
        topic: what turns it off; None for a word for her safety, which nothing does.
        stake: 0 to 100, how much she loses by not hearing it: first in a digest, first in the budget.
        unasked: nothing of hers asked for it: it counts in the budget and may be merged into a digest.
        silent: it arrives without a sound.
        edits: a later one of this kind with the same subject takes the place of one that waits, and edits the last one
            sent, without a sound. Where its facts say `anew`, it is sent as a message of its own; where they name a
            message to `edit`, it edits that one or nothing.
        answer: part of a conversation that she began: neither her topics nor "less" hold it up, and nothing mutes it.
        followed: whoever sent it is told when it does not arrive.
        after: it waits for what was put before it to her for the same occasion, such as a file for its words.
        lapses: how long after its time anybody wants to hear it; None is for ever.
        holdout: a share of people is left without, to see whether it changes what they do.
    """

    code: str
    topic: Topic | None
    stake: int
    unasked: bool
    priority: Priority = Priority.NORMAL
    doubt: Doubt = Doubt.LEAVE
    silent: bool = False
    edits: bool = False
    lapses: timedelta | None = None
    holdout: bool = False
    answer: bool = False
    followed: bool = False
    after: bool = False


_ASKED, _UNASKED = False, True
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_URGENT, _BULK, _REPEAT = Priority.URGENT, Priority.BULK, Doubt.REPEAT

_KINDS = (
    Kind("access.chat_moved", None, 100, _ASKED, priority=_URGENT, doubt=_REPEAT),
    Kind("desk.alert", None, 95, _ASKED, priority=_URGENT, doubt=_REPEAT),
    Kind("desk.answer", None, 95, _ASKED, doubt=_REPEAT, silent=True, edits=True),
    Kind("desk.card", None, 95, _ASKED, doubt=_REPEAT, edits=True),
    Kind("desk.word", None, 95, _ASKED, doubt=_REPEAT),
    Kind("month_end", Topic.MONTH_END, 90, _UNASKED, lapses=_DAY, holdout=True),
    Kind("payout.made", Topic.PAYOUT, 85, _ASKED, doubt=_REPEAT, lapses=60 * _DAY),
    Kind("ticket.answered", Topic.TICKETS, 84, _ASKED, doubt=_REPEAT, answer=True, followed=True),
    Kind("ticket.file", Topic.TICKETS, 84, _ASKED, doubt=_REPEAT, answer=True, followed=True, after=True),
    Kind("ticket.updated", Topic.TICKETS, 80, _ASKED, doubt=_REPEAT, edits=True, lapses=30 * _DAY, after=True),
    Kind("incident.updated", Topic.TICKETS, 80, _ASKED, doubt=_REPEAT, edits=True, lapses=_WEEK),
    Kind("points.expiring", Topic.POINTS, 75, _UNASKED, priority=_BULK, lapses=_WEEK),
    Kind("rank.promotion", Topic.RANK_PROGRESS, 70, _UNASKED, doubt=_REPEAT, lapses=_WEEK),
    Kind("coupon.ending", Topic.COUPONS, 65, _UNASKED, priority=_BULK, lapses=2 * _DAY),
    Kind("run.released", Topic.PAYOUT, 60, _ASKED, doubt=_REPEAT, lapses=30 * _DAY),
    Kind("rank.progress", Topic.RANK_PROGRESS, 55, _UNASKED, silent=True, lapses=2 * _DAY, holdout=True),
    Kind("points.received", Topic.POINTS, 50, _ASKED, doubt=_REPEAT, lapses=30 * _DAY),
    Kind("order.updated", Topic.ORDERS, 50, _ASKED, doubt=_REPEAT, edits=True, lapses=_WEEK),
    Kind("announcement", Topic.ANNOUNCEMENTS, 45, _UNASKED, priority=_BULK, lapses=_WEEK),
    Kind("customers.inactive", Topic.INACTIVE_CUSTOMERS, 40, _UNASKED, silent=True, lapses=3 * _DAY, holdout=True),
    Kind("team.inactive", Topic.INACTIVE_TEAM, 35, _UNASKED, silent=True, lapses=3 * _DAY, holdout=True),
    Kind("points.earned", Topic.POINTS, 30, _UNASKED, priority=_BULK, silent=True, lapses=3 * _DAY),
    Kind("gauges.summary", Topic.GAUGES, 20, _UNASKED, priority=_BULK, silent=True, lapses=2 * _DAY),
)

KINDS: dict[str, Kind] = {kind.code: kind for kind in _KINDS}
"""By code, as the outbox names them; what is most at stake first."""
