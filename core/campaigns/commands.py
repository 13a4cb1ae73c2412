"""`python -m core campaign add|preview|send|cancel|list`: what the company tells many people at once."""

import argparse
import sys
import tomllib
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from core.access import service as access
from core.access.model import Permission
from core.campaigns import service, telling
from core.campaigns.model import NewCampaign
from core.commands import Run, Subparsers, command
from core.db.opening import opened
from core.db.unit_of_work import UnitOfWork
from core.http.model import Fault, RequestInvalid
from core.http.parameters import faults_of
from core.live.computing import compute_open
from core.settings import Settings

SHOWN = 50
EXAMPLE = """\
A campaign is a TOML file; of the segment everything may be left out, and of the words each title:

  name = "Autumn webinar"
  [segment]
  ranks = ["gold", "diamond"]       # by which they would be paid now
  countries = ["ES", "MX"]
  languages = ["es"]                # in which they are spoken to
  statuses = ["active"]
  kinds = ["distributor"]
  below = "P1007"                   # everybody in her line
  [words.es]
  title = "Seminario de otoño"
  text = "El jueves a las 19:00 …"
"""


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    campaigns = subparsers.add_parser(
        "campaign",
        help="Tell many people something at once.",
        description="Tell many people something at once: write it, look at whom it reaches, send it, cancel it.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = campaigns.add_subparsers(metavar="ACTION", required=True)
    added = _by(actions, "add", add, "Write a campaign as a draft. Exit code 1 when faults kept it out.")
    added.add_argument("file", type=Path, help="a TOML file")
    shown = command(actions, "preview", preview, "Show whom it would reach now, in which languages, and whom not.")
    sent = _by(actions, "send", send, "Send it, now or at a moment; until then it can be given another one.")
    sent.add_argument("--at", type=datetime.fromisoformat, help="such as 2026-11-27T10:00, company time")
    cancelled = _by(actions, "cancel", cancel, "Let nothing more of it go out. What went out stays.")
    for one in (shown, sent, cancelled):
        one.add_argument("number", type=int, help="of the campaign")
    listed = command(actions, "list", list_some, "Show the last campaigns, or one with what became of its messages.")
    listed.add_argument("number", type=int, nargs="?", help="of a campaign")


def _by(actions: Subparsers, name: str, run: Run, words: str) -> argparse.ArgumentParser:
    parser = command(actions, name, run, words)
    parser.add_argument("--as", dest="name", metavar="NAME", required=True, help="the member of staff who does it")
    return parser


async def add(arguments: argparse.Namespace, settings: Settings) -> int:
    """The campaign's number, or all that is wrong with the file."""
    try:
        new = read(arguments.file)
        return await _done(arguments, settings, lambda uow: _added(uow, new))
    except RequestInvalid as refused:
        return _faults(refused, arguments.file.name)


async def preview(arguments: argparse.Namespace, settings: Settings) -> int:
    """Counts by language and reason, and the words."""
    async with opened(settings) as database, database.read() as questions:
        state = (await compute_open(questions, database.events)).state
        found = await service.preview(questions, state, arguments.number)
    print("\n".join(telling.previewed(found)))
    return 0


async def send(arguments: argparse.Namespace, settings: Settings) -> int:
    """When it goes out."""
    try:
        return await _done(arguments, settings, lambda uow: _sent(uow, arguments.number, arguments.at))
    except RequestInvalid as refused:
        return _faults(refused, "")


async def cancel(arguments: argparse.Namespace, settings: Settings) -> int:
    """Safe to repeat."""
    return await _done(arguments, settings, lambda uow: _cancelled(uow, arguments.number))


async def list_some(arguments: argparse.Namespace, settings: Settings) -> int:
    """One line each, or one campaign in several."""
    async with opened(settings) as database, database.read() as questions:
        if arguments.number is None:
            lines = [telling.line(one) for one in await service.campaigns(questions, None, SHOWN)]
        else:
            lines = telling.told(await service.card(questions, arguments.number))
    print("\n".join(lines) if lines else "There is no campaign yet.")
    return 0


def read(file: Path) -> NewCampaign:
    """The campaign of a file.

    Raises:
        RequestInvalid: the file cannot be read, is no TOML, or does not have the form of a campaign.
    """
    try:
        return NewCampaign.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise RequestInvalid(faults_of(error, "body")) from error
    except OSError as error:
        raise RequestInvalid([Fault(place="body", code="unreadable", expected="a file that can be read")]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RequestInvalid([Fault(place="body", code="malformed", expected=f"TOML in UTF-8: {error}")]) from error


def _faults(refused: RequestInvalid, name: str) -> int:
    for fault in refused.faults:
        place = fault.place.removeprefix("body").removeprefix(".")
        print(": ".join(part for part in (name, place, f"expected {fault.expected}") if part), file=sys.stderr)
    return 1


async def _added(uow: UnitOfWork, new: NewCampaign) -> str:
    campaign = await service.add(uow, new)
    return f"Campaign {campaign.number} is a draft. Look at it with `campaign preview {campaign.number}`."


async def _sent(uow: UnitOfWork, number: int, at: datetime | None) -> str:
    return telling.line(await service.send(uow, number, at))


async def _cancelled(uow: UnitOfWork, number: int) -> str:
    return telling.line(await service.cancel(uow, number))


async def _done(arguments: argparse.Namespace, settings: Settings, step: Callable[[UnitOfWork], Awaitable[str]]) -> int:
    async with opened(settings) as database:
        async with database.read() as questions:
            who = await access.acting(questions, arguments.name, Permission.ANNOUNCE)
        async with database.begin(actor=who) as uow:
            told = await step(uow)
            await uow.commit()
    print(told)
    return 0
