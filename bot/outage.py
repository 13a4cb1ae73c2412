"""Telling people that core is away: each person once per outage.

Once per outage and process: who is told cannot be written down while core is away, and Telegram keeps nothing for us
that another process could look up. By polling one process brings all updates, so people are told once. By webhook
each process tells those whose updates are brought to it: with several of them somebody may be told by each. To leave it
to one chosen process would be quieter, but where that one is down or gets no update, nobody would be told at all.
"""

import time
from collections.abc import Callable

from telegram.error import TelegramError

from bot.context import Bot
from i18n.translator import Translator, mark

AWAY = mark("Sorry, I can't get at the figures right now. Your message is safe: I'll answer it as soon as I can again.")
STEADY_S = 10.0
"""So long core must have answered without a break before what comes next is another outage."""


class Outage:
    """Remembers who has been told, until her message is answered or the outage is over.

    Args:
        seconds: a clock that only runs forward.
    """

    def __init__(self, bot: Bot, seconds: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._seconds = seconds
        self._told: set[int] = set()
        self._answers_since: float | None = None

    async def tell(self, chat: int, tr: Translator) -> None:
        """Say that the answer will come later; groups (negative numbers) are spared."""
        if chat in self._told or chat <= 0:
            return
        self._told.add(chat)
        try:
            await self._bot.send_message(chat, tr(AWAY))
        except TelegramError:
            self._told.discard(chat)

    def over(self, chat: int) -> None:
        """Her message is answered, so another outage is told again."""
        self._told.discard(chat)

    def heard(self, answered: bool) -> None:
        """Core answered or did not. Once it does so steadily everybody is forgotten: others may have answered them."""
        if not answered:
            self._answers_since = None
            return
        now = self._seconds()
        if self._answers_since is None:
            self._answers_since = now
        elif now - self._answers_since >= STEADY_S:
            self._told.clear()
