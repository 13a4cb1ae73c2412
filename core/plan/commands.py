"""`python -m core plan check|show|activate FILE`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from core.commands import Subparsers, a_day, command
from core.kernel.errors import Problem, Severity
from core.plan.model import Plan
from core.plan.reading import check
from core.plan.showing import Showing
from core.plan.telling import located
from core.settings import Settings
from i18n.translator import translator

ENGLISH = translator("en")


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    plan = subparsers.add_parser("plan", help="Check, show and put in force compensation plans.")
    actions = plan.add_subparsers(metavar="ACTION", required=True)
    checked = command(
        actions, "check", check_plan, "Tell every fault of a plan file at once; ends with 1 if there is any."
    )
    shown = command(actions, "show", show_plan, "Print a plan file as it was understood.")
    activated = command(actions, "activate", activate_plan, "Put a plan file in force; refused when it has faults.")
    for parser in (checked, shown, activated):
        parser.add_argument("file", help="a plan file (TOML, see docs/plan-language.md); - reads standard input")
    activated.add_argument(
        "--from",
        dest="start",
        type=a_day,
        metavar="DATE",
        help="first day in company time, such as 2026-12-01; else the file's valid_from, else today",
    )


async def check_plan(arguments: argparse.Namespace, _settings: Settings) -> int:
    """One line a finding, as editors and terminals know them, and a last line that counts them."""
    text, name = _read(arguments.file)
    plan, problems = check(text)
    for problem in problems:
        print(_line(problem, name))
    print(f"{name}: {_verdict(problems)}")
    return 0 if plan else 1


async def show_plan(arguments: argparse.Namespace, _settings: Settings) -> int:
    """The parsed form; a plan with faults shows the faults."""
    plan = _usable(*_read(arguments.file))
    if plan is None:
        return 1
    print("\n".join(Showing(plan, ENGLISH).lines()))
    return 0


async def activate_plan(arguments: argparse.Namespace, settings: Settings) -> int:
    """Stores the text as a version; the same text from the same day again changes nothing."""
    text, name = _read(arguments.file)
    if _usable(text, name) is None:
        return 1
    from core.calendar import service as calendar  # noqa: PLC0415  checking and showing a file need no database
    from core.db.opening import opened  # noqa: PLC0415  checking and showing a file need no database

    async with opened(settings) as database, database.begin(actor="command line") as uow:
        version = await calendar.activate_plan(uow, text, arguments.start)
        await uow.commit()
    print(f"Plan {version.code}, version {version.version}, is in force from {version.valid_from:%Y-%m-%d %H:%M %Z}.")
    return 0


def _usable(text: str, name: str) -> Plan | None:
    """The plan; None, and its faults on standard error, when it has any."""
    plan, problems = check(text)
    for problem in problems:
        if problem.severity is Severity.FAULT:
            print(_line(problem, name), file=sys.stderr)
    return plan


def _read(file: str) -> tuple[str, str]:
    """Text and name of the file.

    Raises:
        SystemExit: it cannot be read; says why and ends with 2.
    """
    try:
        if file == "-":
            return sys.stdin.buffer.read().decode("utf-8"), "standard input"
        return Path(file).read_bytes().decode("utf-8"), file
    except OSError as error:
        print(f"{file}: {error.strerror}", file=sys.stderr)
    except UnicodeDecodeError as error:
        print(f"{file}: not UTF-8 at byte {error.start}; save the file as UTF-8.", file=sys.stderr)
    raise SystemExit(2)


def _line(problem: Problem, name: str) -> str:
    severity = "" if problem.severity is Severity.FAULT else "notice: "
    place = f"{name}:{problem.line}:{problem.column}: "
    return place + severity + located(problem, name, ENGLISH).removeprefix(place)


def _verdict(problems: Sequence[Problem]) -> str:
    faults = sum(problem.severity is Severity.FAULT for problem in problems)
    notices = len(problems) - faults
    counted = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((faults, "fault"), (notices, "notice")) if n]
    return ("no faults" if not faults else "") + (", " if not faults and counted else "") + ", ".join(counted)
