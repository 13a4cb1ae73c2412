"""One person at her phone: what she does, and what the bot makes of it, written down."""

import re
from typing import Any

from tests.support.talks.stage import Stage
from tests.support.transcript import told

Json = dict[str, Any]
QUOTED_MAX = 160
ORDER = re.compile(r"\bR[0-9A-HJKMNP-TV-Z]{8}\b")
TOKEN = re.compile(r"\br_[\w-]{16}")


class Talk:
    """A conversation; each act waits for the answer and adds both to `record`."""

    def __init__(self, stage: Stage, chat: int) -> None:
        self._stage = stage
        self.chat = chat
        self.record: list[str] = []
        self.silent: list[str] = []
        """Acts that nothing followed."""

    async def begin(self, **user: Any) -> None:
        """Be somebody with a name, a language and a phone."""
        await self._stage.sandbox.act("users", id=self.chat, **user)

    def title(self, text: str) -> None:
        self.record.append(f"## {text}")

    async def says(self, text: str) -> None:
        await self._act(f"**{_short(text)}**", "text", text=text)

    async def opens(self, payload: str, shown: str) -> None:
        """Open the bot by its link; `shown` stands for the payload in the record."""
        await self._act(f"*opens the link {shown}*" if payload else "*presses Start*", "start", payload=payload)

    async def shares(self, **contact: Any) -> None:
        """Share her own contact, or a foreign one."""
        await self._act(
            "*shares somebody else's contact*" if contact else "*shares her own contact*", "contact", **contact
        )

    async def taps(self, data: str, *, times: int = 1) -> None:
        """Tap the newest button whose data begin so; `times` in a hurry."""
        message, button = await self._button(data)
        said = f"*taps* [{button['text']}]" + (" *twice, fast*" if times > 1 else "")
        for _ in range(times - 1):
            await self._press(message, button["callback_data"])
        await self._act(said, "tap", message_id=message["message_id"], data=button["callback_data"])

    async def taps_old(self, message_id: int, data: str) -> None:
        """Tap a button that was on a message once."""
        await self._act("*taps an old button*", "tap", message_id=message_id, data=data, forged=True)

    async def hears(self) -> None:
        """Read what the company says by itself."""
        before = {one["message_id"]: told(one) for one in await self._messages()}
        await self._stage.deliver()
        self._write("*hears from the company*", before, await self._messages())

    async def heeds(self, what: str) -> None:
        """Tap the button under what the company said by itself that does or opens something, such as `less`."""
        for _, button in await self._buttons():
            data = str(button["callback_data"])
            if data.startswith("n:") and data.split(":")[2] == what:
                await self.taps(data)
                return
        raise AssertionError(f"there is no button {what!r} under a message; the chat ends: {self.record[-1]}")

    async def hears_nothing(self, because: str) -> None:
        """The company says nothing, and the page tells why.

        Raises:
            AssertionError: it says something.
        """
        before = await self._messages()
        await self._stage.deliver()
        assert await self._messages() == before, "nothing was to be said"
        self.record.append(f"*(hears nothing: {because})*")

    async def newest(self) -> Json:
        return (await self._messages())[-1]

    async def has(self, data: str) -> bool:
        """Whether such a button is on the newest message with buttons."""
        return any(button["callback_data"].startswith(data) for _, button in await self._buttons())

    async def _press(self, message: Json, data: str) -> None:
        await self._stage.sandbox.act(f"chats/{self.chat}/tap", message_id=message["message_id"], data=data)

    async def _button(self, data: str) -> tuple[Json, Json]:
        for message, button in await self._buttons():
            if button["callback_data"].startswith(data):
                return message, button
        raise AssertionError(f"there is no button {data!r}; the chat ends: {self.record[-1]}")

    async def _buttons(self) -> list[tuple[Json, Json]]:
        found: list[tuple[Json, Json]] = []
        for message in reversed(await self._messages()):
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
                found.extend((message, button) for button in row if "callback_data" in button)
        return found

    async def _messages(self) -> list[Json]:
        found: list[Json] = (await self._stage.sandbox.look(f"chats/{self.chat}"))["messages"]
        return found

    async def _act(self, said: str, kind: str, **body: Any) -> None:
        before = {one["message_id"]: told(one) for one in await self._messages()}
        await self._stage.sandbox.act(f"chats/{self.chat}/{kind}", **body)
        await self._stage.quiet()
        self._write(said, before, await self._messages())

    def _write(self, said: str, before: dict[int, str], after: list[Json]) -> None:
        """What is new, and which older message changed."""
        said = steady(said)
        self.record.append(said)
        answers = 0
        for message in after:
            number, text = message["message_id"], told(message)
            if not message["from"]["is_bot"] or before.get(number) == text:
                continue
            answers += 1
            dropped = number in before and not message.get("reply_markup") and text in before[number]
            if dropped:
                continue
            self.record.append(_quoted(steady(text), changed=number in before))
        if not answers:
            self.silent.append(said)
            self.record.append("*(nothing changes)*")


def steady(text: str) -> str:
    """The same text every time: an order's id and an invitation's token are drawn by lot."""
    return TOKEN.sub("r_" + "x" * 16, ORDER.sub("R1234ABCD", text))


def _short(text: str) -> str:
    plain = re.sub(r"\s+", " ", text)
    return plain if len(plain) <= QUOTED_MAX else f"{plain[:QUOTED_MAX]}… ({len(text)} characters)"


def _quoted(text: str, *, changed: bool) -> str:
    lines = [*(["*(the message changes)*"] if changed else []), *text.splitlines()]
    return "\n".join(f"> {line}  " if line else ">" for line in lines)
