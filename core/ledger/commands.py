"""`python -m core verify`."""

import argparse
from collections.abc import Sequence

from core.commands import Subparsers, command
from core.db.opening import opened
from core.genealogy import service as genealogy
from core.genealogy.model import Verification
from core.incentives import service as incentives
from core.kernel.errors import Problem
from core.ledger import service
from core.orders import service as orders
from core.payments import service as payments
from core.points import service as points
from core.runs import service as runs
from core.settings import Settings
from i18n.errors import sentence
from i18n.translator import translator

WORDS = (
    "Check the network (one root, no circle, nobody dangling, no overlapping links) and the book (every entry "
    "balances, every balance is the sum of its lines, no account below its limit, every document posted once); points, "
    "incentives and orders against the book; every released run (each byte that it read and made, its payouts, who "
    "approved it, its seal and the seal before, and that none is gone); and payments and what is payable, to the cent. "
    "Changes nothing. Exit code 1 on findings."
)


def register(subparsers: Subparsers) -> None:
    """Add this room's command."""
    command(subparsers, "verify", verify, WORDS)


async def verify(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Every finding on a line of its own, then what was looked at."""
    async with opened(settings) as database, database.read() as questions:
        network = await genealogy.verify(questions)
        books = (service, points, incentives, orders, runs, payments)
        problems = [problem for book in books for problem in await book.verify(questions)]
        accounts, entries = await service.size(questions)
    print("\n".join([*told(network), *books_told(problems, accounts, entries)]))
    return 1 if network.findings or problems else 0


def told(found: Verification) -> list[str]:
    """The lines that tell of a network."""
    english = translator("en")
    return [
        *(f"{sentence(finding.code, finding.facts, english)} [{finding.code}]" for finding in found.findings),
        f"{found.people} people, {found.links} links, {len(found.findings)} findings",
    ]


def books_told(problems: Sequence[Problem], accounts: int, entries: int) -> list[str]:
    """The lines that tell of the book."""
    english = translator("en")
    return [
        *(f"{sentence(problem.code, problem.facts, english)} [{problem.code}]" for problem in problems),
        f"{accounts} accounts, {entries} entries, {len(problems)} findings",
    ]
