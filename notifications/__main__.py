"""The worker's command line: `python -m notifications --help`."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Sequence

from core.kernel import logs
from core.kernel.environment import SettingsError
from notifications import app
from notifications.settings import Settings

EPILOG = """\
It reads its settings from the environment:

  TELEGRAM_TOKEN     the bot's token (needed)
  SERVICE_KEY        the secret that it shares with core (needed)
  CORE_URL           where core listens (http://127.0.0.1:8080)
  TELEGRAM_API_URL   address of the Bot API (https://api.telegram.org)

Any number of workers may run; each message is in the hands of one of them.
"""


def parser() -> argparse.ArgumentParser:
    """What can be typed after `python -m notifications`."""
    return argparse.ArgumentParser(
        prog="python -m notifications",
        description="Upline's worker: delivers what the company has to say, until stopped.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def main(arguments: Sequence[str]) -> int:
    """Deliver until a signal asks to stop; returns the exit status."""
    parser().parse_args(arguments)
    logs.configure("worker")
    try:
        asyncio.run(_serve(Settings.read(os.environ)))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


async def _serve(settings: Settings) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await app.run(settings, stopped)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
