"""`python -m core verify`."""

import argparse

from core.commands import Subparsers, command
from core.db.opening import opened
from core.genealogy import service
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
    for finding in found.findings:
        print(f"{finding.person}: {sentence(finding.code, finding.facts, translator('en'))} [{finding.code}]")
    print(f"{found.people} people, {found.links} links, {len(found.findings)} findings")
    return 1 if found.findings else 0
