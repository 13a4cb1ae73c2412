"""`python -m core run adjust|volume|withdraw|hold|lift|notes`: what staff enter by hand."""

import argparse
from collections.abc import Awaitable, Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from pydantic import ValidationError

from core.access import service as access
from core.access.model import Permission
from core.commands import Run, Subparsers, a_reason, command
from core.db.opening import opened
from core.db.unit_of_work import UnitOfWork
from core.exchange.rules.fields import is_currency
from core.kernel.money import minor_digits, minor_units
from core.kernel.volume import to_volume
from core.plan import service as plans
from core.runs.model import HoldCard, Note, NoteCurrencyUnknown, NoteWish, VolumeWish
from core.runs.service import by_hand
from core.settings import Settings, SettingsError
from core.settlement.lines.numbers import decimal_text

Wish = TypeVar("Wish", NoteWish, VolumeWish)
NUMBERS = {"amount_minor": "amount", "cv": "cv", "qv": "qv"}
"""Fields that are numbers, as the command calls them."""


def register_by_hand(actions: Subparsers) -> None:
    """Add these commands beside those of runs."""
    adjust = _by(actions, "adjust", adjust_one, "Enter a debit note (below zero) or a credit note for a cycle.")
    adjust.add_argument("cycle")
    adjust.add_argument("person", help="her code")
    adjust.add_argument("amount", type=_number, help="such as -12.50")
    adjust.add_argument("currency")
    adjust.add_argument("reason", type=a_reason)
    adjust.add_argument("--calendar", help="of the plan; its main one unless said")
    volume = _by(actions, "volume", volume_one, "Enter volume by hand for a cycle.")
    volume.add_argument("cycle")
    volume.add_argument("person", help="her code")
    volume.add_argument("cv", type=_number)
    volume.add_argument("qv", type=_number)
    volume.add_argument("reason", type=a_reason)
    volume.add_argument("--calendar", help="of the plan; its main one unless said")
    withdraw = _by(actions, "withdraw", withdraw_one, "Let a note or a correction of volume count no more.")
    withdraw.add_argument("kind", choices=list(by_hand.KINDS))
    withdraw.add_argument("number", type=int)
    notes = command(actions, "notes", list_notes, "What was entered by hand for a cycle.")
    notes.add_argument("cycle")
    notes.add_argument("--calendar", help="of the plan; its main one unless said")
    hold = _by(actions, "hold", hold_one, "Have nothing paid to a payee until the hold is lifted.")
    hold.add_argument("person", help="her code")
    hold.add_argument("reason", type=a_reason)
    lift = _by(actions, "lift", lift_one, "Let a payee be paid again.")
    lift.add_argument("person", help="her code")
    command(actions, "holds", list_holds, "To whom nothing is paid now.")


def _by(actions: Subparsers, name: str, run: Run, words: str) -> argparse.ArgumentParser:
    parser = command(actions, name, run, words)
    parser.add_argument("--as", dest="name", metavar="NAME", required=True, help="the member of staff who enters it")
    return parser


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise argparse.ArgumentTypeError("a number such as -12.50") from error
    if not found.is_finite():
        raise argparse.ArgumentTypeError("a number such as -12.50")
    return found


async def adjust_one(arguments: argparse.Namespace, settings: Settings) -> int:
    """The note's number and what it says."""
    if not is_currency(arguments.currency):
        raise NoteCurrencyUnknown(currency=arguments.currency)
    exact = arguments.amount.scaleb(minor_digits(arguments.currency))
    if exact != exact.to_integral_value():
        raise SettingsError(f"{arguments.currency} has {minor_digits(arguments.currency)} decimals.")

    async def step(uow: UnitOfWork) -> None:
        amount = minor_units(arguments.amount, arguments.currency)
        wish = _wish(
            NoteWish,
            cycle=arguments.cycle,
            person=arguments.person,
            currency=arguments.currency,
            amount_minor=amount,
            reason=arguments.reason,
            calendar=arguments.calendar,
        )
        await _print(uow, [await by_hand.note(uow, wish)])

    return await _entered(arguments, settings, step)


async def volume_one(arguments: argparse.Namespace, settings: Settings) -> int:
    """The correction's number and what it says."""

    async def step(uow: UnitOfWork) -> None:
        scale = (await plans.plan_in_force(uow, uow.now)).volume.scale
        wish = _wish(
            VolumeWish,
            cycle=arguments.cycle,
            person=arguments.person,
            cv=to_volume(arguments.cv, scale),
            qv=to_volume(arguments.qv, scale),
            reason=arguments.reason,
            calendar=arguments.calendar,
        )
        await _print(uow, [await by_hand.correct_volume(uow, wish)])

    return await _entered(arguments, settings, step)


async def withdraw_one(arguments: argparse.Namespace, settings: Settings) -> int:
    """Safe to repeat."""

    async def step(uow: UnitOfWork) -> None:
        await _print(uow, [await by_hand.withdraw(uow, arguments.kind, arguments.number)])

    return await _entered(arguments, settings, step)


async def list_notes(arguments: argparse.Namespace, settings: Settings) -> int:
    """One line each."""
    async with opened(settings) as database, database.read() as questions:
        await _print(questions, await by_hand.notes(questions, arguments.calendar, arguments.cycle))
    return 0


async def hold_one(arguments: argparse.Namespace, settings: Settings) -> int:
    """Whoever is held stays so for the first reason."""

    async def step(uow: UnitOfWork) -> None:
        held = await by_hand.hold(uow, arguments.person, arguments.reason)
        await _print_holds(uow, [held])

    return await _entered(arguments, settings, step)


async def lift_one(arguments: argparse.Namespace, settings: Settings) -> int:
    """Refused where nothing is held."""

    async def step(uow: UnitOfWork) -> None:
        await by_hand.lift(uow, arguments.person)

    return await _entered(arguments, settings, step)


async def list_holds(_arguments: argparse.Namespace, settings: Settings) -> int:
    """One line a payee."""
    async with opened(settings) as database, database.read() as questions:
        await _print_holds(questions, await by_hand.holds(questions))
    return 0


def _wish(kind: type[Wish], **values: object) -> Wish:
    """A wish, or what is wrong with the words that it was to be made of.

    Raises:
        SettingsError: a text is empty or too long, or a number too large.
    """
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        why = "is too large a number" if name in NUMBERS else "takes 1 to 200 letters"
        raise SettingsError(f"{NUMBERS.get(name, name)} {why}.") from error


async def _print_holds(uow: UnitOfWork, holds: Sequence[HoldCard]) -> None:
    names = await access.named(uow, {one.by for one in holds})
    for one in holds:
        print(f"{one.person}\t{one.reason}\tsince {one.since:%Y-%m-%d %H:%M} UTC by {names[one.by]}")


async def _print(uow: UnitOfWork, notes: Sequence[Note]) -> None:
    names = await access.named(uow, {one.entered_by for one in notes})
    scale = (await plans.plan_in_force(uow, uow.now)).volume.scale
    for one in notes:
        print(told(one, names[one.entered_by], scale))


def told(note: Note, by: str, scale: int) -> str:
    """A note in one line.

    Args:
        by: who entered it.
        scale: of the plan's volume.
    """
    if note.currency is None:
        cv, qv = (decimal_text(one, scale, trimmed=True) for one in (note.cv, note.qv))
        what = f"volume {note.note}\tCV {cv} QV {qv}"
    else:
        what = f"note {note.note}\t{decimal_text(note.amount_minor, minor_digits(note.currency))} {note.currency}"
    over = "\twithdrawn" if note.withdrawn else ""
    return f"{what}\t{note.cycle}\t{note.person}\t{note.reason}\tby {by}{over}"


async def _entered(
    arguments: argparse.Namespace, settings: Settings, step: Callable[[UnitOfWork], Awaitable[None]]
) -> int:
    async with opened(settings) as database:
        async with database.read() as questions:
            who = await access.acting(questions, arguments.name, Permission.ADJUST_SETTLEMENT)
        async with database.begin(actor=who) as uow:
            await step(uow)
            await uow.commit()
    return 0
