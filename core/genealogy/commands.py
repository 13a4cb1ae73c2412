"""`python -m core verify`."""

import argparse

from core.commands import Subparsers, command
from core.db.opening import opened
from core.genealogy import service
from core.genealogy.model import Verification
from core.settings import Settings
from i18n.errors import sentence
from i18n.translator import translator


def register(subparsers: Subparsers) -> None:
    """Add this room's command."""
    words = "Check the network: one root, no circle, nobody dangling, no overlapping links. Exit code 1 on findings."
    command(subparsers, "verify", verify, words)


async def verify(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Every finding on a line of its own, then one line that sums up."""
    async with opened(settings) as database, database.read() as questions:
        found = await service.verify(questions)
    print("\n".join(told(found)))
    return 1 if found.findings else 0


def told(found: Verification) -> list[str]:
    """The lines that tell of a verification."""
    english = translator("en")
    return [
        *(f"{sentence(finding.code, finding.facts, english)} [{finding.code}]" for finding in found.findings),
        f"{found.people} people, {found.links} links, {len(found.findings)} findings",
    ]
