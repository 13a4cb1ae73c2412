"""Linking the calling chat."""

from core.access.model import ByPhone, ByToken, Link
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
