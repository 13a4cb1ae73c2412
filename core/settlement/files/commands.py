"""`python -m core explain`: reads what `settle` wrote, so it loads nothing that calculates."""

import argparse
from pathlib import Path

from core.commands import Subparsers, command
from core.settings import Settings
from core.settlement.files import explaining
from i18n.languages import LANGUAGES
from i18n.translator import translator

EXPLAIN = (
    "Tell why a person was paid what she was paid, from the folder that `settle` wrote: her award lines with their "
    "numbers, or with --award the chain of one of them, from the order to the cent."
)


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    chain = command(subparsers, "explain", explain, EXPLAIN)
    chain.add_argument(
        "--run", required=True, type=Path, metavar="DIR", help="what `settle --out` wrote", dest="folder"
    )
    chain.add_argument("--person", required=True, metavar="P", help="her id, as in people.csv")
    chain.add_argument("--award", type=int, metavar="N", help="the number of the line in her list, from 1")
    chain.add_argument("--lang", choices=LANGUAGES, default="en", help="of the sentences; en unless said")


async def explain(arguments: argparse.Namespace, _settings: Settings) -> int:
    """The chain of one line; without a number, her lines with theirs.

    Raises:
        RunUnreadable: the folder is not the output of `settle`.
        PersonNotSettled: nobody in the folder has this code.
        LineUnknown: she has no line of this number.
    """
    tr, found = translator(arguments.lang), explaining.read(arguments.folder, arguments.person)
    said = list(found.listed(tr) if arguments.award is None else found.chain(arguments.award, tr))
    print("\n".join(said) if said else tr("{person} has no lines there.", person=arguments.person))
    return 0
