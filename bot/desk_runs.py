"""Settlement runs from a member's private chat: look, start, preview, validate, approve. Core decides who may."""

import asyncio
import time

from telegram import Update

from bot import staff
from bot.context import App, Context
from bot.members import on_command, on_tap, why
from bot.render import runs as render
from bot.staff import core_of
from core.access.model import Permission
from core.kernel.errors import Refused
from core.runs.model import NewRun, RunCard, Work

LOOK_EVERY_S = 2.0
LOOK_FOR_S = 30.0
"""So long the screen follows a run's work by itself; after that a tap does."""
CYCLES_OFFERED = 6


async def runs(update: Update, context: Context) -> None:
    """/runs: the last ones."""
    core = core_of(context)
    await context.show(render.runs((await core.runs()).items, await core.member(), context.tr))


async def choose(update: Update, context: Context) -> None:
    """Which cycle a new run is to settle."""
    cycles = await core_of(context).cycles()
    settled = {one.cycle for one in (await core_of(context).runs()).items}
    codes = [code for code in (*cycles.due, *(one.code for one in cycles.closed[::-1])) if code not in settled]
    await context.show(render.which_cycle(list(dict.fromkeys(codes))[:CYCLES_OFFERED], context.tr))


async def start(update: Update, context: Context) -> None:
    """A new run; it is a draft, and changes nothing for anybody."""
    [cycle] = context.tapped(1)
    await _show(context, await core_of(context).start_run(NewRun(cycle=cycle), idempotency_key=context.key("start")))


async def one(update: Update, context: Context) -> None:
    """One run as it stands; followed for a while where somebody works on it."""
    await _follow(context, await core_of(context).run(_number(context)))


async def findings(update: Update, context: Context) -> None:
    """What its last preview and validation found."""
    core, number = core_of(context), _number(context)
    await context.show(render.found(await core.run(number), await core.run_findings(number), context.tr))


async def preview(update: Update, context: Context) -> None:
    """Have it calculated from what is known now."""
    await _work(context, Work.PREVIEW)


async def validate(update: Update, context: Context) -> None:
    """Have it recalculated and frozen."""
    await _work(context, Work.VALIDATE)


async def ask_approval(update: Update, context: Context) -> None:
    """What her approval would mean."""
    await context.show(render.approving(await core_of(context).run(_number(context)), context.tr))


async def approve(update: Update, context: Context) -> None:
    """Approve it in her name."""
    number = _number(context)
    try:
        card = await core_of(context).approve_run(number, idempotency_key=context.key("approve"))
    except Refused as refusal:
        await _show(context, await core_of(context).run(number), why(context, refusal))
        return
    await _show(context, card, context.tr("Thank you, your approval stands."))


async def _work(context: Context, work: Work) -> None:
    core, number, key = core_of(context), _number(context), context.key(work.value)
    act = core.preview_run if work is Work.PREVIEW else core.validate_run
    try:
        card = await act(number, idempotency_key=key)
    except Refused as refusal:
        await _show(context, await core.run(number), why(context, refusal))
        return
    await _follow(context, card)


async def _follow(context: Context, card: RunCard) -> None:
    """Show a run, again and again in the same message while somebody works on it."""
    until = time.monotonic() + LOOK_FOR_S
    await _show(context, card)
    await staff.tell(context, "")
    while card.progress is not None and time.monotonic() < until:
        await asyncio.sleep(LOOK_EVERY_S)
        card = await core_of(context).run(card.run)
        await _show(context, card)


async def _show(context: Context, card: RunCard, notice: str | None = None) -> None:
    core = core_of(context)
    names = {f"staff:{each.number}": each.name for each in await core.staff(Permission.USE_DESK)}
    await context.show(render.run(card, await core.member(), names, context.tr, notice=notice))


def _number(context: Context) -> int:
    [number] = context.tapped(1)
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    on_command(app, "runs", runs)
    on_tap(app, r"^sr$", runs)
    on_tap(app, r"^srn$", choose)
    on_tap(app, r"^srs:", start)
    on_tap(app, r"^sro:", one)
    on_tap(app, r"^srf:", findings)
    on_tap(app, r"^srp:", preview)
    on_tap(app, r"^srv:", validate)
    on_tap(app, r"^sra:", ask_approval)
    on_tap(app, r"^sray:", approve)
