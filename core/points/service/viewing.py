"""A person's points as they are now, read only: what time has done and the sweep has not is done in the answer."""

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import POINTS, Balance, Purpose
from core.points.model import Amount
from core.points.rules import lots as rules
from core.points.rules.lots import Settled
from core.points.service.programme import Programme
from core.points.store import lots as store


async def view(uow: UnitOfWork, programme: Programme, person: PersonId) -> Settled:
    """What she has now."""
    return await view_of(uow, programme, person, await ledger.balances(uow, person))


async def view_of(uow: UnitOfWork, programme: Programme, person: PersonId, balances: list[Balance]) -> Settled:
    """`view` by balances that were read already."""
    known = {one.purpose: one.amount for one in balances if one.unit == POINTS}
    lots = (await store.open_lots(uow, [person]))[person]
    available, pending = (known.get(one, 0) for one in (Purpose.POINTS_AVAILABLE, Purpose.POINTS_PENDING))
    return rules.settle(lots, available, pending, programme.now, programme.today)


def amounts(balances: list[Balance], purpose: Purpose) -> tuple[Amount, ...]:
    """Money of one purpose, currency by currency; empty accounts are left out."""
    return tuple(
        Amount(amount_minor=one.amount, currency=one.unit)
        for one in sorted(balances, key=lambda one: one.unit)
        if one.purpose is purpose and one.unit != POINTS and one.amount
    )
