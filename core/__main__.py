"""The command line: `python -m core COMMAND`. Each room brings its commands; see `--help`."""

import argparse
import os
import sys
from importlib import import_module

import uvloop

from core.db.errors import DatabaseAway
from core.kernel.errors import DomainError
from core.settings import Settings, SettingsError
from i18n.errors import sentence
from i18n.translator import translator

DESCRIPTION = "The core service of Upline: the company's people, orders, ranks and figures, behind one HTTP API."
EPILOG = """\
Settings are environment variables; the README lists them. A first start:
  python -m core migrate
  python -m core staff add maria --role administrator
  SERVICE_KEY=$(openssl rand -hex 24) python -m core serve
"""


COMMANDS = {
    "migrate": "core.db.commands",
    "serve": "core.serving",
    "warm": "core.settlement.commands",
    "staff": "core.access.commands",
    "link": "core.access.commands",
    "import": "core.exchange.commands",
    "export": "core.exchange.commands",
    "demo": "core.demo.commands",
    "demo-people": "core.demo.commands",
    "plan": "core.plan.commands",
    "cycle": "core.closing.commands",
    "points": "core.points.commands",
    "settle": "core.settlement.commands",
    "explain": "core.settlement.commands",
    "payments": "core.payments.commands",
    "run": "core.runs.commands",
    "messages": "core.outreach.commands",
    "campaign": "core.campaigns.commands",
    "incident": "core.incidents.commands",
    "verify": "core.ledger.commands",
}
"""Where each command lives: one that is named is loaded alone, because all of them together take seconds."""


def parser(word: str | None = None) -> argparse.ArgumentParser:
    """The command that `word` names, or all of them where it names none."""
    whole = argparse.ArgumentParser(
        prog="python -m core",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = whole.add_subparsers(metavar="COMMAND", required=True)
    wanted = [COMMANDS[word]] if word in COMMANDS else list(dict.fromkeys(COMMANDS.values()))
    for module in wanted:
        import_module(module).register(subparsers)
    return whole


def main(words: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code: 0 done, 1 refused, 2 called wrongly or settings wrong, 130 stopped by hand.
    """
    words = sys.argv[1:] if words is None else words
    arguments = parser(words[0] if words else None).parse_args(words)
    try:
        return int(uvloop.run(arguments.run(arguments, Settings.read(os.environ))))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except DatabaseAway as error:
        print(f"DATABASE_URL names a database that cannot be reached: {error.reason}", file=sys.stderr)
        return 2
    except DomainError as error:
        print(sentence(error.code, error.facts, translator("en")), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
