"""`python -m core import people|products|orders|rates|balances|tickets FILE` and `… export ledger|tickets FILE`."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from core.commands import Subparsers, command
from core.db.database import Database
from core.db.opening import opened
from core.exchange.exporting import export_ledger, export_tickets
from core.exchange.importing import import_file
from core.exchange.model import FileKind, Outcome
from core.exchange.telling import problem_line
from core.kernel.english import counted
from core.kernel.errors import Severity
from core.settings import Settings, SettingsError
from core.tickets import service as tickets

WORDS = (
    "Import a CSV file (UTF-8, commas, a header): people, products, rates, then orders, balances (points and credit "
    "from earlier books) and tickets, which need the others. "
    "Faults keep the whole file out; notices go through and are listed. The same file twice changes nothing. "
    "Exit code 1 when faults were found."
)
EXPORT_WORDS = (
    "Write as CSV the whole book (ledger), a line for each line of each entry: who holds the account, what for, how "
    "much, when, why and because of which document, in points or minor units; or tickets with their whole history "
    "(tickets), a line for each change and each message."
)
SECONDS_BETWEEN_WORDS = 2.0


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    exported = command(subparsers, "export", export, EXPORT_WORDS)
    exported.add_argument("kind", choices=["ledger", "tickets"], help="what to write")
    exported.add_argument("--state", action="append", default=[], help="only tickets in this state; may stand again")
    exported.add_argument("file", help="the file's name, or - for standard output")
    parser = command(subparsers, "import", run, WORDS)
    parser.add_argument("kind", choices=[kind.value for kind in FileKind], help="what the file holds")
    parser.add_argument("file", help="the file's name, or - for standard input")
    parser.add_argument("--dry-run", action="store_true", help="tell what would happen and change nothing")


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Findings and counts on standard output, progress on standard error."""
    progress = Telling()
    with _lines(arguments.file) as lines:
        async with opened(settings) as database:
            outcome = await import_file(
                database, FileKind(arguments.kind), lines, dry_run=arguments.dry_run, progress=progress
            )
    progress.end()
    name = "standard input" if arguments.file == "-" else Path(arguments.file).name
    print("\n".join(told(outcome, name)))
    return 1 if outcome.blocked else 0


async def export(arguments: argparse.Namespace, settings: Settings) -> int:
    """The file, and a word on standard error; a file comes to be only when it is complete."""
    progress = Telling()
    async with opened(settings) as database:
        write = await _exporter(arguments, database, progress)
        if arguments.file == "-":
            lines = await write(sys.stdout)
        else:
            with _complete(Path(arguments.file)) as file:
                lines = await write(file)
    progress.end()
    print(f"{lines} lines written", file=sys.stderr)
    return 0


async def _exporter(
    arguments: argparse.Namespace, database: Database, progress: "Telling"
) -> Callable[[TextIO], Awaitable[int]]:
    """What writes the file.

    Raises:
        SettingsError: the company has no such state of tickets, or no states are asked for.
    """
    if arguments.kind != "tickets":
        if arguments.state:
            raise SettingsError("--state belongs to tickets.")
        return lambda file: export_ledger(database, file, progress)
    async with database.read() as questions:
        known = await tickets.states(questions)
    for state in arguments.state:
        if state not in known:
            raise SettingsError(f"{state} is no state of tickets. They are: {', '.join(known)}.")
    return lambda file: export_tickets(database, file, progress, states=arguments.state)


def told(outcome: Outcome, name: str) -> list[str]:
    """The lines that tell of an import: every fault, every notice with its count, and what came of it."""
    return [*(problem_line(problem, name) for problem in outcome.problems), _summary(outcome)]


def _summary(outcome: Outcome) -> str:
    faults = sum(problem.severity is Severity.FAULT for problem in outcome.problems)
    if outcome.blocked:
        return f"{counted(outcome.lines, 'line')} read, {counted(faults, 'fault')}: nothing was imported"
    would = "would be " if outcome.dry_run else ""
    return (
        f"{counted(outcome.lines, 'line')} read, {outcome.kind.value}: {outcome.added} {would}added, {outcome.changed} "
        f"{would}changed, {outcome.unchanged} known already"
    )


class Telling:
    """Tells how far long work has come, now and then, on standard error."""

    def __init__(self) -> None:
        self._done: Counter[str] = Counter()
        self._told_at = time.monotonic()
        self._spoke = False

    def __call__(self, what: str, count: int) -> None:
        """`count` rows more are read or staged."""
        self._done[what] += count
        if time.monotonic() - self._told_at >= SECONDS_BETWEEN_WORDS:
            self._told_at = time.monotonic()
            self._spoke = True
            sys.stderr.write(f"\r{what} {self._done[what]:,} rows ")
            sys.stderr.flush()

    def end(self) -> None:
        """Leave the line that was written on."""
        if self._spoke:
            sys.stderr.write("\n")


@contextmanager
def _lines(name: str) -> Iterator[Iterable[bytes]]:
    """The raw lines of a file, or of standard input.

    Raises:
        SettingsError: it cannot be read.
    """
    if name == "-":
        yield sys.stdin.buffer
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(name).open("rb"))
        except OSError as error:
            raise SettingsError(f"{name} cannot be read: {error.strerror}.") from error
        yield file


@contextmanager
def _complete(path: Path) -> Iterator[TextIO]:
    """A text file that takes its name when everything is in it.

    Raises:
        SettingsError: it cannot be written.
    """
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        draft.replace(path)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)
