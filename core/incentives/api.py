"""Coupons and credit notes: given and withdrawn by staff, seen by whoever holds them."""

from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Created
from core.http.routes import Routes
from core.incentives import service
from core.incentives.model import Holding, Holdings, NewCoupon, NewCreditNote
from core.people import service as people

routes = Routes()


@routes.post("/v1/coupons", needs=Permission.GIVE_COUPONS)
async def give_coupon(uow: UnitOfWork, new: NewCoupon) -> Created[Holding]:
    """Give somebody a coupon.

    Raises:
        PersonUnknown: nobody has this code.
        HoldingTaken: another coupon or credit note has the coupon's code.
        RequestInvalid: it contradicts itself.
    """
    return Created(await service.give_coupon(uow, new))


@routes.post("/v1/credit-notes", needs=Permission.GIVE_COUPONS)
async def give_credit_note(uow: UnitOfWork, new: NewCreditNote) -> Created[Holding]:
    """Give somebody a credit note; what the company owes by it stands in the book from now on.

    Raises:
        PersonUnknown: nobody has this code.
        HoldingTaken: another coupon or credit note has this number.
    """
    return Created(await service.give_credit_note(uow, new))


@routes.post("/v1/coupons/{code}/withdraw", needs=Permission.GIVE_COUPONS)
async def withdraw_coupon(uow: UnitOfWork, code: str) -> Holding:
    """End a coupon, or a credit note by its number, from now on; a second time changes nothing.

    Raises:
        HoldingUnknown: there is none of this code.
    """
    return await service.withdraw(uow, code)


@routes.get("/v1/people/{code}/coupons", needs=Permission.SEE_POINTS)
async def coupons_of(uow: Questions, code: str) -> Holdings:
    """The coupons and credit notes of a person, as she sees them.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return await service.holdings(uow, await people.person_id(uow, code))


@routes.get("/v1/me/coupons", needs=Permission.SEE_OWN_FIGURES)
async def my_coupons(uow: Questions, caller: Caller) -> Holdings:
    """The caller's coupons and credit notes: what works first, then what was used or ended lately."""
    return await service.holdings(uow, caller.me)
