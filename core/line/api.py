"""The caller herself and her line."""

from typing import Annotated

from pydantic import Field

from core.access.model import Caller, Permission
from core.calendar.model import CycleCard
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Finished, Page
from core.http.routes import Routes
from core.line import service
from core.line.model import LinePage, Sort
from core.live.answers import Answers
from core.live.service import Live
from core.orders import service as orders
from core.orders.model import OrderCard
from core.people.model import Kind, LinePerson, Me, OwnSettings, Team

routes = Routes()
Limit = Annotated[int, Field(ge=1, le=100)]
Level = Annotated[int, Field(ge=1, le=1_000_000)]


@routes.get("/v1/me", needs=Permission.SEE_OWN_FIGURES)
async def me(caller: Caller, answers: Answers) -> Finished[Me]:
    """Who the caller is, her ranks, and the company's words for them."""
    who = caller.me
    return await answers.finished(("me", who), lambda uow, state: service.me(uow, state, who), of=who)


@routes.patch("/v1/me/settings", needs=Permission.CHANGE_OWN_SETTINGS)
async def change_settings(caller: Caller, live: Live, uow: UnitOfWork, settings: OwnSettings) -> Me:
    """Change the caller's own settings; what is left out stays. The answer is she with all settings as they are now.

    Raises:
        SettingInvalid: a language that we do not speak or a time zone that does not exist.
    """
    return await service.change_settings(uow, await live.fresh(), caller.me, settings)


@routes.get("/v1/me/cycle", needs=Permission.SEE_OWN_FIGURES)
async def my_cycle(answers: Answers) -> Finished[CycleCard]:
    """The open cycle, and how many days are left."""
    return await answers.finished("cycle", service.cycle_card)


@routes.get("/v1/me/team", needs=Permission.SEE_LINE)
async def my_team(caller: Caller, answers: Answers) -> Finished[Team]:
    """The caller's line at a glance."""
    who = caller.me
    return await answers.finished(("team", who), lambda uow, state: service.team(uow, state, who), of=who)


@routes.get("/v1/me/line", needs=Permission.SEE_LINE)
async def my_line(
    caller: Caller,
    live: Live,
    uow: Questions,
    level: Level | None = None,
    kind: Kind | None = None,
    active: bool | None = None,
    q: str | None = None,
    sort: Sort = Sort.LEVEL,
    cursor: str | None = None,
    limit: Limit = 10,
) -> LinePage:
    """People of the caller's line, as far as the company's policy shows them; `q` is a part of a name or a code."""
    return await service.page(
        uow,
        await live.fresh(),
        caller.me,
        level=level,
        kind=kind,
        active=active,
        name=q,
        sort=sort,
        cursor=cursor,
        limit=limit,
    )


@routes.get("/v1/me/line/{code}", needs=Permission.SEE_LINE)
async def line_person(caller: Caller, live: Live, uow: Questions, code: str) -> LinePerson:
    """One person of the caller's line.

    Raises:
        PersonUnknown: nobody has this code, or she does not stand in the caller's line.
    """
    return await service.one(uow, await live.fresh(), caller.me, code)


@routes.get("/v1/me/line/{code}/orders", needs=Permission.SEE_LINE)
async def line_orders(
    caller: Caller, live: Live, uow: Questions, code: str, cursor: str | None = None, limit: Limit = 10
) -> Page[OrderCard]:
    """Orders of one person of the caller's line, the latest first, where the policy shows them.

    Raises:
        PersonUnknown: she is not in the caller's line, or her orders are not the caller's business.
    """
    person = await service.require_orders_shown(uow, await live.fresh(), caller.me, code)
    return await orders.orders_of(uow, person, cursor=cursor, limit=limit)
