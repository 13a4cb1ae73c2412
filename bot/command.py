"""The bot as a process."""

import asyncio
import os
import signal
import sys

import uvloop
from telegram.error import InvalidToken

from bot import app
from bot.settings import Settings
from core.kernel import logs
from core.kernel.environment import SettingsError


def run() -> int:
    """Talk to people until a signal asks to stop."""
    logs.configure("bot")
    try:
        settings = Settings.read(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        uvloop.run(_serve(settings))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except InvalidToken:
        print("TELEGRAM_TOKEN is not known at TELEGRAM_API_URL: ask @BotFather for the right one.", file=sys.stderr)
        return 2
    return 0


async def _serve(settings: Settings) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await app.run(settings, stopped)
