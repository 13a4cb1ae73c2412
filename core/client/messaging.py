"""The message room: inbox, outbox, leases, and what the bot keeps."""

from core.client.calls import Calls
from core.messaging.model import (
    ChatState,
    Claims,
    Delivered,
    Exchange,
    FileId,
    Lease,
    LeaseWish,
    NotDelivered,
    OutgoingBatch,
    OutgoingClaim,
    Sending,
    Shown,
    Unsure,
)


class MessagingCalls(Calls):
    """Operations for bot and worker. All may be repeated after `CoreAway`."""

    async def exchange(self, wish: Exchange) -> Claims:
        """Tell the inbox all there is to tell, and take work."""
        return await self._post("/v1/inbox", Claims, wish)

    async def tidy_inbox(self) -> None:
        """Have updates forgotten that were done more than a week ago, and messages to people that ended long ago."""
        await self._call("POST", "/v1/inbox/tidy")

    async def tidy_links(self) -> None:
        """Have one-time tokens forgotten that link nobody any more."""
        await self._call("POST", "/v1/links/tidy")

    async def shown(self, bot: int, chat: int, message: int) -> Shown:
        """What a message of ours shows now, and what a reply to it belongs to."""
        return await self._get(f"/v1/bots/{bot}/chats/{chat}/messages/{message}", Shown)

    async def file_id(self, bot: int, key: str) -> FileId:
        """The messenger's name for a file that this bot uploaded before."""
        return await self._get("/v1/files", FileId, bot=bot, key=key)

    async def chat_state(self, chat: int) -> ChatState:
        """What the bot keeps of a chat."""
        return await self._get(f"/v1/chats/{chat}/state", ChatState)

    async def keep_chat_state(self, chat: int, kept: ChatState) -> None:
        """Keep that of a chat."""
        await self._call("PUT", f"/v1/chats/{chat}/state", body=kept)

    async def lease(self, name: str, wish: LeaseWish) -> Lease:
        """Take or prolong a lease; the answer says whether the asker has it. `name` is letters, digits, - and ."""
        return await self._post(f"/v1/leases/{name}", Lease, wish)

    async def claim_outgoing(self, wish: OutgoingClaim) -> OutgoingBatch:
        """Messages to people that may go now, for this worker alone, each with its turn."""
        return await self._post("/v1/outreach/claim", OutgoingBatch, wish)

    async def sending(self, message: int, report: Sending) -> None:
        """Say that a message is about to go; refused as `message_unknown` where it must not."""
        await self._call("POST", f"/v1/outbox/{message}/sending", body=report)

    async def outgoing_file(self, message: int, holder: str) -> bytes:
        """What is in the file that a message in the holder's hands carries.

        Refused as `message_unknown`, or as `attachment_unknown` where the file is gone.
        """
        return await self._call("GET", f"/v1/outbox/{message}/file", query={"holder": holder})

    async def delivered(self, message: int, report: Delivered) -> None:
        """Close a message that went out; refused as `message_unknown` where somebody else has it by now."""
        await self._call("POST", f"/v1/outbox/{message}/delivered", body=report)

    async def not_delivered(self, message: int, report: NotDelivered) -> None:
        """Have a message tried again later, or close it."""
        await self._call("POST", f"/v1/outbox/{message}/not-delivered", body=report)

    async def unsure(self, message: int, report: Unsure) -> None:
        """Say that nobody knows whether a message went out."""
        await self._call("POST", f"/v1/outbox/{message}/unsure", body=report)
