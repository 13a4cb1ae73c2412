"""What staff do to a ticket by tapping, in the group and in private: take, give, priority, state, type.

Data is `sd:<act>:<ticket>[:<argument>]`. Without an argument an act that has choices offers them. Core decides what
may be done; here is only how it is asked for.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot import staff
from bot.context import Context
from bot.render import desk as render
from bot.screen import Rows
from bot.staff import core_of
from core.plan.model import Priority
from core.tickets.model import ME, NOBODY_ELSE, StaffTicket, TicketChange

NUMBER_DIGITS_MAX = 15


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped button, read; `ticket` is 0 where the data names none."""

    act: str
    ticket: int
    argument: str


def read(context: Context) -> Tap:
    """The button that was tapped; whoever forged it gets no further than core lets her."""
    act, ticket, argument = context.tapped(3)
    known = ticket.isascii() and ticket.isdigit() and len(ticket) <= NUMBER_DIGITS_MAX
    return Tap(act, int(ticket) if known else 0, argument)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a tap: the ticket as it is now with a word about it, or choices in place of the buttons."""

    ticket: StaffTicket | None = None
    notice: str = ""
    choices: Rows = ()


async def take(context: Context, tap: Tap) -> Done:
    """It is hers from now on."""
    found = await _change(context, tap.ticket, TicketChange(assignee=ME))
    return Done(found, context.tr("Ticket {number} is yours.", number=str(tap.ticket)))


async def give(context: Context, tap: Tap) -> Done:
    """To whom; then it is hers, or nobody's."""
    members = await core_of(context).staff()
    if not tap.argument:
        return Done(choices=render.member_rows(tap.ticket, members, context.tr))
    if tap.argument == "0":
        found = await _change(context, tap.ticket, TicketChange(assignee=NOBODY_ELSE))
        return Done(found, context.tr("Nobody has ticket {number} now.", number=str(tap.ticket)))
    name = next((one.name for one in members if str(one.number) == tap.argument), tap.argument)
    found = await _change(context, tap.ticket, TicketChange(assignee=name))  # who left meanwhile is refused by core
    return Done(found, context.tr("{name} has ticket {number} now.", name=name, number=str(tap.ticket)))


async def priority(context: Context, tap: Tap) -> Done:
    """How much it presses."""
    if tap.argument not in list(Priority):
        return Done(choices=render.priority_rows(tap.ticket, context.tr))
    found = await _change(context, tap.ticket, TicketChange(priority=Priority(tap.argument)))
    name = context.tr(render.PRIORITIES[found.ticket.priority])
    return Done(found, context.tr("Priority: {name}", name=name))


async def state(context: Context, tap: Tap) -> Done:
    """Where it goes: only states are offered that it can go to."""
    core = core_of(context)
    terms = await core.desk_terms()
    if not tap.argument:
        found = await core.ticket(tap.ticket)
        return Done(choices=render.state_rows(tap.ticket, found.moves, terms, context.tr))
    found = await _change(context, tap.ticket, TicketChange(state=tap.argument))
    return Done(found, context.tr("State: {name}", name=render.state_name(found.ticket.state, terms, context.tr)))


async def kind(context: Context, tap: Tap) -> Done:
    """Which type it is of."""
    if not tap.argument:
        terms = await core_of(context).desk_terms()
        return Done(choices=render.type_rows(tap.ticket, terms, context.tr))
    found = await _change(context, tap.ticket, TicketChange(type=tap.argument))
    return Done(found, context.tr("Type: {name}", name=context.tr.company(found.ticket.type_name)))


async def note(context: Context, tap: Tap) -> Done:
    """How a note is written."""
    await staff.tell(context, context.tr("Reply to this message and begin with #. Only staff see it."), alert=True)
    return Done()


async def join(context: Context, tap: Tap) -> Done:
    """How tickets are merged."""
    await staff.tell(
        context, context.tr("Reply to this message with /merge and the other ticket's number."), alert=True
    )
    return Done()


Act = Callable[[Context, Tap], Awaitable[Done]]
ACTS: dict[str, Act] = {
    "t": take,
    "a": give,
    "p": priority,
    "s": state,
    "y": kind,
    "n": note,
    "j": join,
}


async def _change(context: Context, ticket: int, change: TicketChange) -> StaffTicket:
    return await core_of(context).change_ticket(ticket, change, idempotency_key=context.key("change"))
