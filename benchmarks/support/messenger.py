"""Many people at their phones, on the sandbox's other side."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

import aiohttp

ARRIVALS_A_SECOND = 20
ANSWER_WITHIN_S = 30.0
Json = dict[str, Any]


class Messenger:
    """People write and tap at a steady pace, one after the other, each waiting for her answer."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session, self._base = session, base

    async def join(self, chats: Sequence[int]) -> None:
        """Make the people."""
        for chat in chats:
            await self._act("users", id=chat, first_name="Ana", language_code="en")

    async def all_say(self, chats: Sequence[int], texts: Sequence[str]) -> None:
        """Everybody says one of the texts in turn, and gets an answer."""
        turns = [(chat, texts[place % len(texts)]) for place, chat in enumerate(chats)]
        await self._in_turn([partial(self._say, chat, text) for chat, text in turns])

    async def all_tap(self, chats: Sequence[int], buttons: Sequence[str]) -> None:
        """Everybody taps one of the buttons in turn under her newest message, which changes."""
        turns = [(chat, buttons[place % len(buttons)]) for place, chat in enumerate(chats)]
        await self._in_turn([partial(self._tap, chat, data) for chat, data in turns])

    async def all_press(self, chats: Sequence[int], data: str) -> None:
        """Everybody taps the button under her newest message whose data begins so, and the message changes."""
        await self._in_turn([partial(self._press, chat, data) for chat in chats])

    async def calls(self, method: str) -> list[Json]:
        """The bot's last calls of a method."""
        found: list[Json] = await self._look(f"calls?method={method}")
        return found

    async def _say(self, chat: int, text: str) -> None:
        mine = (await self._act(f"chats/{chat}/text", text=text))["message_id"]
        await self._until(chat, lambda newest: newest["message_id"] > mine)

    async def _tap(self, chat: int, data: str) -> None:
        before = (await self._look(f"chats/{chat}"))["messages"][-1]
        await self._act(f"chats/{chat}/tap", message_id=before["message_id"], data=data)
        await self._until(chat, lambda newest: newest != before)

    async def _press(self, chat: int, begins: str) -> None:
        newest = (await self._look(f"chats/{chat}"))["messages"][-1]
        buttons = [button for row in newest["reply_markup"]["inline_keyboard"] for button in row]
        [wanted] = [button["callback_data"] for button in buttons if button.get("callback_data", "").startswith(begins)]
        await self._tap(chat, wanted)

    async def _until(self, chat: int, answered: Callable[[Json], bool]) -> None:
        view = await self._look(f"chats/{chat}")
        async with asyncio.timeout(ANSWER_WITHIN_S):
            while not answered(view["messages"][-1]):
                view = await self._look(f"chats/{chat}?after={view['seq']}&wait={ANSWER_WITHIN_S}")

    async def _in_turn(self, acts: Sequence[Callable[[], Coroutine[Any, Any, None]]]) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with asyncio.TaskGroup() as group:
            for place, act in enumerate(acts):
                await asyncio.sleep(began + place / ARRIVALS_A_SECOND - loop.time())
                group.create_task(act())

    async def _act(self, path: str, **body: Any) -> Json:
        async with self._session.post(f"{self._base}/sandbox/{path}", json=body) as answer:
            found: Json = await answer.json()
            assert answer.status == 200, found
            return found

    async def _look(self, path: str) -> Any:
        async with self._session.get(f"{self._base}/sandbox/{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()
