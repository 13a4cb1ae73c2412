"""Several chats that belong to one story, written down as one."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.talks.house import House, Json, buttons
from tests.support.transcript import told

WITHIN_S = 90.0
LOOKS_S = 0.1
TOKEN = re.compile(r"m_[\w-]{16,}")
Seen = Mapping[int, Mapping[int, str]]
Expected = Callable[["Sides", Seen], bool]


@dataclass
class Sides:
    """What stands in each chat, and the record of how it came to."""

    house: House
    places: dict[int, str]
    """What the record calls each chat, in the order in which it tells of them."""
    record: list[str] = field(default_factory=list)
    now: dict[int, list[Json]] = field(default_factory=dict)

    def title(self, text: str) -> None:
        """A heading."""
        self.record.append(f"## {text}")

    def aside(self, text: str) -> None:
        """Something that happens beside the conversation."""
        self.record.append(f"*({text})*")

    async def does(self, said: str, act: Callable[[], Awaitable[Any]], *expected: Expected) -> None:
        """Something is done; goes on when all that is expected has happened, and writes down what is new.

        Raises:
            AssertionError: it did not happen in time.
        """
        await self._look()
        before: Seen = {chat: {one["message_id"]: told(one) for one in said} for chat, said in self.now.items()}
        self.record.append(TOKEN.sub("m_…", said))
        await act()
        deadline = asyncio.get_running_loop().time() + WITHIN_S
        while not all(one(self, before) for one in expected):
            assert asyncio.get_running_loop().time() < deadline, "\n\n".join([*self.record[-12:], self._new(before)])
            await asyncio.sleep(LOOKS_S)
            await self._look()
        self.record.append(self._new(before) or "*(nothing is said)*")

    def found(self, chat: int, data: str) -> tuple[Json, str]:
        """The newest message with a button whose data begin so, and those data.

        Raises:
            AssertionError: there is none.
        """
        for message in reversed(self.now[chat]):
            for one in buttons(message):
                if one.startswith(data):
                    return message, one
        raise AssertionError(f"no button {data!r} in {self.places[chat]}: {self.record[-1]}")

    async def _look(self) -> None:
        self.now = {chat: await self.house.messages(chat) for chat in self.places}

    def _new(self, before: Seen) -> str:
        parts = []
        for chat, place in self.places.items():
            fresh = [_quoted(one, before[chat]) for one in self.now[chat] if _is_news(one, before[chat])]
            if fresh:
                parts += [f"*{place}:*", *fresh]
        return "\n\n".join(parts)


def offers(chat: int, data: str) -> Expected:
    """A message that is new or changed has a button whose data begin so."""
    return lambda sides, before: any(
        _is_news(one, before[chat]) and any(found.startswith(data) for found in buttons(one)) for one in sides.now[chat]
    )


def says(chat: int, text: str) -> Expected:
    """A message that is new or changed holds this text."""
    return lambda sides, before: any(
        _is_news(one, before[chat]) and text in str(one.get("text", one.get("caption"))) for one in sides.now[chat]
    )


def stands(chat: int, text: str) -> Expected:
    """A message of the bot holds this text, new or not."""
    return lambda sides, _before: any(
        one["from"]["is_bot"] and text in str(one.get("text", one.get("caption"))) for one in sides.now[chat]
    )


def shows(chat: int, kind: str) -> Expected:
    """A new message of the bot carries a file of this kind."""
    return lambda sides, before: any(_is_news(one, before[chat]) and kind in one for one in sides.now[chat])


def loses(chat: int, data: str) -> Expected:
    """No message has a button any more whose data begin so."""
    return lambda sides, _before: (
        not any(one.startswith(data) for message in sides.now[chat] for one in buttons(message))
    )


def _is_news(message: Json, before: Mapping[int, str]) -> bool:
    return bool(message["from"]["is_bot"]) and before.get(message["message_id"]) != told(message)


def _quoted(message: Json, before: Mapping[int, str]) -> str:
    changed = ["*(the message changes)*"] if message["message_id"] in before else []
    topic = message.get("forum_topic_created")
    lines = [f"*(topic {topic['name']})*"] if topic else told(message).splitlines()
    files = [f"({kind})" for kind in ("document", "voice") if kind in message]
    return "\n".join(f"> {line}  " if line else ">" for line in [*changed, *files, *lines])
