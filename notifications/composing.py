"""From what core hands out to what is said: one message, or a digest of several. Pure."""

from dataclasses import replace

from core.messaging.model import Outgoing, Part
from i18n.translator import Translator
from notifications.kinds import writer
from notifications.message import Message, paragraphs

LENGTH_MAX = 4096
"""Telegram's limit, in UTF-16 units; nobody reads as much in any channel."""


class KindUnknown(Exception):
    """There is no text for this kind here: core is newer than this worker."""


def compose(outgoing: Outgoing, tr: Translator) -> Message:
    """The message, or, of several parts, a digest: the first whole, of each other its first paragraph.

    What is too long loses its last lines.

    Raises:
        KindUnknown: there is no text for one of its kinds.
    """
    first, *others = [_message(part, outgoing.time_zone, tr) for part in outgoing.parts]
    if not others:
        return replace(first, text=fitting(first.text))
    count = 1 + len(others)
    head = tr.plural("{n} piece of news for you:", "{n} pieces of news for you:", count)
    leads = [[other.text.partition("\n\n")[0]] for other in others]
    subject = tr.plural("{n} piece of news for you", "{n} pieces of news for you", count)
    return Message(fitting(paragraphs([head], [first.text], *leads)), first.action, subject)


def _message(part: Part, time_zone: str, tr: Translator) -> Message:
    write = writer(part.kind)
    if write is None:
        raise KindUnknown(part.kind)
    return write({**part.facts, "time_zone": time_zone}, tr)


def fitting(text: str, length_max: int = LENGTH_MAX) -> str:
    """The text, ended by a line with "…" in place of its last lines where it would be too long.

    | text                | length_max | result      |
    | ------------------- | ---------- | ----------- |
    | `one⏎two⏎three`     | 13         | the same    |
    | `one⏎two⏎three`     | 12         | `one⏎two⏎…` |
    | `onetwothree`       | 8          | `onetwot…`  |
    """
    if _units(text) <= length_max:
        return text
    kept = text
    while "\n" in kept and _units(kept) + 2 > length_max:
        kept = kept.rpartition("\n")[0]
    if _units(kept) + 2 <= length_max:
        return f"{kept.rstrip()}\n…"
    while _units(kept) + 1 > length_max:
        kept = kept[: -max(1, (_units(kept) + 1 - length_max) // 2)]
    return f"{kept}…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
