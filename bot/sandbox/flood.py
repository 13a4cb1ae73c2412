"""How fast the bot may send: a bucket per chat and one for all, and the waits it was told to keep."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.model import Options


@dataclass
class _Bucket:
    """Fills by `rate` a second up to `size`; each message takes one."""

    size: float
    rate: float
    level: float
    at: float

    def take(self, now: float) -> float:
        """Seconds to wait, or 0 when the message fits."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        if self.level >= 1:
            self.level -= 1
            return 0.0
        return (1 - self.level) / self.rate


class Flood:
    """Watches the pace; times are monotonic seconds."""

    def __init__(self, options: Options, clock: Callable[[], float] = time.monotonic) -> None:
        self._options = options
        self._clock = clock
        self._buckets: dict[int | None, _Bucket] = {}
        self._until: dict[str, float] = {}

    def wait_needed(self, chat_id: int) -> int:
        """Whole seconds until a message to this chat is welcome; 0 when it is now."""
        now = self._clock()
        waits = [self._bucket(chat_id).take(now), self._bucket(None).take(now)]
        return math.ceil(max(waits))

    def told_to_wait(self, key: str, seconds: float) -> None:
        """Remember that the bot was told `retry_after`."""
        self._until[key] = self._clock() + seconds

    def ignores_wait(self, key: str) -> bool:
        """Whether the bot comes again before the time it was told; it is forgiven once told."""
        until = self._until.pop(key, 0.0)
        return self._clock() < until - 0.05  # clocks of two processes differ by a little

    def _bucket(self, chat_id: int | None) -> _Bucket:
        if chat_id not in self._buckets:
            options = self._options
            if chat_id is None:
                size, rate = float(options.overall_per_second), float(options.overall_per_second)
            elif chat_id < 0:
                size, rate = float(options.group_per_minute), options.group_per_minute / 60
            else:
                size, rate = float(options.chat_burst), options.chat_per_second
            self._buckets[chat_id] = _Bucket(size, rate, size, self._clock())
        return self._buckets[chat_id]
