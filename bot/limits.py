"""Telegram's pace: one message a second to a chat with short bursts, thirty in all, and silence when told so."""

import asyncio
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter
from typing_extensions import override

os.environ.setdefault("PTB_TIMEDELTA", "1")  # the coming form of `retry_after`; the old one warns at every use
CHAT_BURST, CHAT_RATE = 5.0, 1.0
ALL_BURST, ALL_RATE = 25.0, 28.0
"""A little under Telegram's figures, whose clock is not ours."""
CHATS_REMEMBERED = 10_000
TRIES = 3
WAIT_MAX_S = 120.0
COUNTED = ("send", "edit", "copy", "forward")
UNCOUNTED = frozenset({"sendChatAction"})

Json = bool | dict[str, Any] | list[dict[str, Any]]


class Bucket:
    """Fills by `rate` a second up to `burst`; each message takes one, and waits where there is none."""

    def __init__(self, burst: float, rate: float, now: float) -> None:
        self.burst, self.rate = burst, rate
        self.level, self.at = burst, now

    def take(self, now: float) -> float:
        """Take one, in advance where need be; the seconds to wait until it is really there."""
        self.level = min(self.burst, self.level + (now - self.at) * self.rate) - 1
        self.at = now
        return max(0.0, -self.level / self.rate)

    @property
    def full_at(self) -> float:
        """When nothing is left to remember."""
        return self.at + (self.burst - self.level) / self.rate


class Pace(BaseRateLimiter[dict[str, Any]]):
    """Holds requests back until they are welcome, and repeats those that Telegram turned away."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        chat_burst: float = CHAT_BURST,
        all_burst: float = ALL_BURST,
    ) -> None:
        self._clock = clock
        self._chat_burst = chat_burst
        self._all = Bucket(all_burst, ALL_RATE, clock())
        self._chats: OrderedDict[str, Bucket] = OrderedDict()
        self._silent_until = 0.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    @override
    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Json]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: dict[str, Any] | None,
    ) -> Json:
        """Send when welcome.

        Raises:
            RetryAfter: turned away again and again, or for longer than a person waits.
        """
        wait = self.wait_s(endpoint, data.get("chat_id"))
        if wait > 0:
            await asyncio.sleep(wait)
        for _ in range(TRIES - 1):
            await self._silence(endpoint)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self.be_silent(_seconds(error))
                if _seconds(error) > WAIT_MAX_S:
                    raise
        await self._silence(endpoint)
        return await callback(*args, **kwargs)

    def wait_s(self, endpoint: str, chat: object) -> float:
        """Seconds to hold a request back; it counts as sent."""
        if chat is None or endpoint in UNCOUNTED or not endpoint.startswith(COUNTED):
            return 0.0
        now = self._clock()
        return max(self._bucket(str(chat), now).take(now), self._all.take(now))

    def be_silent(self, seconds: float) -> None:
        """Telegram said `retry_after`: nothing goes out before."""
        self._silent_until = max(self._silent_until, self._clock() + seconds)

    async def _silence(self, endpoint: str) -> None:
        left = self._silent_until - self._clock()
        if left > 0 and endpoint != "getUpdates":
            await asyncio.sleep(left)
            await self._silence(endpoint)  # it may have grown meanwhile

    def _bucket(self, chat: str, now: float) -> Bucket:
        bucket = self._chats.pop(chat, None) or Bucket(self._chat_burst, CHAT_RATE, now)
        self._chats[chat] = bucket
        if len(self._chats) > CHATS_REMEMBERED and next(iter(self._chats.values())).full_at <= now:
            self._chats.popitem(last=False)
        return bucket


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return after if isinstance(after, int | float) else after.total_seconds()
