"""`python -m core settle`, `explain` and `warm`: one cycle from files, without a database."""

import argparse
import sys
from pathlib import Path

from core.commands import Subparsers, command
from core.settings import Settings
from core.settlement.files import explaining
from i18n.languages import LANGUAGES
from i18n.translator import translator

WORDS = (
    "Settle one cycle from files, without a database: KPIs, ranks, award lines with their reasons, payouts. Faults in "
    "the files are all told and nothing is written; the same input gives the same output, byte for byte. Exit code 1 "
    "when anything is refused."
)
EXPLAIN = (
    "Tell why a person was paid what she was paid, from the folder that `settle` wrote: her award lines with their "
    "numbers, or with --award the chain of one of them, from the order to the cent."
)
WARM = "Compile what calculates and keep it on disk, so that no later start has to; once after an installation."


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    parser = command(subparsers, "settle", run, WORDS)
    for name in ("plan", "people", "products", "orders"):
        parser.add_argument(f"--{name}", required=True, type=Path, metavar="FILE")
    parser.add_argument("--rates", type=Path, metavar="FILE", help="dated rates of currencies")
    parser.add_argument("--adjustments", type=Path, metavar="FILE", help="corrections by hand")
    parser.add_argument("--cycle", required=True, help="such as 2026-10, 2026-W41, 2026-10-07, 2026, 2026-10-A")
    parser.add_argument("--calendar", metavar="NAME", help="of the plan; its main one unless said")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="where the results are written")
    parser.add_argument(
        "--carry", type=Path, metavar="DIR", action="append", default=[],
        help="the results of the cycle before; again for those of other calendars: advances, balances",
    )  # fmt: skip
    parser.add_argument("--format", choices=["csv", "parquet"], default="csv")
    parser.add_argument("--timings", type=Path, metavar="FILE", help="seconds by part, as JSON")
    parser.add_argument(
        "--verify", action="store_true",
        help="work everything out once more by the second engine, tell what differs, and then end with 1",
    )  # fmt: skip
    chain = command(subparsers, "explain", explain, EXPLAIN)
    chain.add_argument(
        "--run", required=True, type=Path, metavar="DIR", help="what `settle --out` wrote", dest="folder"
    )
    chain.add_argument("--person", required=True, metavar="P", help="her id, as in people.csv")
    chain.add_argument("--award", type=int, metavar="N", help="the number of the line in her list, from 1")
    chain.add_argument("--lang", choices=LANGUAGES, default="en", help="of the sentences; en unless said")
    command(subparsers, "warm", warm_up, WARM)


async def warm_up(_arguments: argparse.Namespace, _settings: Settings) -> int:
    """Compile the kernels, those that run live too."""
    from core.settlement.warming import warm  # noqa: PLC0415  no other command needs all that is compiled

    warm()
    print("The kernels are compiled.")
    return 0


async def explain(arguments: argparse.Namespace, _settings: Settings) -> int:
    """The chain of one line; without a number, her lines with theirs.

    Raises:
        RunUnreadable: the folder is not the output of `settle`.
        LineUnknown: she has no line of this number.
    """
    tr, found = translator(arguments.lang), explaining.read(arguments.folder, arguments.person)
    said = list(found.listed(tr) if arguments.award is None else found.chain(arguments.award, tr))
    print("\n".join(said) if said else tr("{person} has no lines there.", person=arguments.person))
    return 0


async def run(arguments: argparse.Namespace, _settings: Settings) -> int:
    """Progress and timings on standard error, one line of what came of it on standard output."""
    from core.settlement.files.command import settle  # noqa: PLC0415  explaining needs nothing that calculates

    try:
        return settle(arguments)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
