"""`python -m bot.sandbox`: the stand-in on its own."""

import argparse
import os
import shlex
from pathlib import Path

from aiohttp import web

from bot.sandbox.app import build_app
from bot.sandbox.model import DEFAULT_TOKEN, Options
from bot.sandbox.people import CommandPeople, FilePeople, PeopleProvider

_EPILOG = """
Then point the bot at it:
  TELEGRAM_API_URL=http://127.0.0.1:8081 TELEGRAM_TOKEN=<the token> python -m bot
and open http://127.0.0.1:8081/ in a browser.
What the bot did wrong is told at http://127.0.0.1:8081/sandbox/faults
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        prog="python -m bot.sandbox",
        description="A local stand-in for the Telegram Bot API with a chat page. Nothing leaves this computer.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    made.add_argument("--port", type=int, default=8081, help="port to listen on (default: 8081)")
    made.add_argument("--token", default=os.environ.get("TELEGRAM_TOKEN", DEFAULT_TOKEN), help="the bot's token")
    made.add_argument("--people", type=Path, metavar="FILE", help="JSON list of the people to offer on the page")
    made.add_argument("--people-command", metavar="COMMAND", help="a command that prints that list")
    made.add_argument("--folder", type=Path, metavar="DIR", help="keep files and chats here, so that they outlive it")
    made.add_argument("--strict", action="store_true", help="refuse what Telegram would ignore in silence")
    made.add_argument("--limits", action="store_true", help="answer 429 when the bot sends too fast")
    return made


def _people(arguments: argparse.Namespace) -> PeopleProvider | None:
    if arguments.people_command:
        return CommandPeople(shlex.split(arguments.people_command))
    return FilePeople(arguments.people) if arguments.people else None


def main() -> None:
    """Serve until Ctrl-C."""
    arguments = parser().parse_args()
    app = build_app(
        people=_people(arguments),
        options=Options(strict=arguments.strict, limits=arguments.limits),
        token=arguments.token,
        folder=arguments.folder,
    )
    print(f"Chat page: http://{arguments.host}:{arguments.port}/   token: {arguments.token}", flush=True)
    web.run_app(app, host=arguments.host, port=arguments.port, print=None, shutdown_timeout=1.0)


if __name__ == "__main__":
    main()
