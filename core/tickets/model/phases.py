"""Where a ticket stands and the other closed lists of the room."""

from enum import StrEnum

from core.plan.model import Phase

OPEN_PHASES = frozenset({Phase.NEW, Phase.OPEN, Phase.WAITING_PERSON, Phase.WAITING_US, Phase.REOPENED})
"""Somebody still has something to do."""

DUE_PHASES = OPEN_PHASES - {Phase.WAITING_PERSON}
"""The company has something to do, so that targets run."""


class Via(StrEnum):
    """How a ticket came."""

    CHAT = "chat"
    STAFF = "staff"
    IMPORT = "import"
    WHY = "why"
    """From the explanation of a line of her earnings."""


class Direction(StrEnum):
    """Which way a message goes."""

    IN = "in"
    """From her."""
    OUT = "out"
    """To her."""
    NOTE = "note"
    """Among staff; she never sees it."""


class LinkKind(StrEnum):
    """What kind of thing a ticket is about."""

    PERSON = "person"
    """By code."""
    ORDER = "order"
    AWARD = "award"
    """A line of her earnings, with its explanation as it was shown to her."""
    CYCLE = "cycle"
    """A statement, by its cycle's code."""
    RUN = "run"
    INCIDENT = "incident"
    TICKET = "ticket"


FIGURES = frozenset({LinkKind.AWARD, LinkKind.CYCLE, LinkKind.RUN})
"""Links that show money, so that staff need a permission of its own for them."""


class Act(StrEnum):
    """What she can do with a ticket now."""

    ADD = "add"
    CLOSE = "close"
    REOPEN = "reopen"
    RATE = "rate"


class DeliveryState(StrEnum):
    """What became of an answer on its way to her."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class What(StrEnum):
    """What a line of history tells of; before and after say from what to what."""

    OPENED = "opened"
    STATE = "state"
    TYPE = "type"
    PRIORITY = "priority"
    QUEUE = "queue"
    ASSIGNEE = "assignee"
    SUBJECT = "subject"
    LINKED = "linked"
    UNLINKED = "unlinked"
    ADDED = "added"
    """She wrote."""
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    """An answer was taken back before it went out."""
    NOTE = "note"
    MERGED = "merged"
    """Into another (after), or another into this one (before)."""
    SPLIT = "split"
    """Messages left for another ticket (after), or came from one (before)."""
    RATED = "rated"
    ESCALATED = "escalated"
    INCIDENT = "incident"
    IMPORTED = "imported"
