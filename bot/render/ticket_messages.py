"""What was written in a ticket, as its person reads it."""

from collections.abc import Sequence

from bot.screen import bold, cut, lines
from core.tickets.model import Direction, TicketMessage
from i18n.translator import Translator

VIEW_MAX = 2400
"""Characters of messages on one screen; the newest are shown."""
MESSAGE_MAX = 900
NAME_MAX = 60
HEAD_LENGTH = 40


def messages(shown: Sequence[TicketMessage], tr: Translator, zone: str) -> list[str]:
    """As many of the newest messages as fit, the oldest of them first, under one head where they came together."""
    told: list[str] = []
    head = ""
    for message in _fitting(shown):
        before, head = head, _head(message, tr, zone)
        told.append(lines(*(() if head == before else ("", head)), *_said(message)))
    return told


def _fitting(messages: Sequence[TicketMessage]) -> list[TicketMessage]:
    kept: list[TicketMessage] = []
    length = 0
    for message in reversed(messages):
        length += len(lines(*_said(message))) + HEAD_LENGTH
        if kept and length > VIEW_MAX:
            break
        kept.insert(0, message)
    return kept


def _head(message: TicketMessage, tr: Translator, zone: str) -> str:
    """Who wrote, and when: to the minute, so that what she sent at once stands together."""
    who = tr("You") if message.direction is Direction.IN else _author(message, tr)
    return f"{bold(who)} · {tr.moment(message.at, zone)}"


def _said(message: TicketMessage) -> list[str]:
    text = [cut(message.text, MESSAGE_MAX)] if message.text.strip() else []
    return [*text, *(f"📎 {cut(one.name, NAME_MAX)}" for one in message.attachments)]


def _author(message: TicketMessage, tr: Translator) -> str:
    return tr("The company") if message.author == "system" else cut(message.author, NAME_MAX)
