"""Points into credit or commissions and back, and credit from currency to currency."""

from fractions import Fraction

from core.catalog.model import RateMissing
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import AMOUNT_MAX, POINTS, Account, EntryId, Purpose
from core.offers import service as offers
from core.people import service as people
from core.points.model import (
    AboveMost,
    BelowLeast,
    ConversionOffer,
    ConversionWish,
    MoneyTooLittle,
    MovementKind,
    Purse,
    WayClosed,
)
from core.points.rules import conversion as rules
from core.points.rules import days
from core.points.rules.conversion import Quote
from core.points.service.holding import Hands, give, hold, moved, spend
from core.points.service.programme import (
    CONVERTED,
    CREDIT_CONVERTED,
    available,
    company,
    line,
    money,
    posting,
    programme,
)
from core.points.service.wallet import PURPOSES, Setting, bounds_of, setting_of
from core.points.store.lots import NewLot

OFFER = "points.conversion"


async def offer_conversion(uow: UnitOfWork, person: PersonId, wish: ConversionWish) -> ConversionOffer:
    """What a conversion would do.

    Raises:
        AccountClosed, AccountSuspended: she has left, or is suspended.
        WayClosed: the company does not convert this into that.
        RateMissing: it has no rate of one of the currencies for today.
        PointsTooFew, MoneyTooLittle, BelowLeast, AboveMost: how much.
    """
    await people.active(uow, person)
    setting = await setting_of(uow, await programme(uow), person, None)
    effect = _effect(setting, wish)
    fixed = wish.model_copy(update={"amount": effect.give, **_currencies(effect)})
    return effect.model_copy(update={"offer": await offers.make(uow, person, OFFER, fixed, effect)})


async def convert(uow: UnitOfWork, person: PersonId, offer: str) -> ConversionOffer:
    """Do what was offered, once; a second tap gets the same answer.

    Raises:
        OfferGone, OfferChanged: it is too old, or would no longer do what was shown.
        And what `offer_conversion` raises, where that has changed since.
    """
    taken = await offers.take(uow, person, offer, OFFER)
    answer = taken.done(ConversionOffer)
    if answer is not None:
        return answer
    await people.active(uow, person)
    current, wish = await programme(uow), taken.wished(ConversionWish)
    hands = await hold(uow, current, [person], _money_accounts(person, taken.effect))
    setting = await setting_of(uow, current, person, hands[person])
    effect = _effect(setting, wish)
    taken.require_same(effect)
    await _post(uow, setting, hands, effect, offer)
    answer = effect.model_copy(update={"offer": offer})
    await offers.done(uow, taken, answer)
    return answer


def _money_accounts(person: PersonId, effect: dict[str, str]) -> list[Account]:
    """Those of what was shown, to be held together with her points."""
    sides = ((effect["source"], effect["give_unit"]), (effect["target"], effect["get_unit"]))
    return [money(person, PURPOSES[Purse(purse)], unit) for purse, unit in sides if purse != Purse.POINTS.value]


def _currencies(effect: ConversionOffer) -> dict[str, str | None]:
    """The wish with its currencies said, so that accepting it means the same as offering it."""
    if effect.source is Purse.CREDIT and effect.target is Purse.CREDIT:
        return {"currency": effect.give_unit, "target_currency": effect.get_unit}
    return {"currency": effect.get_unit if effect.source is Purse.POINTS else effect.give_unit}


def _effect(setting: Setting, wish: ConversionWish) -> ConversionOffer:
    """What it would do now, within every limit."""
    source_unit, target_unit = _units(setting, wish)
    rate = setting.rate(wish.source, wish.target, source_unit, target_unit)
    if rate is None:
        raise _closed(setting, wish, source_unit, target_unit)
    units = rules.in_units(rate, source_unit, target_unit)
    has = setting.has(wish.source, source_unit)
    least, most = bounds_of(setting, wish.source, wish.target, units)
    amount = wish.amount if wish.amount is not None else has if most is None else min(has, most)
    if amount > has or (wish.amount is None and has < least):
        raise _short(setting, source_unit, has, max(amount, least))
    if most is not None and (amount > most or most < least):
        raise AboveMost(most=most, unit=source_unit, told=rules.told(most, source_unit))
    result = rules.exchange(amount, units)
    if result.get > AMOUNT_MAX:
        most = rules.exchange(rules.cost(AMOUNT_MAX, units) - 1, units).give
        raise AboveMost(most=most, unit=source_unit, told=rules.told(most, source_unit))
    if amount < least or not result.get:
        raise BelowLeast(least=least, unit=source_unit, told=rules.told(least, source_unit))
    to_points = wish.target is Purse.POINTS
    return ConversionOffer(
        offer="",
        name=setting.current.name,
        source=wish.source,
        target=wish.target,
        give=result.give,
        give_unit=source_unit,
        get=result.get,
        get_unit=target_unit,
        rate=rules.exact(rate),
        left=has - result.give,
        expires_on=days.last_day(setting.current.spec, setting.current.today) if to_points else None,
    )


def _short(setting: Setting, unit: str, has: int, needed: int) -> Exception:
    if unit == POINTS:
        return setting.current.too_few(available=has, needed=needed)
    return MoneyTooLittle(currency=unit, available_minor=has, needed_minor=needed)


def _closed(setting: Setting, wish: ConversionWish, source_unit: str, target_unit: str) -> Exception:
    """Whether the company has no such way, or only no rate for it today."""
    base = setting.current.plan.currency
    known = Quote(Fraction(1), Fraction(1))
    if wish.source is wish.target and source_unit == target_unit:
        return WayClosed(what=f"{source_unit}-{target_unit}")
    if rules.rate(setting.terms, wish.source, wish.target, known, known) is None:
        return WayClosed(what=f"{wish.source.value}-{wish.target.value}")
    day = setting.current.today.isoformat()
    if setting.quotes.get(source_unit, Quote(None, None)).to_plan is None and source_unit != POINTS:
        return RateMissing(**{"from": source_unit, "to": base, "date": day})
    return RateMissing(**{"from": base, "to": target_unit, "date": day})


def _units(setting: Setting, wish: ConversionWish) -> tuple[str, str]:
    """Source's and target's unit; where no currency is said, her own or the only one that she has."""
    if wish.source is Purse.POINTS:
        return POINTS, POINTS if wish.target is Purse.POINTS else wish.currency or setting.own_currency
    held = [one.unit for one in setting.balances if one.purpose is PURPOSES[wish.source] and one.amount > 0]
    source = wish.currency or (held[0] if len(held) == 1 else setting.own_currency)
    if wish.target is Purse.POINTS:
        return source, POINTS
    return source, wish.target_currency or setting.own_currency


async def _post(uow: UnitOfWork, setting: Setting, hands: Hands, effect: ConversionOffer, offer: str) -> EntryId:
    person, document = setting.person, ("offer", offer)
    exchange = [
        line(company(Purpose.EXCHANGE, effect.give_unit), effect.give),
        line(company(Purpose.EXCHANGE, effect.get_unit), -effect.get),
    ]
    if effect.source is Purse.POINTS:
        to = line(money(person, PURPOSES[effect.target], effect.get_unit), effect.get)
        return await spend(
            uow,
            person,
            effect.give,
            key=f"{CONVERTED}:{offer}",
            kind=CONVERTED,
            reason="conversion",
            document=document,
            counter=Purpose.EXCHANGE,
            more_lines=(exchange[1], to),
        )
    take = line(money(person, PURPOSES[effect.source], effect.give_unit), -effect.give)
    if effect.target is Purse.POINTS:
        lines = [take, *exchange, line(available(person), effect.get)]
        wanted = posting(CONVERTED, f"{CONVERTED}:{offer}", "conversion", document, lines)
        entry = (await ledger.post(uow, wanted)).entry
        today = setting.current.today
        lot = NewLot(person, entry, MovementKind.BOUGHT, effect.get, today, effect.expires_on)
        await give(uow, hands, [lot])
        return entry
    lines = [take, *exchange, line(money(person, PURPOSES[effect.target], effect.get_unit), effect.get)]
    wanted = posting(CREDIT_CONVERTED, f"{CREDIT_CONVERTED}:{offer}", "conversion", document, lines)
    entry = (await ledger.post(uow, wanted)).entry
    await moved(uow, [person])
    return entry
