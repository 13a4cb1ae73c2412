"""Coupons and credit notes on a redemption that asks for money."""

from core.checkout.model import RedemptionOffer, Usable
from core.checkout.service.pricing import bill_of, quote
from core.db.unit_of_work import UnitOfWork
from core.incentives import service as incentives
from core.incentives.model import Holding, HoldingKind, HoldingState
from core.kernel.errors import DomainError
from core.orders.model import Means, NewPayment
from core.orders.service import Priced

SHOWN_MAX = 2


async def note_worth(uow: UnitOfWork, priced: Priced, code: str, money: int) -> int:
    """What a credit note pays of the money that is asked for.

    Raises:
        HoldingUnknown, HoldingUnusable, HoldingCurrency: it does not work on this order.
    """
    bill = bill_of(priced, priced.amount_minor)
    note = await incentives.usable(uow, priced.person, code, HoldingKind.CREDIT_NOTE, bill)
    return min(note.left_minor or 0, money)


async def usable_documents(uow: UnitOfWork, priced: Priced, effect: RedemptionOffer) -> tuple[Usable, ...]:
    """What she holds that would pay a part of the money, the most valuable first."""
    if not effect.amount_minor or effect.document is not None:
        return ()
    held = [one for one in (await incentives.holdings(uow, priced.person)).items if one.state is HoldingState.USABLE]
    found = [Usable(kind=one.kind, code=one.code, worth_minor=await _worth(uow, priced, one, effect)) for one in held]
    worthy = sorted((one for one in found if one.worth_minor > 0), key=lambda one: (-one.worth_minor, one.code))
    return tuple(worthy[:SHOWN_MAX])


async def _worth(uow: UnitOfWork, priced: Priced, held: Holding, effect: RedemptionOffer) -> int:
    """What it takes off the money with as many points as before; nothing where it does not work on this order."""
    try:
        if held.kind is HoldingKind.CREDIT_NOTE:
            return await note_worth(uow, priced, held.code, effect.amount_minor)
        by_points = NewPayment(means=Means.POINTS, amount=effect.points)
        quoted = await quote(uow, priced, [by_points, NewPayment(means=Means.COUPON, document=held.code)])
    except DomainError:
        return 0
    return effect.amount_minor - quoted.amount_minor
