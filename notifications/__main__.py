"""The worker's command line: `python -m notifications --help`."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Sequence

from core.client import CoreClient
from core.kernel import environment, logs
from core.kernel.environment import KEY_REFUSED, UNKNOWN_KEY, SettingsError
from core.kernel.errors import CoreAway, Refused
from notifications import app, due
from notifications.settings import Settings

EPILOG = """\
Without a command it plans and delivers until it is stopped: every 15 seconds it has core find who is due to
hear something, and it sends what waits, each message once, at its turn, in its reader's language.

It reads its settings from the environment:

  TELEGRAM_TOKEN       the bot's token (needed)
  SERVICE_KEY          the secret that it shares with core (needed)
  CORE_URL             where core listens (http://127.0.0.1:8080)
  TELEGRAM_API_URL     address of the Bot API (https://api.telegram.org)
  MESSAGES_PER_SECOND  how many all workers send together (25; Telegram takes about 30)
  SMTP_URL, MAIL_FROM  the mail server and the sender, for people without a chat; unset: no e-mail.
                       Such as smtps://name:password@mail.example.org and Acme <news@example.org>
  PUBLIC_URL           where core is reached from outside, for the link that ends e-mails

Any number of workers may run, all with the same settings; each message is in the hands of one of them.
"""

DUE = """\
Prints who is due to hear something at a moment, what and why, by the figures that are known now, and whether
it would go or stay as a part of the withheld share. Nothing is written and nothing is sent; it is what the
planner would put into the outbox at that time. What becomes of it then (quiet hours, budget, topics that are
off) is decided when it goes. Needs SERVICE_KEY and CORE_URL.

  python -m notifications due --at 2026-11-28T18:00
  python -m notifications due --at 2026-11-28T18:00 --kind month_end --person MARIA
"""


def parser() -> argparse.ArgumentParser:
    """What can be typed after `python -m notifications`."""
    made = argparse.ArgumentParser(
        prog="python -m notifications",
        description="Upline's worker: plans and delivers what the company has to say.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = made.add_subparsers(dest="command", metavar="COMMAND")
    asked = commands.add_parser(
        "due",
        help="print what would go out at a moment, and why; sends nothing",
        description=DUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    asked.add_argument("--at", type=due.moment, metavar="TIME", help="ISO time, on the company's clock; now if absent")
    asked.add_argument("--kind", metavar="K", help="only this kind, such as month_end")
    asked.add_argument("--person", metavar="P", help="only to the person with this code")
    return made


def main(arguments: Sequence[str]) -> int:
    """Deliver until a signal asks to stop, or answer a question; returns the exit status."""
    given = parser().parse_args(arguments)
    try:
        if given.command == "due":
            return asyncio.run(_tell_due(given))
        logs.configure("worker")
        asyncio.run(_serve(Settings.read(os.environ)))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


async def _tell_due(given: argparse.Namespace) -> int:
    address = environment.address(os.environ, "CORE_URL") or "http://127.0.0.1:8080"
    async with CoreClient(address, environment.service_key(os.environ), timeout_s=300) as core:
        try:
            print(due.table(await core.due_outreach(given.at, kind=given.kind, person=given.person)))
        except CoreAway:
            print(f"Core does not answer at {address}: is it running?", file=sys.stderr)
            return 1
        except Refused as refusal:
            if refusal.status == UNKNOWN_KEY:
                raise SettingsError(KEY_REFUSED) from refusal
            print(_refused(refusal), file=sys.stderr)
            return 1
    return 0


def _refused(refusal: Refused) -> str:
    if refusal.code == "kind_unknown":
        known = refusal.facts.get("known")
        return f"Nobody plans this kind. There are: {', '.join(known) if isinstance(known, list) else 'none'}."
    if refusal.code == "person_unknown":
        return "Nobody has this code."
    if refusal.code == "plan_missing":
        return "No plan is in force then."
    return f"Core refused: {refusal.code}."


async def _serve(settings: Settings) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await app.run(settings, stopped)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
