"""The clients, put together from the rooms' calls."""

from types import TracebackType
from typing import Self

import aiohttp

from core.client.access import AccessCalls, MemberAccessCalls
from core.client.attachments import AttachmentCalls, OwnAttachmentCalls
from core.client.calls import TIMEOUT_S
from core.client.campaigns import CampaignCalls
from core.client.earnings import EarningsCalls
from core.client.health import HealthCalls
from core.client.incidents import IncidentWorkCalls, OwnIncidentCalls, StaffIncidentCalls
from core.client.me import MeCalls
from core.client.messaging import MessagingCalls
from core.client.outreach import OutreachCalls
from core.client.plan import PlanCalls
from core.client.points import PointsCalls
from core.client.preferences import PreferenceCalls
from core.client.runs import RunCalls
from core.client.support import MemberSupportCalls, SupportCalls
from core.client.tickets import StaffTicketCalls, TicketCalls

CONNECTIONS_MAX = 100


class ChatClient(
    AccessCalls, OwnAttachmentCalls, MeCalls, PointsCalls, EarningsCalls, PreferenceCalls, TicketCalls, OwnIncidentCalls
):
    """Core, asked in the name of a chat: whoever it is linked to is "me"."""

    def speaking(self, language: str) -> "ChatClient":
        """The same, with core's sentences in that language."""
        return ChatClient(self._session, self._base_url, {**self._headers, "Accept-Language": language})


class MemberClient(
    MemberAccessCalls, AttachmentCalls, StaffTicketCalls, MemberSupportCalls, RunCalls, StaffIncidentCalls
):
    """Core, asked in the name of a member of staff who works from a chat: her role says what she may."""

    def speaking(self, language: str) -> "MemberClient":
        """The same, with core's sentences in that language."""
        return MemberClient(self._session, self._base_url, {**self._headers, "Accept-Language": language})


class CoreClient(CampaignCalls, HealthCalls, MessagingCalls, OutreachCalls, PlanCalls, SupportCalls, IncidentWorkCalls):
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

    def for_member(
        self, user: int, request_id: str = "", *, group: int | None = None, language: str = ""
    ) -> MemberClient:
        """A light view that asks in the name of the member of staff behind an account of the messenger.

        Args:
            user: the account; one behind which no member is may do nothing.
            request_id: as for `for_chat`.
            group: where she does it, if not in her private chat; in a group that is not the staff's she may do nothing.
            language: as for `for_chat`.
        """
        headers = {"X-Member": str(user), "X-Request-Id": request_id, "Accept-Language": language}
        headers["X-Chat"] = "" if group is None else str(group)
        return MemberClient(self._session, self._base_url, {name: value for name, value in headers.items() if value})

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
