"""The words of this room: intents, slots, a company's rank names, and what was understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

SlotValue = int | str | bool
"""What a slot may hold: a number, a name or code, or on and off."""


class Intent(StrEnum):
    """Everything a person may want of the bot, whether or not it can do it yet."""

    RANK_PROGRESS = "rank_progress"
    GAUGES = "gauges"
    INACTIVE_CUSTOMERS = "inactive_customers"
    INACTIVE_TEAM = "inactive_team"
    TEAM = "team"
    PERSON = "person"
    ORDERS = "orders"
    POINTS_BALANCE = "points_balance"
    POINTS_EXPIRING = "points_expiring"
    POINTS_HISTORY = "points_history"
    REDEEM = "redeem"
    REDEEMABLES = "redeemables"
    CONVERT_POINTS = "convert_points"
    TRANSFER_POINTS = "transfer_points"
    EARNINGS_ESTIMATE = "earnings_estimate"
    STATEMENT = "statement"
    PAYOUT = "payout"
    RANK_HISTORY = "rank_history"
    MY_RANK = "my_rank"
    OPEN_TICKET = "open_ticket"
    TICKET_STATUS = "ticket_status"
    CYCLE_END = "cycle_end"
    GOALS = "goals"
    REFERRALS = "referrals"
    COUPONS = "coupons"
    CHANGE_LANGUAGE = "change_language"
    NOTIFICATIONS = "notifications"
    HUMAN = "human"
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    CANCEL = "cancel"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Lexicon:
    """The company words that a message may name, and the names it may mean.

    Attributes:
        ranks: rank code → language → every form people type; the language "any" holds short forms good in all.
        people: names known to the asker (her downline, say); one of them is preferred where a message names somebody.
        points: language → what the company calls points, the singular first; empty where it has no word of its own.
    """

    ranks: Mapping[str, Mapping[str, Sequence[str]]]
    people: Sequence[str] = ()
    points: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Guess:
    """One intent and how likely it is, from 0 to 1."""

    intent: Intent
    confidence: float


@dataclass(frozen=True)
class Understood:
    """What one message wants.

    Attributes:
        confidence: from 0 to 1, the share of such messages that are expected to be read rightly.
        language: BCP 47 code of the language that the message is written in, as far as it can be told.
        alternatives: the next best intents, best first; what to offer when the intent is `out_of_scope`.
    """

    intent: Intent
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    confidence: float = 1.0
    language: str = "en"
    alternatives: tuple[Guess, ...] = ()
