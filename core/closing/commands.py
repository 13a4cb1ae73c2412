"""`python -m core cycle list` and `python -m core cycle close CODE`."""

import argparse

from core.calendar import service as calendar
from core.closing.job import close_cycle
from core.commands import Subparsers, command
from core.db.opening import opened
from core.kernel.english import counted
from core.plan import service as plans
from core.settings import Settings


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    cycle = subparsers.add_parser("cycle", help="List cycles and close those that have ended.")
    actions = cycle.add_subparsers(metavar="ACTION", required=True)
    command(actions, "list", list_cycles, "List the closed cycles, those due to be closed, and the open one.")
    close = command(
        actions, "close", close_one, "Fix paid ranks and titles of an ended cycle, after the one before it; for ever."
    )
    close.add_argument("code", help="such as 2026-10, 2026-W41 or 2026-10-A, by the plan's main calendar")


async def list_cycles(_arguments: argparse.Namespace, settings: Settings) -> int:
    """One line a cycle, in the order of time."""
    async with opened(settings) as database, database.read() as questions:
        plan = await plans.plan_in_force(questions, questions.now)
        cycles = await calendar.cycles(questions, plan)
    for closed in cycles.closed:
        print(f"{closed.code}\tclosed on {closed.closed_at:%Y-%m-%d %H:%M} UTC")
    for code in cycles.due:
        print(f"{code}\tdue")
    print(f"{cycles.open}\topen")
    return 0


async def close_one(arguments: argparse.Namespace, settings: Settings) -> int:
    """Safe to repeat: a closed cycle stays as it is."""
    async with opened(settings) as database:
        closed = await close_cycle(database, arguments.code, actor="command line")
    if closed.already:
        print(f"{closed.cycle} was closed already.")
    else:
        people = counted(closed.ranked, "person holds", "people hold")
        print(f"{closed.cycle} is closed: {people} a rank or title, {closed.changed:,} changed.")
    return 0
