"""The command line: `python -m core COMMAND`. Each room brings its commands; see `--help`."""

import argparse
import os
import sys
from dataclasses import dataclass
from importlib import import_module

from core.db.model import DatabaseAway
from core.kernel.errors import DomainError
from core.kernel.heap import keep_freed, loading
from core.settings import Settings, SettingsError

DESCRIPTION = "The core service of Upline: the company's people, orders, ranks and figures, behind one HTTP API."
EPILOG = """\
Settings are environment variables; the README lists them. A first start:
  python -m core migrate
  python -m core staff add maria --role administrator
  SERVICE_KEY=$(openssl rand -hex 24) python -m core serve
"""


@dataclass(frozen=True, slots=True)
class Command:
    """A word that can be typed first: the module that brings it, and what it does in the list of all."""

    module: str
    words: str


COMMANDS = {
    "migrate": Command("core.db.commands", "Bring the database up to date."),
    "serve": Command("core.serving", "Start the HTTP service and run until stopped."),
    "warm": Command("core.settlement.commands", "Compile what calculates; once after an installation."),
    "staff": Command("core.access.commands", "Add, list and remove members of staff."),
    "link": Command("core.access.commands", "Print a one-time chat link for a person, good for a day."),
    "import": Command("core.exchange.commands", "Import a CSV file: people, products, orders, tickets and more."),
    "export": Command("core.exchange.commands", "Write the whole book, or tickets, as CSV."),
    "demo": Command("core.demo.commands", "Make a believable company in an empty database."),
    "demo-people": Command("core.demo.commands", "Print, as JSON, whom the demo's chat page offers to chat as."),
    "plan": Command("core.plan.commands", "Check, show and put in force compensation plans."),
    "cycle": Command("core.closing.commands", "List cycles and close those that have ended."),
    "points": Command("core.points.commands", "Give, free and end points that are due; write a person's statement."),
    "settle": Command("core.settlement.commands", "Settle one cycle from files, without a database."),
    "explain": Command(
        "core.settlement.files.commands", "Tell why `settle` pays a person what it pays, from order to cent."
    ),
    "payments": Command("core.payments.commands", "Pay what released runs owe, and book what the bank says of it."),
    "run": Command("core.runs.commands", "Settle a cycle: start, preview, diff, validate, approve, release."),
    "messages": Command("core.outreach.commands", "Show what a person was told and why, and what not."),
    "campaign": Command("core.campaigns.commands", "Tell many people something at once."),
    "incident": Command("core.incidents.commands", "Tell everybody whom an incident concerns how it goes on."),
    "verify": Command("core.ledger.commands", "Check the network, the book, released runs and payments."),
}
"""One that is named is loaded alone, because all of them together take seconds; a list of all loads none."""
SERVICE = "serve"
PIPE_CLOSED = 141
"""As a shell tells that a command's reader has gone."""
NICENESS = 10
"""Of every command but the service, which answers people beside them and is to have the processors first."""


def parser(word: str | None = None) -> argparse.ArgumentParser:
    """The command that `word` names with all that can follow it, or all of them by name where it names none."""
    whole = argparse.ArgumentParser(
        prog="python -m core",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = whole.add_subparsers(metavar="COMMAND", required=True)
    if word in COMMANDS:
        import_module(COMMANDS[word].module).register(subparsers)
    else:
        for name, command in COMMANDS.items():
            subparsers.add_parser(name, help=command.words)
    return whole


def give_way(words: list[str]) -> None:
    """Unless this process is the service: let that have the processors first, and keep memory until it ends."""
    if words[:1] != [SERVICE]:
        os.nice(NICENESS)
        keep_freed()


def load(words: list[str]) -> None:
    """Load what the command is made of, which a process of its own may do without looking for garbage."""
    if words and words[0] in COMMANDS:
        with loading():
            import_module(COMMANDS[words[0]].module)


def main(words: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code: 0 done, 1 refused, 2 called wrongly or settings wrong, 130 stopped by hand, 141 nobody reads
        it any more.
    """
    words = sys.argv[1:] if words is None else words
    arguments = parser(next((word for word in words if word != "--"), None)).parse_args(words)
    import uvloop  # noqa: PLC0415  who asks for help need not wait for it

    try:
        return int(uvloop.run(arguments.run(arguments, Settings.read(os.environ))))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except DatabaseAway as error:
        print(f"DATABASE_URL names a database that cannot be reached: {error.reason}", file=sys.stderr)
        return 2
    except DomainError as error:
        print(_told(error), file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read it, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return 130


def _told(error: DomainError) -> str:
    from i18n.errors import sentence  # noqa: PLC0415  nothing is refused as a rule
    from i18n.translator import translator  # noqa: PLC0415  nothing is refused as a rule

    return sentence(error.code, error.facts, translator("en"))


if __name__ == "__main__":
    give_way(sys.argv[1:])
    load(sys.argv[1:])
    sys.exit(main())
