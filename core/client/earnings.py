"""Her earnings, statements and payouts, and the reason of each amount."""

from urllib.parse import quote

from core.client.calls import Calls
from core.earnings.model import AwardCard, Estimate, Payouts, Statement, StatementCard, Why, WhyNot
from core.http.model import Page


class EarningsCalls(Calls):
    """Operations about "me" and what she earns; sentences come in the language that the client asks in."""

    async def my_estimate(self) -> Estimate:
        """What the open cycle would pay if it closed now; beside it those of other calendars."""
        return await self._get("/v1/me/estimate", Estimate)

    async def my_estimate_lines(
        self,
        *,
        bonus: str | None = None,
        calendar: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> Page[AwardCard]:
        """The estimate's lines, the largest first, of a calendar's open cycle; refused as `bonus_unknown`."""
        path = "/v1/me/estimate/lines"
        return await self._get(path, Page[AwardCard], bonus=bonus, calendar=calendar, cursor=cursor, limit=limit)

    async def my_statements(self, *, cursor: str | None = None, limit: int | None = None) -> Page[StatementCard]:
        """Her released statements, the latest first."""
        return await self._get("/v1/me/statements", Page[StatementCard], cursor=cursor, limit=limit)

    async def my_statement(self, cycle: str = "latest") -> Statement:
        """One of them, by the cycle's code or `latest`; refused as `statement_unknown`."""
        return await self._get(f"/v1/me/statements/{quote(cycle, safe='')}", Statement)

    async def my_statement_lines(
        self, cycle: str, *, bonus: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> Page[AwardCard]:
        """A statement's lines, the largest first."""
        path = f"/v1/me/statements/{quote(cycle, safe='')}/lines"
        return await self._get(path, Page[AwardCard], bonus=bonus, cursor=cursor, limit=limit)

    async def why(self, award: str) -> Why:
        """The chain of one line; refused as `award_unknown`."""
        return await self._get(f"/v1/me/awards/{quote(award, safe='')}/why", Why)

    async def why_not(self, *, cycle: str | None = None) -> list[WhyNot]:
        """What keeps each bonus from her that she does not earn: in the open cycle, or in a released one."""
        return await self._get("/v1/me/why-not", list[WhyNot], cycle=cycle)

    async def my_payouts(self) -> Payouts:
        """When and where her money comes, and what is carried over."""
        return await self._get("/v1/me/payouts", Payouts)
