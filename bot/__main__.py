"""The bot's command line: `python -m bot --help`."""

import argparse
import os
import sys
from collections.abc import Sequence

from core.kernel.heap import loading

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
    with loading():
        from bot.command import run  # noqa: PLC0415  reading messages must not pay for all this
    return run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
