"""What a message is before a channel gives it a form: plain text, the one thing to do, and a subject."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.messaging.kinds import Screen
from i18n.translator import Translator

Facts = dict[str, Any]
"""What core knows of the matter; which facts a kind has stands in `notifications.kinds`."""


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing to do about a message: a screen of the chat."""

    label: str
    screen: Screen
    argument: str = ""
    """What the screen is to show, such as an order's number; nothing where it needs none."""


Button = tuple[str, str]
"""What it says, and what it asks of the bot."""
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class File:
    """What goes out as a file."""

    name: str
    media_type: str
    content: bytes = b""
    """What is in it; core has it, and it is fetched when the message goes."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is said.

    Attributes:
        text: plain, without any markup. Its first paragraph stands alone: in a digest it is all that is said.
        subject: what an e-mail is headed by; short.
        rows: buttons of its own in a chat, in place of those that every message to a person has.
        file: what goes out in place of the text in a chat, and with it by e-mail.
    """

    text: str
    action: Action | None
    subject: str
    rows: Rows = ()
    file: File | None = None


Write = Callable[[Facts, Translator], Message]
"""What each kind's file has under the name of `message`: pure."""


def paragraphs(*given: list[str]) -> str:
    """Lines in paragraphs; empty lines and empty paragraphs vanish."""
    kept = ["\n".join(line for line in lines if line) for lines in given]
    return "\n\n".join(text for text in kept if text)
