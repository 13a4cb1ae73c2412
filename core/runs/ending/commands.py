"""`python -m core run inactive|end-inactive`: who was inactive for too long by a run, and terminating them."""

import argparse

from core.access import service as access
from core.access.model import Permission
from core.commands import Subparsers, command
from core.db.opening import opened
from core.db.steps import step
from core.runs.ending import service
from core.settings import Settings


def register_ending(actions: Subparsers) -> None:
    """Add these commands beside those of runs."""
    words = "Whom a run says to warn or to terminate, because they were inactive in so many cycles in a row."
    listing = command(actions, "inactive", list_inactive, words)
    listing.add_argument("number", metavar="RUN", type=int, help="its number, as `run status` shows it")
    ending = command(actions, "end-inactive", end_inactive, "Terminate whom a released run says to; can be repeated.")
    ending.add_argument("number", metavar="RUN", type=int, help="its number, as `run status` shows it")
    ending.add_argument("--as", dest="name", metavar="NAME", required=True, help="the member of staff who does it")


async def list_inactive(arguments: argparse.Namespace, settings: Settings) -> int:
    """A line each: person, cycles, what is due."""
    async with opened(settings) as database, database.read() as questions:
        found = await service.due(questions, arguments.number)
    print("\n".join(f"{one.person}\t{one.cycles}\t{one.due}" for one in found) or "Nobody is due.")
    return 0


async def end_inactive(arguments: argparse.Namespace, settings: Settings) -> int:
    """One short transaction each, so that what was stopped in the middle goes on when it is called again."""
    run, ended = arguments.number, 0
    async with opened(settings) as database:
        async with database.read() as questions:
            actor = await access.acting(questions, arguments.name, Permission.EDIT_GENEALOGY)
            found = await service.to_end(questions, run)
        for one in found:
            async with step(database, actor=actor) as uow:
                done = await service.end(uow, run, one)
                await uow.commit()
            if done:
                ended += 1
                print(f"{one.person}\t{one.cycles}\tterminated")
    print(f"{ended} terminated, {len(found) - ended} had left or come back before.")
    return 0
