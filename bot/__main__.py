"""The bot's command line: `python -m bot --help`."""

import argparse
import os
import sys
from collections.abc import Sequence

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # before numpy loads: more threads than cores cost sixty times the time


def parser() -> argparse.ArgumentParser:
    """What can be typed after `python -m bot`."""
    root = argparse.ArgumentParser(prog="python -m bot", description="Upline's chat front office.")
    commands = root.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("understand", help="read messages from standard input, write what each of them wants")
    reading.add_argument(
        "--lang", default="en", help="language that the writer reads the bot in (default: %(default)s)"
    )
    return root


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    chosen = parser().parse_args(arguments)
    from bot.understanding.command import run  # noqa: PLC0415  other commands must not pay for it

    return run(chosen.lang)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
