"""What somebody has that can be converted, and which ways the company opens."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.catalog import service as catalog
from core.catalog.model import RateMissing
from core.catalog.rules import RateTable
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import POINTS, Balance, Purpose
from core.people import service as people
from core.people.model import Status
from core.plan.model.points import Converting
from core.points.model import (
    Purse,
    Wallet,
    Way,
)
from core.points.rules import conversion as rules
from core.points.rules.conversion import Quote
from core.points.rules.lots import Settled
from core.points.service.moved_today import moved_today
from core.points.service.programme import (
    CONVERTED,
    Programme,
    programme,
)
from core.points.service.viewing import amounts, view_of

PURPOSES = {
    Purse.POINTS: Purpose.POINTS_AVAILABLE,
    Purse.CREDIT: Purpose.CREDIT,
    Purse.COMMISSIONS: Purpose.COMMISSIONS_PAYABLE,
}
NOTHING_OPEN = Converting()


@dataclass(frozen=True, slots=True)
class Setting:
    """What conversions depend on, read once: her balances and lots, her currency, today's rates, today's moves."""

    current: Programme
    person: PersonId
    hand: Settled
    balances: list[Balance]
    own_currency: str
    quotes: dict[str, Quote]
    moved: int

    @property
    def terms(self) -> Converting:
        """The company's, or ones that leave every way closed."""
        return self.current.spec.convert or NOTHING_OPEN

    def has(self, purse: Purse, unit: str) -> int:
        """What she can convert of a purse."""
        if purse is Purse.POINTS:
            return max(0, self.hand.available)
        found = (one.amount for one in self.balances if (one.purpose, one.unit) == (PURPOSES[purse], unit))
        return max(0, next(found, 0))

    def rate(self, source: Purse, target: Purse, source_unit: str, target_unit: str) -> Fraction | None:
        """Major units for one, or None where the way is closed or has no rate."""
        if (source, source_unit) == (target, target_unit):
            return None
        nothing = Quote(None, None)
        give, get = self.quotes.get(source_unit, nothing), self.quotes.get(target_unit, nothing)
        return rules.rate(self.terms, source, target, give, get)


async def wallet(uow: UnitOfWork, person: PersonId) -> Wallet:
    """What she has and what it can become; nothing for whoever has left or is suspended.

    Raises:
        WayClosed: the company has no programme.
    """
    setting = await setting_of(uow, await programme(uow), person, None)
    is_active = (await people.profile(uow, person)).status is Status.ACTIVE
    return Wallet(
        name=setting.current.name,
        points=setting.hand.available,
        credit=amounts(setting.balances, Purpose.CREDIT),
        commissions=amounts(setting.balances, Purpose.COMMISSIONS_PAYABLE),
        ways=tuple(way for way in _ways(setting) if way is not None) if is_active else (),
    )


def _ways(setting: Setting) -> list[Way | None]:
    """Every way from something that she has, or from points, to something that the company opened."""
    own = setting.own_currency
    credit = [one.unit for one in setting.balances if one.purpose is Purpose.CREDIT and one.amount > 0]
    commissions = [
        one.unit for one in setting.balances if one.purpose is Purpose.COMMISSIONS_PAYABLE and one.amount > 0
    ]
    ways = [_way(setting, Purse.POINTS, target, POINTS, own) for target in (Purse.CREDIT, Purse.COMMISSIONS)]
    ways += [_way(setting, Purse.CREDIT, Purse.POINTS, unit, POINTS) for unit in credit]
    ways += [_way(setting, Purse.COMMISSIONS, Purse.POINTS, unit, POINTS) for unit in commissions]
    others = [(unit, other) for unit in credit for other in setting.quotes if other != unit]
    return ways + [_way(setting, Purse.CREDIT, Purse.CREDIT, unit, other) for unit, other in others]


def _way(setting: Setting, source: Purse, target: Purse, source_unit: str, target_unit: str) -> Way | None:
    rate = setting.rate(source, target, source_unit, target_unit)
    if rate is None:
        return None
    has = setting.has(source, source_unit)
    least, most = bounds_of(setting, source, target, rules.in_units(rate, source_unit, target_unit))
    return Way(
        source=source,
        target=target,
        source_unit=source_unit,
        target_unit=target_unit,
        rate=rules.exact(rate),
        available=has,
        least=least,
        most=has if most is None else min(has, most),
    )


def bounds_of(setting: Setting, source: Purse, target: Purse, units: Fraction) -> tuple[int, int | None]:
    """The limits in the source's unit; they are in points, and between currencies there are none."""
    if source is not Purse.POINTS and target is not Purse.POINTS:
        return rules.cost(1, units), None
    least, most = rules.bounds(setting.terms.limits, setting.moved)
    if source is Purse.POINTS:
        return max(least, rules.cost(1, units)), most
    return rules.cost(max(1, least), units), None if most is None else rules.cost(most, units)


async def setting_of(uow: UnitOfWork, current: Programme, person: PersonId, hand: Settled | None) -> Setting:
    """What conversions of a person depend on now.

    Args:
        hand: what she has, where her accounts are held; None to look.
    """
    balances = await ledger.balances(uow, person)
    profile = await people.profile(uow, person)
    own = profile.currency or current.plan.currency
    return Setting(
        current=current,
        person=person,
        hand=hand or await view_of(uow, current, person, balances),
        balances=balances,
        own_currency=own,
        quotes=await _quotes(uow, current),
        moved=await moved_today(uow, current, person, CONVERTED, out_only=False),
    )


async def _quotes(uow: UnitOfWork, current: Programme) -> dict[str, Quote]:
    """What each currency that the company has rates of is worth today."""
    base, rates = current.plan.currency, await catalog.all_rates(uow)
    table = RateTable(rates)

    def rate(source: str, target: str) -> Decimal | None:
        try:
            return table.on(current.today, source, target)
        except RateMissing:
            return None

    currencies = {base, *(one.source for one in rates), *(one.target for one in rates)}
    return {unit: rules.quote(rate(unit, base), rate(base, unit)) for unit in sorted(currencies)}
