"""What she wants to hear, and the buttons under messages to her."""

from core.client.calls import Calls
from core.preferences.model import AboutMessage, Heeded, Preferences, PreferenceWish


class PreferenceCalls(Calls):
    """Operations about "me" and messages; those that name a message are refused as `message_unknown` if not hers."""

    async def preferences(self) -> Preferences:
        """What she wants to hear, and when."""
        return await self._get("/v1/me/notifications", Preferences)

    async def change_preferences(self, wish: PreferenceWish, *, idempotency_key: str | None = None) -> Preferences:
        """Change it; what the wish leaves out stays. Refused as `setting_invalid` where there is no such time zone."""
        return await self._patch("/v1/me/notifications", Preferences, wish, idempotency_key=idempotency_key)

    async def less_of(self, message: int) -> Heeded:
        """At most one message a week of what this one was about."""
        return await self._post("/v1/me/notifications/less", Heeded, AboutMessage(message=message))

    async def mute(self, message: int) -> Heeded:
        """Nothing more of what this message was about; nothing at all after a digest."""
        return await self._post("/v1/me/notifications/mute", Heeded, AboutMessage(message=message))

    async def undo(self, message: int) -> Heeded:
        """As it was before she turned anything down under this message."""
        return await self._post("/v1/me/notifications/undo", Heeded, AboutMessage(message=message))

    async def tapped(self, message: int) -> None:
        """Note that she tapped a button under this message; harmless for any other number."""
        await self._call("POST", f"/v1/me/messages/{message}/tapped")
