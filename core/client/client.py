"""The two clients, put together from the rooms' calls."""

from types import TracebackType
from typing import Self

import aiohttp

from core.client.access import AccessCalls
from core.client.attachments import OwnAttachmentCalls
from core.client.calls import TIMEOUT_S
from core.client.campaigns import CampaignCalls
from core.client.earnings import EarningsCalls
from core.client.health import HealthCalls
from core.client.me import MeCalls
from core.client.messaging import MessagingCalls
from core.client.outreach import OutreachCalls
from core.client.plan import PlanCalls
from core.client.points import PointsCalls
from core.client.preferences import PreferenceCalls
from core.client.tickets import TicketCalls

CONNECTIONS_MAX = 100


class ChatClient(AccessCalls, OwnAttachmentCalls, MeCalls, PointsCalls, EarningsCalls, PreferenceCalls, TicketCalls):
    """Core, asked in the name of a chat: whoever it is linked to is "me"."""

    def speaking(self, language: str) -> "ChatClient":
        """The same, with core's sentences in that language."""
        return ChatClient(self._session, self._base_url, {**self._headers, "Accept-Language": language})


class CoreClient(CampaignCalls, HealthCalls, MessagingCalls, OutreachCalls, PlanCalls):
    """Core, asked by a process of ours for itself. Make it where a loop runs, and close it."""

    def __init__(self, base_url: str, key: str, *, timeout_s: float = TIMEOUT_S) -> None:
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS_MAX),
            timeout=aiohttp.ClientTimeout(total=timeout_s, sock_connect=min(timeout_s, 5.0)),
            headers={"Authorization": f"Bearer {key}"},
        )
        super().__init__(session, base_url.rstrip("/"), {})

    def for_chat(self, chat_id: int, request_id: str = "", *, language: str = "") -> ChatClient:
        """A light view that asks in the name of a chat.

        Args:
            request_id: travels into core's log and events; by default the one of the update at hand.
            language: of the sentences in refusals.
        """
        headers = {"X-Chat": str(chat_id), "X-Request-Id": request_id, "Accept-Language": language}
        return ChatClient(self._session, self._base_url, {name: value for name, value in headers.items() if value})

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
