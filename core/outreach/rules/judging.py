"""What to say to one person now, what later, and what never: pure, from what waits and what she wants.

A message ends where she wants none of it or nothing leads to her; it waits for her waking hours, for room in what she
takes of its topic, and for room in the budget, unless its time is over before that. The last places of the budget are
kept for what is much at stake; with such a message the others go along. Of what is left one message goes:
the most urgent, then the one with most at stake. Unasked messages go together, as a digest that counts once.

The worked tables of this file are `tests/core/outreach/test_judging.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.messaging.kinds import KINDS, ORDER, Kind, Priority, Topic
from core.messaging.model import OutboxState
from core.messaging.model.waiting import Ended, Postponed, Said, Waiting
from core.preferences.model import Level

DAY, WEEK = timedelta(days=1), timedelta(days=7)
About = tuple[str, str]
"""A kind and what it is about: messages of both alike say the same thing at different times."""
RESERVED_FROM = 50
"""From this stake on a message may take the last places in a budget; what is less at stake leaves them free."""
PARTS_MAX = 6
"""Of one digest; more than that nobody reads, and a message has room for no more."""

AFTER_LEAVING = frozenset({Topic.PAYOUT})
"""What people who left still hear of, besides words for their safety."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may hear something.

    Attributes:
        has_left: her membership ended.
        is_reached: an address of hers takes messages.
        is_blocked: she blocked the bot: nothing unasked, by no channel.
        has_chat: her chat takes messages; words for her safety go nowhere else.
        is_on: she wants messages at all.
        levels: what she wants of each topic; an absent one is all of it.
        awake_at: now, or the end of her quiet hours.
    """

    awake_at: datetime
    has_left: bool = False
    is_reached: bool = True
    is_blocked: bool = False
    has_chat: bool = True
    is_on: bool = True
    levels: Mapping[Topic, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Budget:
    """How many unasked messages a person gets; a digest is one."""

    per_day: int
    """In any 24 hours."""
    per_week: int
    """In any seven days."""

    @property
    def unreserved(self) -> "Budget":
        """What is left where the last places wait for what is more at stake: a third, at least one, never all.

        | per day, per week | unreserved |
        | ----------------- | ---------- |
        | 2, 6              | 1, 4       |
        | 1, 1              | 1, 1       |
        | 0, 9              | 0, 6       |
        """
        return Budget(_unreserved(self.per_day), _unreserved(self.per_week))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of all that waits for one person."""

    ended: tuple[Ended, ...]
    postponed: tuple[Postponed, ...]
    ready: tuple[Waiting, ...]
    """What may go now, first things first; the caller sends the first message of it, see `message_of`."""


def judge(
    waiting: Sequence[Waiting],
    reader: Reader,
    said: Collection[Said],
    budget: Budget,
    now: datetime,
    heard: Mapping[About, int] | None = None,
    edited: Collection[int] = (),
) -> Judgement:
    """Judge all that waits for one person.

    Args:
        said: what she heard in the last seven days.
        now: company time.
        heard: by kind and subject the number of the newest such message that she got; no older one is said after it.
        edited: messages that would edit one that she has; that makes no sound and counts nowhere.
    """
    ended: list[Ended] = []
    postponed: list[Postponed] = []
    ready: list[Waiting] = []
    newest = dict(heard or {})
    for one in waiting:
        if one.subject is not None:
            about = one.kind, one.subject
            newest[about] = max(one.id, newest.get(about, 0))
    going: list[tuple[Waiting, Kind]] = []
    for one in waiting:
        kind = KINDS.get(one.kind)
        end = _end(one, kind, reader, newest, now)
        if kind is None or end is not None:
            ended.append(end or Ended(one.id, one.kind, OutboxState.FAILED, "kind_unknown"))
        else:
            going.append((one, kind))
    leads = any(is_reserved(kind) and _wait(one, kind, reader, said, budget, now)[0] <= now for one, kind in going)
    for one, kind in going:
        room = budget if leads or is_reserved(kind) else budget.unreserved
        until, reason = _wait(one, kind, reader, said, room, now, edits=one.id in edited)
        if until <= now:
            ready.append(one)
        elif one.lapses_at is not None and one.lapses_at <= until:
            ended.append(Ended(one.id, one.kind, OutboxState.LAPSED, reason))
        else:
            postponed.append(Postponed(one.id, until, reason))
    return Judgement(tuple(ended), tuple(postponed), tuple(sorted(ready, key=_first)))


def message_of(ready: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """The next message: what is first, with all else unasked where it is unasked itself.

    Args:
        ready: as `Judgement.ready`, not empty.
    """
    if not KINDS[ready[0].kind].unasked:
        return (ready[0],)
    parts = sorted((one for one in ready if KINDS[one.kind].unasked), key=_most_at_stake)
    return tuple(parts[:PARTS_MAX])


def _end(one: Waiting, kind: Kind | None, reader: Reader, newest: Mapping[About, int], now: datetime) -> Ended | None:
    """Why a message ends here; None where it may go now or later."""
    if one.lapses_at is not None and one.lapses_at <= now:
        return Ended(one.id, one.kind, OutboxState.LAPSED, "late")
    if kind is None:
        return None
    if kind.edits and newest.get((one.kind, one.subject or ""), one.id) != one.id:
        return Ended(one.id, one.kind, OutboxState.DROPPED, "newer")
    reason = unwanted(kind, reader)
    return Ended(one.id, one.kind, OutboxState.UNWANTED, reason) if reason else None


def unwanted(kind: Kind, reader: Reader) -> str | None:
    """Why she gets none of this kind; None where she does.

    | reader                    | a nudge    | payout made | an answer  | safety     |
    | ------------------------- | ---------- | ----------- | ---------- | ---------- |
    | left the company          | terminated |             | terminated |            |
    | turned everything off     | muted      | muted       |            |            |
    | turned the topic off      | topic_off  | topic_off   |            |            |
    | blocked the bot, has mail | blocked    |             |            | no_address |
    | no chat, no mail          | no_address | no_address  | no_address | no_address |
    """
    if kind.topic is None:
        return None if reader.has_chat else "no_address"
    if reader.has_left and kind.topic not in AFTER_LEAVING:
        return "terminated"
    if not reader.is_on and not kind.answer:
        return "muted"
    if reader.levels.get(kind.topic) is Level.OFF and not kind.answer:
        return "topic_off"
    if reader.is_blocked and (kind.unasked or not reader.is_reached):
        return "blocked"
    return None if reader.is_reached else "no_address"


def is_urgent(one: Waiting) -> bool:
    """Whether it passes quiet hours and budget: a message may be urgent that others of its kind are not."""
    return one.priority == ORDER[Priority.URGENT]


def _wait(
    one: Waiting,
    kind: Kind,
    reader: Reader,
    said: Collection[Said],
    budget: Budget,
    now: datetime,
    *,
    edits: bool = False,
) -> tuple[datetime, str]:
    """Until when it has to wait, and what for; `now` where it need not."""
    if is_urgent(one) or (kind.edits and edits):
        return now, ""
    waits = [(reader.awake_at, "quiet_hours")]
    if kind.topic is not None and reader.levels.get(kind.topic) is Level.LESS and not kind.answer:
        waits.append((_room_for_less(kind.topic, said, now), "less"))
    if kind.unasked:
        waits.append((room_in_budget(said, budget, now), "budget"))
    return max(waits, key=lambda wait: wait[0])


def _room_for_less(topic: Topic, said: Collection[Said], now: datetime) -> datetime:
    """Seven days after she last heard of the topic."""
    heard = [one.at for one in said if (known := KINDS.get(one.kind)) and known.topic is topic]
    return max([now, *(at + WEEK for at in heard)])


def room_in_budget(said: Collection[Said], budget: Budget, now: datetime) -> datetime:
    """When the next unasked message may go.

    | per day, per week | heard, hours ago  | room                            |
    | ----------------- | ----------------- | ------------------------------- |
    | 2, 6              | 30, 5             | now                             |
    | 2, 6              | 20, 5             | in 4 hours                      |
    | 2, 6              | 20, 10, 5         | in 14 hours: two must be older  |
    | 2, 2              | 100, 50           | in 68 hours                     |
    | 0, 6              |                   | in a day, and then again        |
    """
    heard = sorted((one.at for one in said if one.is_head and _unasked(one.kind)), reverse=True)
    return max([now, _room(heard, budget.per_day, DAY, now), _room(heard, budget.per_week, WEEK, now)])


def is_reserved(kind: Kind) -> bool:
    """Whether the last places in the budget are kept for messages such as this one."""
    return kind.unasked and kind.stake >= RESERVED_FROM


def _unreserved(most: int) -> int:
    return max(min(most, 1), most - max(1, most // 3))


def _room(heard: Sequence[datetime], most: int, within: timedelta, now: datetime) -> datetime:
    if most == 0:
        return now + within
    return heard[most - 1] + within if len(heard) >= most else now


def _unasked(kind: str) -> bool:
    known = KINDS.get(kind)
    return known is not None and known.unasked


def _first(one: Waiting) -> tuple[int, int, datetime, int]:
    """What goes before what."""
    return one.priority, -KINDS[one.kind].stake, one.not_before, one.id


def _most_at_stake(one: Waiting) -> tuple[int, datetime, int]:
    """What stands before what in a digest."""
    return -KINDS[one.kind].stake, one.not_before, one.id
