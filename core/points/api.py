"""Points for whoever holds them, and for staff who look after them."""

from datetime import date
from typing import Annotated

from aiohttp import web
from pydantic import Field

from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Created, Page
from core.http.routes import Routes
from core.kernel.ids import PersonId
from core.live.service import Live
from core.offers.model import Accepted
from core.people import service as people
from core.points import service
from core.points.model import (
    Adjusted,
    Adjustment,
    ConversionOffer,
    ConversionWish,
    Expiries,
    Movement,
    PointsCard,
    ProgrammeShown,
    Redeemable,
    Statement,
    TransferOffer,
    TransferWish,
    Wallet,
)
from core.points.rules.files import statement_csv

routes = Routes()

PAGE_SIZE = 10
Limit = Annotated[int, Field(ge=1, le=service.PAGE_SIZE_MAX)]
Wanted = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


@routes.get("/v1/me/points", needs=Permission.SEE_OWN_FIGURES)
async def my_points(uow: Questions, caller: Caller) -> PointsCard:
    """The caller's points at a glance.

    Raises:
        WayClosed: the company has no programme.
    """
    return await service.card(uow, caller.me)


@routes.get("/v1/me/points/expiries", needs=Permission.SEE_OWN_FIGURES)
async def my_expiries(uow: Questions, caller: Caller) -> Expiries:
    """All of the caller's points that expire, first the first.

    Raises:
        WayClosed: the company has no programme.
    """
    return await service.expiries(uow, caller.me)


@routes.get("/v1/me/points/history", needs=Permission.SEE_OWN_FIGURES)
async def my_movements(
    uow: Questions, live: Live, caller: Caller, cursor: str | None = None, limit: Limit = PAGE_SIZE
) -> Page[Movement]:
    """How the caller's points came and went, newest first.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    state, me = await live.fresh(), caller.me

    def knows(other: PersonId) -> bool:
        return service.is_known(state, me, other)

    return await service.movements(uow, me, cursor=cursor, limit=limit, knows=knows)


@routes.get("/v1/me/redeemables", needs=Permission.SEE_OWN_FIGURES)
async def redeemables(
    uow: Questions, caller: Caller, q: Wanted | None = None, cursor: str | None = None, limit: Limit = PAGE_SIZE
) -> Page[Redeemable]:
    """Products for points: affordable ones first, the dearest of them first, then the others, the cheapest first.

    With `q`, a name or a part of one in any language, or a sku, only what fits, the best first.

    Raises:
        WayClosed: the company redeems no points.
        CursorInvalid: the cursor is not one that a page gave.
    """
    return await service.redeemables(uow, caller.me, q=q, cursor=cursor, limit=limit)


@routes.get("/v1/me/wallet", needs=Permission.SEE_OWN_FIGURES)
async def wallet(uow: Questions, caller: Caller) -> Wallet:
    """What the caller has and what it can become.

    Raises:
        WayClosed: the company has no programme.
    """
    return await service.wallet(uow, caller.me)


@routes.post("/v1/me/conversions/offer", needs=Permission.MOVE_OWN_POINTS)
async def offer_conversion(uow: UnitOfWork, caller: Caller, wish: ConversionWish) -> ConversionOffer:
    """What a conversion would do; nothing is done until the offer is accepted.

    Raises:
        AccountClosed, AccountSuspended: the caller has left, or is suspended.
        WayClosed: the company does not convert this into that.
        RateMissing: it has no rate of one of the currencies for today.
        PointsTooFew, MoneyTooLittle: the caller has not so much.
        BelowLeast, AboveMost: the company's limits.
    """
    return await service.offer_conversion(uow, caller.me, wish)


@routes.post("/v1/me/conversions", needs=Permission.MOVE_OWN_POINTS)
async def convert(uow: UnitOfWork, caller: Caller, accepted: Accepted) -> ConversionOffer:
    """Do what was offered, once; a second time answers what was done.

    Raises:
        OfferGone: it is too old or was never made to the caller.
        OfferChanged: it would no longer do what was shown.
    """
    return await service.convert(uow, caller.me, accepted.offer)


@routes.post("/v1/me/transfers/offer", needs=Permission.MOVE_OWN_POINTS)
async def offer_transfer(uow: UnitOfWork, live: Live, caller: Caller, wish: TransferWish) -> TransferOffer:
    """What giving points to somebody would do; nothing is done until the offer is accepted.

    Raises:
        AccountClosed, AccountSuspended: the caller has left, or is suspended.
        WayClosed: the company lets nobody transfer.
        ReceiverUnknown, ReceiverAmbiguous, ReceiverClosed, NotToYourself: to whom.
        PointsTooFew, BelowLeast, AboveMost: how many.
    """
    return await service.offer_transfer(uow, await live.fresh(), caller.me, wish)


@routes.post("/v1/me/transfers", needs=Permission.MOVE_OWN_POINTS)
async def transfer(uow: UnitOfWork, live: Live, caller: Caller, accepted: Accepted) -> TransferOffer:
    """Do what was offered, once; a second time answers what was done.

    Raises:
        OfferGone: it is too old or was never made to the caller.
        OfferChanged: it would no longer do what was shown.
    """
    return await service.transfer(uow, await live.fresh(), caller.me, accepted.offer)


@routes.post("/v1/points/adjustments", needs=Permission.ADJUST_BALANCES)
async def adjust(uow: UnitOfWork, adjustment: Adjustment) -> Created[Adjusted]:
    """Give or take points or account credit by hand; send an idempotency key, or a second call adjusts again.

    Raises:
        NothingToAdjust: nothing is to be given or taken.
        PersonUnknown: nobody has this code.
        PointsTooFew, MoneyTooLittle: she has not so much.
    """
    return Created(await service.adjust(uow, adjustment))


@routes.get("/v1/points/rules", needs=Permission.SEE_POINTS)
async def programme(uow: Questions) -> ProgrammeShown:
    """The programme of the plan in force: its terms, rules and tiers.

    Raises:
        WayClosed: the company has none.
    """
    return await service.shown(uow)


@routes.get("/v1/people/{code}/points", needs=Permission.SEE_POINTS)
async def points_of(uow: Questions, code: str) -> PointsCard:
    """A person's points at a glance.

    Raises:
        PersonUnknown: nobody has this code.
        WayClosed: the company has no programme.
    """
    return await service.card(uow, await people.person_id(uow, code))


@routes.get("/v1/people/{code}/points/statement", needs=Permission.SEE_POINTS)
async def statement(uow: Questions, code: str, since: date | None = None, until: date | None = None) -> Statement:
    """A person's points between two company days, both included; this year so far where they are not said.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return await service.statement(uow, code, since=since, until=until)


@routes.get("/v1/people/{code}/points/statement.csv", needs=Permission.SEE_POINTS)
async def statement_file(
    uow: Questions, code: str, since: date | None = None, until: date | None = None
) -> web.Response:
    """The same as a file.

    Raises:
        PersonUnknown: nobody has this code.
    """
    found = await service.statement(uow, code, since=since, until=until)
    name = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in code)
    headers = {"Content-Disposition": f'attachment; filename="points-{name}.csv"', "Cache-Control": "no-store"}
    language = await service.company_language(uow)
    text = statement_csv(found, language)
    return web.Response(text=text, content_type="text/csv", charset="utf-8", headers=headers)
