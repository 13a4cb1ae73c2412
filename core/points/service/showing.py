"""The card, what expires, and what staff see of a person's points."""

from datetime import date, timedelta

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Purpose
from core.people import service as people
from core.people.model import Status
from core.points.model import Expiries, Expiry, PointsCard, Redeemable, TierStanding
from core.points.rules import days, tiers
from core.points.rules.lots import LotState, Settled, by_end
from core.points.service.programme import Programme, programme
from core.points.service.redeeming import offered
from core.points.service.viewing import amounts, view, view_of
from core.points.store import lots as store

EXPIRIES_SHOWN = 3
WITHIN_REACH_SHOWN = 3


async def card(uow: UnitOfWork, person: PersonId) -> PointsCard:
    """Her points at a glance; who has left or is suspended sees them and is offered nothing to do with them.

    Raises:
        WayClosed: the company has no programme.
    """
    current = await programme(uow)
    spec = current.spec
    balances = await ledger.balances(uow, person)
    hand = await view_of(uow, current, person, balances)
    may_move = (await people.profile(uow, person)).status is Status.ACTIVE
    reach = await offered(uow, hand.available) if may_move and spec.redeem is not None else []
    near, further = _reach(reach)
    expiries = _expiries(hand)
    return PointsCard(
        name=current.name,
        available=hand.available,
        pending=hand.pending,
        pending_until=_pending_until(current, hand),
        expiries=expiries[:EXPIRIES_SHOWN],
        within_reach=near,
        next_reach=further,
        tier=await tier(uow, current, person),
        credit=amounts(balances, Purpose.CREDIT),
        can_redeem=bool(reach),
        can_convert=may_move and spec.convert is not None,
        can_transfer=may_move and spec.transfer is not None,
        warn=_warns(current, expiries),
    )


async def expiries(uow: UnitOfWork, person: PersonId) -> Expiries:
    """All that expires, first the first.

    Raises:
        WayClosed: the company has no programme.
    """
    current = await programme(uow)
    hand = await view(uow, current, person)
    return Expiries(name=current.name, available=hand.available, expiries=_expiries(hand))


async def tier(uow: UnitOfWork, current: Programme, person: PersonId) -> TierStanding | None:
    """Her tier by what she earned lately; None where the company has no tiers."""
    if not current.spec.tiers:
        return None
    earned = await store.earned_since(uow, person, days.tier_since(current.spec, current.today))
    return tiers.standing(current.spec.tiers, max(0, earned))


def _expiries(hand: Settled) -> tuple[Expiry, ...]:
    return tuple(Expiry(on=on, points=points) for on, points in by_end(hand.spendable).items() if on is not None)


def _pending_until(current: Programme, hand: Settled) -> date | None:
    waiting = [lot.safe_at for lot in hand.lots if lot.state is LotState.PENDING and lot.safe_at is not None]
    return days.company_day(min(waiting), current.zone) if waiting else None


def _warns(current: Programme, expiries: tuple[Expiry, ...]) -> bool:
    longest = timedelta(days=max(current.spec.warn_days, default=-1))
    return bool(expiries) and expiries[0].on - current.today <= longest


def _reach(shown: list[Redeemable]) -> tuple[tuple[Redeemable, ...], Redeemable | None]:
    """What she can have now, and the cheapest that she cannot have yet."""
    there = [one for one in shown if one.left != 0]
    further = [one for one in there if not one.affordable]
    return tuple(one for one in there if one.affordable)[:WITHIN_REACH_SHOWN], further[0] if further else None
