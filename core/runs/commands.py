"""`python -m core run …`: settle a cycle in the company's database, step by step, from the command line."""

import argparse
import json
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from core.access import service as access
from core.access.model import Permission
from core.closing.job import announce
from core.commands import Run, Subparsers, command
from core.db.database import Database
from core.db.opening import opened
from core.db.unit_of_work import SYSTEM, UnitOfWork
from core.kernel.errors import DomainError
from core.runs import telling
from core.runs.by_hand.commands import register_by_hand
from core.runs.ending.commands import register_ending
from core.runs.model import APPROVALS, NewRun, Work
from core.runs.service import showing, states
from core.runs.store import runs as store
from core.runs.working import work
from core.settings import Settings

T = TypeVar("T")
COMMAND_LINE = "command line"
DIFFERENCES = 40
RUNS = 100


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    run = subparsers.add_parser("run", help="Settle a cycle: start, preview, diff, validate, approve, release.")
    actions = run.add_subparsers(metavar="ACTION", required=True)
    start = command(actions, "start", start_run, "Start the run of a cycle, as a draft, and print its number.")
    start.add_argument("cycle", help="such as 2026-10, 2026-W41, 2026-10-A, 2026-Q4")
    start.add_argument("--kind", help="a kind of run of the plan; that of the main calendar unless said")
    _as(start)
    _numbered(actions, "preview", preview, "Calculate a run from what is known now. As often as wanted.")
    _numbered(actions, "validate", validate, "Recalculate by both engines, ask the limits, and freeze the inputs.")
    _numbered(actions, "approve", approve, "Approve what was validated; two people do, by their own names.")
    _numbered(actions, "release", release, "Write an approved run into the book, and show it to everybody.")
    _numbered(actions, "cancel", cancel, "Give a run up that was not released.")
    _numbered(actions, "findings", findings, "What the last preview and its validation found, a line each.")
    diff = _numbered(actions, "diff", diff_run, "What the last preview changed, by person and cause, largest first.")
    diff.add_argument("--against", choices=list(showing.AGAINST), default="preview", help="the preview or cycle before")
    diff.add_argument("--most", type=int, default=DIFFERENCES, metavar="N", help=f"how many (default {DIFFERENCES})")
    status = command(actions, "status", status_of, "Runs and how far they are; all that is known of one.")
    status.add_argument("number", metavar="RUN", nargs="?", type=int, help="its number")
    status.add_argument("--json", action="store_true", help="for machines, as the API tells it")
    command(actions, "work", work_on_all, "Do the work that staff asked the service for; it starts this by itself.")
    register_by_hand(actions)
    register_ending(actions)


def _numbered(actions: Subparsers, name: str, run: Run, words: str) -> argparse.ArgumentParser:
    parser = command(actions, name, run, words)
    parser.add_argument("number", metavar="RUN", type=int, help="its number, as `run status` shows it")
    _as(parser)
    return parser


def _as(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="name", metavar="NAME", help="the member of staff who does it")


async def actor(database: Database, name: str | None, needs: Permission) -> str:
    """How events name whoever does it.

    Raises:
        StaffUnknown, PermissionMissing: no member of staff has the name, or her role does not allow it.
    """
    if name is None:
        return COMMAND_LINE
    async with database.read() as questions:
        return await access.acting(questions, name, needs)


async def start_run(arguments: argparse.Namespace, settings: Settings) -> int:
    """The number on standard output alone, so that it can be piped."""

    async def step(uow: UnitOfWork) -> int:
        return await states.start(uow, NewRun(cycle=arguments.cycle, kind=arguments.kind))

    async with opened(settings) as database:
        print(await _written(database, arguments.name, Permission.RUN_SETTLEMENT, step))
    return 0


async def preview(arguments: argparse.Namespace, settings: Settings) -> int:
    """Progress on standard error, the sums on standard output."""
    return await _work(arguments, settings, Work.PREVIEW)


async def validate(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit code 1 when something blocks the approval."""
    return await _work(arguments, settings, Work.VALIDATE)


async def release(arguments: argparse.Namespace, settings: Settings) -> int:
    """Goes on where it was stopped."""
    return await _work(arguments, settings, Work.RELEASE)


async def approve(arguments: argparse.Namespace, settings: Settings) -> int:
    """The state that the run is in now, and how many have approved it."""

    async def step(uow: UnitOfWork) -> str:
        state = await states.approve(uow, arguments.number)
        count = len(await states.approvers(uow, await states.known(uow, arguments.number)))
        return f"{state.value}\t{count} of {APPROVALS} approvals"

    async with opened(settings) as database:
        print(await _written(database, arguments.name, Permission.APPROVE_SETTLEMENT, step))
    return 0


async def cancel(arguments: argparse.Namespace, settings: Settings) -> int:
    """Its cycle can have another run afterwards."""

    async def step(uow: UnitOfWork) -> None:
        await states.cancel(uow, arguments.number)

    async with opened(settings) as database:
        await _written(database, arguments.name, Permission.RUN_SETTLEMENT, step)
    return 0


async def findings(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit code 1 when there are faults."""
    async with opened(settings) as database, database.read() as questions:
        found = await showing.findings(questions, arguments.number)
    _print(telling.findings(found), none="nothing found")
    return 1 if any(one.severity == "fault" for one in found) else 0


def _print(lines: Iterable[str], *, none: str) -> None:
    """The lines; where there are none, beside them so many words, which no machine takes for a line."""
    told = list(lines)
    print("\n".join(told) if told else none, file=sys.stdout if told else sys.stderr)


async def diff_run(arguments: argparse.Namespace, settings: Settings) -> int:
    """A line each, tabs between the columns; `!` marks what is out of the ordinary."""
    async with opened(settings) as database, database.read() as questions:
        found = await showing.differences(
            questions, arguments.number, against=arguments.against, after=0, limit=arguments.most
        )
        compared = await showing.is_compared(questions, arguments.number, arguments.against)
    _print(telling.differences(found), none="no differences" if compared else telling.UNCOMPARED[arguments.against])
    return 0


async def status_of(arguments: argparse.Namespace, settings: Settings) -> int:
    """A line a run, or a line each fact of one; as JSON where that is asked."""
    async with opened(settings) as database, database.read() as questions:
        one = arguments.number
        found = await showing.cards(questions, limit=RUNS) if one is None else [await showing.card(questions, one)]
        names = await access.named(questions, {who for card in found for who in telling.actors(card)})
    if arguments.json:
        told = [card.model_dump(mode="json") for card in found]
        print(json.dumps(told if one is None else told[0], ensure_ascii=False, indent=2))
    elif one is None:
        print("\n".join(telling.status(card) for card in found) or "There is no run yet.")
    else:
        print("\n".join(telling.table(found[0], names)))
    return 0


async def work_on_all(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Whatever is refused is noted at the run; exit code 1 then."""
    refused = 0
    async with opened(settings) as database:
        await announce(database, actor=SYSTEM)
        async with database.read() as questions:
            wanted = [(one["id"], Work(one["work"]), one["asked_by"]) for one in await store.wanted(questions)]
        for run, what, who in wanted:
            try:
                await work(database, run, what, actor=who, tell=_nothing)
            except DomainError:
                refused += 1
    return 1 if refused else 0


async def _work(arguments: argparse.Namespace, settings: Settings, what: Work) -> int:
    async with opened(settings) as database:
        who = await actor(database, arguments.name, Permission.RUN_SETTLEMENT)
        await work(database, arguments.number, what, actor=who, tell=_tell)
        async with database.read() as questions:
            card = await showing.card(questions, arguments.number)
            found = await showing.findings(questions, arguments.number) if what is Work.VALIDATE else []
    print("\n".join([*telling.findings(found), telling.status(card), *telling.sums(card)]))
    return 1 if any(one.severity == "fault" for one in found) else 0


async def _written(
    database: Database, name: str | None, needs: Permission, step: Callable[[UnitOfWork], Awaitable[T]]
) -> T:
    who = await actor(database, name, needs)
    async with database.begin(actor=who) as uow:
        done = await step(uow)
        await uow.commit()
    return done


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _nothing(_line: str) -> None:
    """Nobody reads what works beside the service."""
