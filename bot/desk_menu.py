"""The commands of staff, which Telegram shows in their scope alone: the staff's group, and a member's private chat."""

from contextlib import suppress

from telegram import BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.context import Context
from core.access.model import Member, Permission
from i18n.translator import mark

GROUP = {
    "desk": mark("How this group works"),
    "ticket": mark("Open a ticket with a person: CODE and your words"),
    "canned": mark("As a reply: answer with a kept text"),
    "merge": mark("As a reply: make it part of another ticket"),
}
PRIVATE = {
    "desk": mark("What waits for you"),
    "runs": mark("Settlement runs"),
    "incidents": mark("Incidents and their news"),
}
NEEDS = {"runs": Permission.SEE_PAYOUTS, "incidents": Permission.LEAD_INCIDENTS}


async def in_group(context: Context, chat: int) -> None:
    """Show the group's commands there."""
    await _show(context, chat, GROUP)


async def in_private(context: Context, chat: int, member: Member) -> None:
    """Show hers in her private chat, by her role; who is a person too keeps the menu of a person."""
    if context.stranger:
        may = {
            name: text for name, text in PRIVATE.items() if NEEDS.get(name, Permission.USE_DESK) in member.permissions
        }
        await _show(context, chat, may)


async def _show(context: Context, chat: int, commands: dict[str, str]) -> None:
    """A Telegram that refuses is no reason to fail: every command works without being shown."""
    shown = [BotCommand(name, context.tr(text)) for name, text in commands.items()]
    with suppress(TelegramError):
        await context.bot.set_my_commands(shown, scope=BotCommandScopeChat(chat))
