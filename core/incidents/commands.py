"""`python -m core incident new|update|solve|show|list`: what touches many people, from its first word to its cause."""

import argparse
import sys
import tomllib
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from core.access import service as access
from core.access.model import Permission
from core.commands import Run, Subparsers, command
from core.db.opening import opened
from core.db.unit_of_work import UnitOfWork
from core.http.model import Fault, RequestInvalid
from core.http.parameters import faults_of
from core.incidents import service
from core.incidents.model import Incident, IncidentCard, NewIncident, NewUpdate, Solution
from core.kernel.english import counted
from core.kernel.words import text_in
from core.settings import Settings

M = TypeVar("M", bound=BaseModel)
SHOWN = 50
EXAMPLE = """\
An incident is a TOML file; title and words need one language at least:

  type = "network"                     # as tickets have types
  tickets = [1042, 1043]               # that it is about
  recurrence_of = 3                    # the incident that came back
  [title]
  en = "Late parcels"
  [words]
  en = "The carrier is on strike. We are looking for another one."
  [concerned]                          # one of these, or nobody but the tickets' people
  below = "P1007"                      # she and everybody in her line
  # run = 12                           # everybody to whom this released run gives something
  # people = ["P1", "P2"]

Everybody whom it concerns is told each step once, by the worker.
"""


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    incidents = subparsers.add_parser(
        "incident",
        help="Tell everybody whom an incident concerns how it goes on.",
        description="Open an incident, tell how it goes on, and solve it with its cause.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = incidents.add_subparsers(metavar="ACTION", required=True)
    opening = _by(actions, "new", new, "Open an incident. Exit code 1 when faults kept it out.")
    opening.add_argument("file", type=Path, help="a TOML file")
    telling = _by(actions, "update", update, "Tell everybody whom it concerns how it goes on.")
    solving = _by(actions, "solve", solve, "Say that it is over, and why it happened.")
    solving.add_argument("--cause", required=True, help="why it happened; for staff alone")
    solving.add_argument("--keep-tickets", action="store_true", help="leave the tickets that are tied to it open")
    for one in (telling, solving):
        one.add_argument("number", type=int, help="of the incident")
        one.add_argument("--say", action="append", required=True, metavar="LANG=TEXT", help="such as en='It is over.'")
    command(actions, "list", list_some, "Show the last incidents.")
    shown = command(actions, "show", show, "Show one, with what was told to how many.")
    shown.add_argument("number", type=int, help="of the incident")


def _by(actions: Subparsers, name: str, run: Run, words: str) -> argparse.ArgumentParser:
    parser = command(actions, name, run, words)
    parser.add_argument("--as", dest="name", metavar="NAME", required=True, help="the member of staff who does it")
    return parser


async def new(arguments: argparse.Namespace, settings: Settings) -> int:
    """The incident, or all that is wrong with the file."""
    return await _done(arguments, settings, lambda uow: service.open_one(uow, read(arguments.file)))


async def update(arguments: argparse.Namespace, settings: Settings) -> int:
    """One more piece of news."""
    return await _done(
        arguments,
        settings,
        lambda uow: service.tell(uow, arguments.number, _model(NewUpdate, {"words": _said(arguments)})),
    )


async def solve(arguments: argparse.Namespace, settings: Settings) -> int:
    """The last piece of news, and the cause."""
    given = {"words": _said(arguments), "root_cause": arguments.cause, "solve_tickets": not arguments.keep_tickets}
    return await _done(arguments, settings, lambda uow: service.solve(uow, arguments.number, _model(Solution, given)))


async def show(arguments: argparse.Namespace, settings: Settings) -> int:
    """One incident in several lines."""
    async with opened(settings) as database, database.read() as questions:
        print("\n".join(told(await service.incident(questions, arguments.number))))
    return 0


async def list_some(_arguments: argparse.Namespace, settings: Settings) -> int:
    """One line each."""
    async with opened(settings) as database, database.read() as questions:
        found = await service.incidents(questions, None, None, SHOWN)
    print("\n".join(line(one) for one in found) if found else "There is no incident yet.")
    return 0


def line(one: IncidentCard) -> str:
    """An incident in a line."""
    again = f", {one.recurrence_of} again" if one.recurrence_of else ""
    back = f", came back {counted(one.recurrences, 'time')}" if one.recurrences and not one.recurrence_of else ""
    head = f"{one.number:>5}  {one.state.value:8}  {one.opened_at:%Y-%m-%d}  {text_in(dict(one.title), 'en')}"
    return f"{head} ({counted(one.people, 'person', 'people')}, {counted(one.tickets, 'ticket')}{again}{back})"


def told(one: Incident) -> list[str]:
    """An incident with its news and its cause."""
    news = [
        f"       {each.at:%Y-%m-%d %H:%M}  {each.state.value:8}  by {each.by}, told to {each.told:,}"
        f"{'' if each.is_told else ' so far'}: {text_in(dict(each.words), 'en')}"
        for each in one.updates
    ]
    cause = [f"       cause: {one.root_cause}"] if one.root_cause else []
    return [line(one), *news, *cause]


def read(file: Path) -> NewIncident:
    """The incident of a file.

    Raises:
        RequestInvalid: the file cannot be read, is no TOML, or does not have the form of an incident.
    """
    try:
        return _model(NewIncident, tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise RequestInvalid([Fault(place="body", code="unreadable", expected="a file that can be read")]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RequestInvalid([Fault(place="body", code="malformed", expected=f"TOML in UTF-8: {error}")]) from error


def _model(kind: type[M], given: Mapping[str, Any]) -> M:
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise RequestInvalid(faults_of(error, "body")) from error


def _said(arguments: argparse.Namespace) -> dict[str, str]:
    return {language: text for language, _, text in (one.partition("=") for one in arguments.say)}


async def _done(
    arguments: argparse.Namespace, settings: Settings, step: Callable[[UnitOfWork], Awaitable[Incident]]
) -> int:
    try:
        async with opened(settings) as database:
            async with database.read() as questions:
                who = await access.acting(questions, arguments.name, Permission.LEAD_INCIDENTS)
            async with database.begin(actor=who) as uow:
                found = await step(uow)
                await uow.commit()
    except RequestInvalid as refused:
        for fault in refused.faults:
            place = fault.place.removeprefix("body").removeprefix(".")
            print(": ".join(part for part in (place, f"expected {fault.expected}") if part), file=sys.stderr)
        return 1
    print("\n".join(told(found)))
    return 0
