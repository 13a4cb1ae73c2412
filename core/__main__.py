"""The command line: `python -m core COMMAND`. Each room brings its commands; see `--help`."""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

import uvloop

from core import serving
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


def parser() -> argparse.ArgumentParser:
    """All commands of all rooms."""
    whole = argparse.ArgumentParser(
        prog="python -m core",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = whole.add_subparsers(metavar="COMMAND", required=True)
    serving.register(subparsers)
    for path in sorted(Path(__file__).parent.glob("*/commands.py")):
        import_module(f"core.{path.parent.name}.commands").register(subparsers)
    return whole


def main(words: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code: 0 done, 1 refused, 2 called wrongly or settings wrong, 130 stopped by hand.
    """
    arguments = parser().parse_args(words)
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
