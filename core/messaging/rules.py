"""Pace and pauses: pure arithmetic over moments."""

from datetime import datetime, timedelta
from hashlib import blake2b
from math import ceil

CHAT_STEP = timedelta(seconds=1)
"""Between two messages to one person; Telegram's advice."""
GROUP_STEP = timedelta(seconds=3)
"""Between two messages to one group: 20 a minute."""
FIRST_PAUSE_S, PAUSE_MAX_S = 5.0, 3600.0
JITTER = 0.25
"""A pause is longer by up to that part, so that what failed together does not come again together."""
TRIES_MAX = 15
"""With pauses that double up to an hour: most of a day."""
MICROSECOND = timedelta(microseconds=1)


def step(rate_per_s: float) -> timedelta:
    """The time between two messages at a rate, rounded up so that the rate is never passed."""
    return ceil(1_000_000 / rate_per_s) * MICROSECOND


def turns(free_at: datetime | None, now: datetime, count: int, between: timedelta) -> tuple[list[float], datetime]:
    """When each of `count` messages may go, one after the other without any burst.

    | free at | now  | count | between | turns, seconds from now | then free at |
    | ------- | ---- | ----- | ------- | ----------------------- | ------------ |
    | None    | 12 s | 3     | 0.5 s   | 0, 0.5, 1               | 13.5 s       |
    | 5 s     | 12 s | 1     | 0.5 s   | 0                       | 12.5 s       |
    | 12.2 s  | 12 s | 2     | 0.5 s   | 0.2, 0.7                | 13.2 s       |
    | 12.2 s  | 12 s | 0     | 0.5 s   |                         | 12.2 s       |

    Args:
        free_at: from when on the next message may go; None where none ever went.
    """
    first = now if free_at is None else max(free_at, now)
    found = [(first - now + number * between) / timedelta(seconds=1) for number in range(count)]
    return found, first + count * between


def room(free_at: datetime | None, now: datetime, between: timedelta, ahead: timedelta) -> int:
    """How many turns begin in less than `ahead` from now.

    | free at | now  | between | ahead | turns                        |
    | ------- | ---- | ------- | ----- | ---------------------------- |
    | None    | 12 s | 0.5 s   | 2 s   | 4: at 0, 0.5, 1, 1.5         |
    | 13.2 s  | 12 s | 0.5 s   | 2 s   | 2: at 1.2, 1.7               |
    | 14 s    | 12 s | 0.5 s   | 2 s   | 0: the next begins at 2      |
    """
    first = now if free_at is None else max(free_at, now)
    return max(0, ceil((now + ahead - first) / between))


def chat_step(chat: int) -> timedelta:
    """The time between two messages to a chat; groups have negative numbers."""
    return GROUP_STEP if chat < 0 else CHAT_STEP


def pause_s(message: int, attempt: int) -> float:
    """How long a message waits after try number `attempt` failed: twice as long each time, and a little by chance.

    | attempt | seconds      |
    | ------- | ------------ |
    | 1       | 5 to 6.25    |
    | 2       | 10 to 12.5   |
    | 3       | 20 to 25     |
    | 11      | 3600 to 4500 |

    The chance is drawn from message and attempt, so that the same question has the same answer.
    """
    drawn = int.from_bytes(blake2b(f"{message}:{attempt}".encode(), digest_size=4).digest(), "big") / 2**32
    return min(FIRST_PAUSE_S * 2.0 ** (attempt - 1), PAUSE_MAX_S) * (1 + JITTER * drawn)
