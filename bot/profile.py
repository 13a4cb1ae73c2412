"""What Telegram shows about the bot before anybody writes: name, description and the command menu, in each language."""

import hashlib

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.context import Bot
from core.client import CoreClient
from core.kernel.logs import logger
from core.messaging.model import ChatState
from i18n.languages import LANGUAGES, SOURCE, base_of
from i18n.translator import Translator, mark, translator

MENU = {
    "start": mark("Your starting page"),
    "gauges": mark("Where you stand, at a glance"),
    "progress": mark("What your next rank still needs"),
    "team": mark("Your team, level by level"),
    "points": mark("Your points, and what you can get for them"),
    "earnings": mark("What you earn, and why"),
    "tickets": mark("Your tickets with the company"),
    "settings": mark("Language and messages"),
}
ABOUT = mark("Your gauges, your next rank, and who to call to reach it.")
DESCRIPTION = mark(
    "Ask me where you stand, how close you are to your next rank, and who to call to get there. "
    "I answer in your own language, with your own figures, and only to you."
)


async def introduce(bot: Bot, core: CoreClient) -> bool:
    """Tell Telegram, unless it has been told exactly this before.

    Returns:
        Whether anything was told. A Telegram that refuses is no reason not to start.
    """
    fingerprint = _fingerprint()
    kept = await core.chat_state(bot.id)
    if kept.state.get("profile") == fingerprint:
        return False
    try:
        for language in LANGUAGES:
            await _introduce_in(bot, translator(language), "" if language == SOURCE else base_of(language))
    except TelegramError as error:
        logger().warning("profile_not_set", reason=type(error).__name__)
        return False
    await core.keep_chat_state(bot.id, ChatState(state={**kept.state, "profile": fingerprint}))
    return True


async def _introduce_in(bot: Bot, tr: Translator, code: str) -> None:
    """`code` is of two letters; an empty one is for all languages that have nothing of their own."""
    language = code or None
    commands = [BotCommand(command, tr(description)) for command, description in MENU.items()]
    await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code=language)
    await bot.set_my_description(tr(DESCRIPTION), language_code=language)
    await bot.set_my_short_description(tr(ABOUT), language_code=language)


def _fingerprint() -> str:
    told = [[tr(text) for text in (*MENU.values(), ABOUT, DESCRIPTION)] for tr in map(translator, LANGUAGES)]
    return hashlib.blake2b(repr((list(MENU), told)).encode(), digest_size=8).hexdigest()
