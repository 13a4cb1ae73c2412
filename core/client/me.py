"""Everything a person may ask about herself and her line, in the name of her chat."""

from urllib.parse import quote

from core.calendar.model import CycleCard
from core.client.calls import Calls
from core.http.model import Page
from core.line.model import LinePage, Sort
from core.orders.model import Order, OrderCard
from core.people.model import Kind, LinePerson, Me, OwnSettings, Team
from core.progress.model import Progress, WhatIf
from core.ranks.model import RankPeriod


class MeCalls(Calls):
    """Operations about "me"; each is refused as `chat_not_linked` in a stranger's chat."""

    async def me(self) -> Me:
        """Who she is."""
        return await self._get("/v1/me", Me)

    async def change_settings(self, settings: OwnSettings, *, idempotency_key: str | None = None) -> Me:
        """Change what she may change herself; fields that are None stay as they are."""
        return await self._patch("/v1/me/settings", Me, settings, idempotency_key=idempotency_key)

    async def my_progress(self, rank: str | None = None) -> Progress:
        """Where her needles stand and what `rank`, or the next one, still asks; refused as `rank_unknown`."""
        return await self._get("/v1/me/progress", Progress, rank=rank)

    async def what_if(self, supposed: WhatIf) -> Progress:
        """Her progress if those orders came; nothing is stored."""
        return await self._post("/v1/me/what-if", Progress, supposed)

    async def my_ranks(self) -> list[RankPeriod]:
        """Her ranks in closed cycles, the latest first."""
        return await self._get("/v1/me/ranks", list[RankPeriod])

    async def my_team(self) -> Team:
        """Her line at a glance."""
        return await self._get("/v1/me/team", Team)

    async def my_line(
        self,
        *,
        level: int | None = None,
        kind: Kind | None = None,
        active: bool | None = None,
        q: str | None = None,
        sort: Sort | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> LinePage:
        """People of her line, a page at a time; `q` is a name or a part of one."""
        return await self._get(
            "/v1/me/line",
            LinePage,
            level=level,
            kind=kind,
            active=active,
            q=q,
            sort=sort,
            cursor=cursor,
            limit=limit,
        )

    async def line_person(self, code: str) -> LinePerson:
        """One person of her line; refused as `person_unknown`."""
        return await self._get(f"/v1/me/line/{quote(code, safe='')}", LinePerson)

    async def line_orders(self, code: str, *, cursor: str | None = None, limit: int | None = None) -> Page[OrderCard]:
        """What somebody of her line ordered, newest first, as far as the company shows it."""
        path = f"/v1/me/line/{quote(code, safe='')}/orders"
        return await self._get(path, Page[OrderCard], cursor=cursor, limit=limit)

    async def my_orders(self, *, cursor: str | None = None, limit: int | None = None) -> Page[OrderCard]:
        """Her own orders, newest first."""
        return await self._get("/v1/me/orders", Page[OrderCard], cursor=cursor, limit=limit)

    async def my_order(self, order_id: str) -> Order:
        """One of them; refused as `order_unknown`."""
        return await self._get(f"/v1/me/orders/{quote(order_id, safe='')}", Order)

    async def my_cycle(self) -> CycleCard:
        """The open cycle."""
        return await self._get("/v1/me/cycle", CycleCard)
