"""Linking the calling chat, and members of staff in chat."""

from core.access.model import ByPhone, ByToken, Link, Member, Permission
from core.client.calls import Calls


class AccessCalls(Calls):
    """Operations of the access room, in the name of a chat."""

    async def link_by_token(self, token: str) -> Link:
        """Link this chat by a one-time token; refused as `link_token_invalid` or `too_many_attempts`."""
        return await self._post("/v1/links/token", Link, ByToken(token=token))

    async def link_by_phone(self, phone: str) -> Link:
        """Link this chat by the sender's own phone number.

        Refused as `phone_unknown`, `phone_ambiguous`, `already_linked` or `too_many_attempts`.
        """
        return await self._post("/v1/links/phone", Link, ByPhone(phone=phone))

    async def unlink(self, *, idempotency_key: str | None = None) -> None:
        """End this chat's link."""
        await self._delete("/v1/me/link", idempotency_key=idempotency_key)

    async def link_staff(self, token: str) -> Member:
        """Let a member of staff work from this private chat; refused as `link_by_token` is."""
        return await self._post("/v1/links/staff", Member, ByToken(token=token))


class MemberAccessCalls(Calls):
    """Operations of the access room, in the name of a member of staff; refused as `permission_missing`."""

    async def member(self) -> Member:
        """Who she is, and what she may do."""
        return await self._get("/v1/staff/me", Member)

    async def staff(self, may: Permission = Permission.ANSWER_TICKETS) -> list[Member]:
        """Members who may do something, by name."""
        return await self._get("/v1/staff", list[Member], may=may)

    async def unlink_staff(self, *, idempotency_key: str | None = None) -> None:
        """Work from this account no more."""
        await self._delete("/v1/staff/me/chat", idempotency_key=idempotency_key)
