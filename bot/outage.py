"""Telling people that core is away: each person once per outage."""

from telegram.error import TelegramError

from bot.context import Bot
from i18n.translator import Translator, mark

AWAY = mark("Sorry, I can't get at the figures right now. Your message is safe: I'll answer it as soon as I can again.")


class Outage:
    """Remembers who has been told, until her message is answered."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._told: set[int] = set()

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
