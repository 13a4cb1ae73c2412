"""Campaigns, for members of staff."""

from datetime import datetime

from core.campaigns.model import Campaign, CampaignCard, NewCampaign, Preview, SendWish
from core.client.calls import Calls
from core.http.model import Page


class CampaignCalls(Calls):
    """Operations that need a member of staff's key; they are refused as `campaign_unknown` and the like."""

    async def add_campaign(self, new: NewCampaign, *, idempotency_key: str | None = None) -> Campaign:
        """A new draft."""
        return await self._post("/v1/campaigns", Campaign, new, idempotency_key=idempotency_key)

    async def change_campaign(self, number: int, new: NewCampaign) -> Campaign:
        """Write a draft anew; refused as `campaign_fixed`."""
        return await self._put(f"/v1/campaigns/{number}", Campaign, new)

    async def campaigns(self, *, cursor: str | None = None, limit: int | None = None) -> Page[Campaign]:
        """Campaigns, the last one first."""
        return await self._get("/v1/campaigns", Page[Campaign], cursor=cursor, limit=limit)

    async def campaign(self, number: int) -> CampaignCard:
        """One with what became of its messages."""
        return await self._get(f"/v1/campaigns/{number}", CampaignCard)

    async def preview_campaign(self, number: int) -> Preview:
        """Whom it would reach now."""
        return await self._get(f"/v1/campaigns/{number}/preview", Preview)

    async def send_campaign(self, number: int, at: datetime | None = None) -> Campaign:
        """Have it go out; refused as `campaign_begun`."""
        return await self._post(f"/v1/campaigns/{number}/send", Campaign, SendWish(at=at))

    async def cancel_campaign(self, number: int) -> Campaign:
        """Let nothing more of it go out; refused as `campaign_over`."""
        return await self._post(f"/v1/campaigns/{number}/cancel", Campaign)
