"""`python -m core points sweep` and `python -m core points statement PERSON FILE`."""

import argparse
from pathlib import Path

from core.checkout.job import settle_returns
from core.commands import Subparsers, a_day, command
from core.db.opening import opened
from core.points import service
from core.points.job import sweep
from core.points.rules.files import statement_csv
from core.settings import Settings


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    points = subparsers.add_parser("points", help="Give, free and end points that are due; write a person's statement.")
    actions = points.add_subparsers(metavar="ACTION", required=True)
    command(
        actions,
        "sweep",
        sweep_once,
        "Settle imported returns, ask new orders and closed cycles, free and end what is due. Safe to repeat.",
    )
    statement = command(actions, "statement", write_statement, "Write a person's points between two days as CSV.")
    statement.add_argument("person", help="her code")
    statement.add_argument("file", type=Path, help="the CSV file; it is overwritten")
    statement.add_argument("--since", type=a_day, help="first day, such as 2026-01-01; this year's first")
    statement.add_argument("--until", type=a_day, help="last day; today")


async def sweep_once(_arguments: argparse.Namespace, settings: Settings) -> int:
    """One sweep, and what it did."""
    async with opened(settings) as database:
        settled = await settle_returns(database)
        done = await sweep(database)
    print(
        f"Returns settled: {settled:,}; orders asked: {done.orders:,}; cycles asked: {done.cycles:,}; "
        f"points moved: {done.points:,}; "
        f"lots safe: {done.safe:,}; lots ended: {done.ended:,}."
    )
    return 0


async def write_statement(arguments: argparse.Namespace, settings: Settings) -> int:
    """The statement as a file, whole or not at all."""
    async with opened(settings) as database, database.read() as questions:
        found = await service.statement(questions, arguments.person, since=arguments.since, until=arguments.until)
        language = await service.company_language(questions)
    draft = arguments.file.with_name(arguments.file.name + ".part")
    draft.write_text(statement_csv(found, language), encoding="utf-8")
    draft.replace(arguments.file)
    print(f"From {found.since} to {found.until}: movements: {len(found.movements):,}; closing: {found.closing:,}.")
    return 0
