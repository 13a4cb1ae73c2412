"""`python -m core staff …` and `python -m core link PERSON`."""

import argparse

from core.access import members, service, store
from core.access.model import STAFF_PREFIX, LinkToken, Role
from core.commands import Subparsers, command
from core.db.opening import opened
from core.people import service as people
from core.settings import Settings


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    staff = subparsers.add_parser("staff", help="Add, list and remove members of staff.").add_subparsers(required=True)
    add = command(staff, "add", add_staff, "Make a member of staff and print her token, once.")
    add.add_argument("name", help="how events and logs name her, such as maria")
    add.add_argument("--role", required=True, choices=[role.value for role in Role], help="what she may do")
    command(staff, "list", list_staff, "List members of staff and their roles.")
    remove = command(staff, "remove", remove_staff, "End a member's access; her token is worth nothing from then on.")
    remove.add_argument("name")
    chat = command(staff, "link", link_staff, "Print a one-time link that lets her work from Telegram, good for a day.")
    chat.add_argument("name")
    link = command(subparsers, "link", link_person, "Print a one-time chat link for a person, good for a day.")
    link.add_argument("person", help="her code, as in people.csv")


async def add_staff(arguments: argparse.Namespace, settings: Settings) -> int:
    """The token goes to standard output alone, so that it can be piped."""
    async with opened(settings) as database, database.begin(actor="command line") as uow:
        token = await service.add_staff(uow, arguments.name, Role(arguments.role))
        await uow.commit()
    print(token)
    return 0


async def list_staff(_arguments: argparse.Namespace, settings: Settings) -> int:
    """One line a member."""
    async with opened(settings) as database, database.read() as questions:
        for _number, name, role in await store.staff(questions):
            print(f"{name}\t{role.value}")
    return 0


async def remove_staff(arguments: argparse.Namespace, settings: Settings) -> int:
    """Refused when nobody has the name."""
    async with opened(settings) as database, database.begin(actor="command line") as uow:
        await service.remove_staff(uow, arguments.name)
        await uow.commit()
    return 0


async def link_staff(arguments: argparse.Namespace, settings: Settings) -> int:
    """A link that she opens herself, in a private chat with the bot."""
    async with opened(settings) as database, database.begin(actor="command line") as uow:
        token = await members.make_link_token(uow, arguments.name)
        await uow.commit()
    _print_link(f"{STAFF_PREFIX}{token.token}", token)
    return 0


async def link_person(arguments: argparse.Namespace, settings: Settings) -> int:
    """The token, and how a link with it looks."""
    async with opened(settings) as database, database.begin(actor="command line") as uow:
        person = await people.person_id(uow, arguments.person)
        token = await service.make_link_token(uow, person)
        await uow.commit()
    print(f"token {token.token}")
    _print_link(token.token, token)
    return 0


def _print_link(start: str, token: LinkToken) -> None:
    """The bot's start parameter, and the link that holds it."""
    print(f"start {start}")
    print(f"link  https://t.me/<bot>?start={start}  (until {token.expires_at:%Y-%m-%d %H:%M} UTC)")
