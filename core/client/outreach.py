"""The outreach room: planning, and what would be planned."""

from datetime import datetime

from core.client.calls import Calls
from core.outreach.model import Due, Planned, PlanWish


class OutreachCalls(Calls):
    """Operations for the worker. All may be repeated after `CoreAway`."""

    async def plan_outreach(self, wish: PlanWish) -> Planned:
        """Have planned what is due by now; core says whether it goes on with it."""
        return await self._post("/v1/outreach/plan", Planned, wish)

    async def due_outreach(
        self, at: datetime | None = None, *, kind: str | None = None, person: str | None = None
    ) -> Due:
        """What planning at a moment would write, to everybody or to the person with this code; nothing is written."""
        when = None if at is None else at.isoformat()
        return await self._get("/v1/outreach/due", Due, at=when, kind=kind, person=person)
