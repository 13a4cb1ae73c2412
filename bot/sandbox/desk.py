"""The demo's staff group: two members of staff, linked as real ones are, in a forum that takes the tickets."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox.model import Json

GROUP = -1_009_000_000_001
TITLE = "Upline · Team"
ANSWER_SECONDS_MAX = 20.0
LinkOf = Callable[[str], Awaitable[str]]
"""From the name of a member of staff to the start parameter of a one-time link; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of staff with a Telegram account; core knows her by her first name."""

    id: int
    first_name: str
    last_name: str
    language_code: str
    note: str

    def account(self) -> Json:
        """As the sandbox takes a person."""
        names = {"first_name": self.first_name, "last_name": self.last_name, "note": self.note}
        return {"id": self.id, "language_code": self.language_code, **names}


COLLEAGUES = (
    Colleague(5_800_000_001, "Noor", "Haddad", "en", "Support"),
    Colleague(5_800_000_002, "Marta", "Ibáñez", "es", "Commissions"),
)
"""The demo company's own, each in the language of her Telegram; the first sets the group up."""


class NoDesk(Exception):
    """The group could not be set up; the message is for the person at the terminal."""


async def prepare_desk(url: str, link_of: LinkOf) -> None:
    """Let both colleagues open their links, and the first set up the group; a group that is there stays as it is.

    Args:
        url: of the sandbox, with the bot running behind it.

    Raises:
        NoDesk: the bot did not answer, or core gave no link.
    """
    async with aiohttp.ClientSession() as session:
        desk = _Desk(session, f"{url}/sandbox")
        if any(group["id"] == GROUP for group in await desk.get("groups")):
            return
        links = await asyncio.gather(*(link_of(colleague.first_name) for colleague in COLLEAGUES))
        for colleague, link in zip(COLLEAGUES, links, strict=True):
            if not link:
                raise NoDesk(f"There is no link for {colleague.first_name}.")
            await desk.post("users", colleague.account())
            await desk.post(f"chats/{colleague.id}/start", {"payload": link})
            await desk.answer_in(colleague.id)
        first, members = COLLEAGUES[0], [colleague.id for colleague in COLLEAGUES]
        await desk.post("groups", {"id": GROUP, "title": TITLE, "members": members, "forum": True, "from": first.id})
        await desk.post(f"chats/{GROUP}/text", {"text": "/desk", "from": first.id})
        await desk.answer_in(GROUP)


@dataclass(frozen=True, slots=True)
class _Desk:
    session: aiohttp.ClientSession
    address: str

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.address}/{path}") as answer:
            return await answer.json()

    async def post(self, path: str, body: Json) -> None:
        async with self.session.post(f"{self.address}/{path}", json=body) as answer:
            if answer.status != 200:
                raise NoDesk(f"{path}: {await answer.text()}")

    async def answer_in(self, chat: int) -> None:
        """Wait until the bot has said something after the person's words."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                await self._until_answered(chat, after=0)
        except TimeoutError as error:
            raise NoDesk("The bot did not answer.") from error

    async def _until_answered(self, chat: int, after: int) -> None:
        while True:
            seen = await self.get(f"chats/{chat}?after={after}&wait=1")
            messages = [one for one in seen["messages"] if "forum_topic_created" not in one]
            if messages and messages[-1]["from"]["is_bot"]:
                return
            after = seen["seq"]
