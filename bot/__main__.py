"""The bot's command line: `python -m bot --help`."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings

# Before numpy loads: more threads than cores cost sixty times the time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

EPILOG = """\
Without a command the bot runs. It reads its settings from the environment:

  TELEGRAM_TOKEN     the bot's token (needed)
  SERVICE_KEY        the secret that it shares with core (needed)
  CORE_URL           where core listens (http://127.0.0.1:8080)
  TELEGRAM_API_URL   address of the Bot API (https://api.telegram.org)
  WEBHOOK_URL        set: Telegram brings updates there; unset: the bot asks for them
  WEBHOOK_SECRET     by which Telegram proves itself (needed with WEBHOOK_URL)
  WEBHOOK_PORT       where the bot listens for them (8443)

Any number of bots may run: with polling one asks and the others stand by, with a webhook all work.
"""


def parser() -> argparse.ArgumentParser:
    """What can be typed after `python -m bot`."""
    root = argparse.ArgumentParser(
        prog="python -m bot",
        description="Upline's chat front office on Telegram.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = root.add_subparsers(dest="command")
    commands.add_parser("run", help="talk to people until stopped (the default)")
    reading = commands.add_parser("understand", help="read messages from standard input, write what each of them wants")
    reading.add_argument(
        "--lang", default="en", help="language that the writer reads the bot in (default: %(default)s)"
    )
    return root


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    chosen = parser().parse_args(arguments)
    if chosen.command == "understand":
        from bot.understanding.command import run as understand  # noqa: PLC0415  running must not pay for it twice

        return understand(chosen.lang)
    return run()


def run() -> int:
    """Talk to people until a signal asks to stop."""
    import uvloop  # noqa: PLC0415  reading messages must not pay for all this
    from telegram.error import InvalidToken  # noqa: PLC0415  reading messages must not pay for all this

    from bot.settings import Settings  # noqa: PLC0415  reading messages must not pay for all this
    from core.kernel import logs  # noqa: PLC0415  reading messages must not pay for all this
    from core.kernel.environment import SettingsError  # noqa: PLC0415  reading messages must not pay for all this

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


async def _serve(settings: "Settings") -> None:
    from bot import app  # noqa: PLC0415  reading messages must not pay for all this

    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await app.run(settings, stopped)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
