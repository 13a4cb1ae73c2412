"""Points and credit by hand, and opening balances from the books before these."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from core.catalog import service as catalog
from core.db.unit_of_work import UnitOfWork
from core.http.model import Fault, RequestInvalid
from core.kernel.ids import PersonId, new_id
from core.ledger import service as ledger
from core.ledger.model import EntryId, Line, Overdrawn, Posting, Purpose
from core.people import service as people
from core.points.model import Adjusted, Adjustment, MoneyTooLittle, MovementKind, NothingToAdjust
from core.points.rules import days, returns
from core.points.rules import lots as rules
from core.points.rules.lots import Settled
from core.points.service.holding import give, hold, moved
from core.points.service.programme import (
    ADJUSTED,
    CREDIT_ADJUSTED,
    OPENING,
    Programme,
    available,
    company,
    keeping,
    line,
    money,
    posting,
)
from core.points.store import lots as store
from core.points.store.lots import NewLot


class Opening(NamedTuple):
    """Points that somebody has from the books before these."""

    person: PersonId
    points: int
    expires_on: date | None
    reason: str
    key: str
    """By which the same row is known again."""


async def adjust(uow: UnitOfWork, adjustment: Adjustment) -> Adjusted:
    """Give or take points or credit by hand, with the reason that the person will read.

    Points that are taken come from the lots that end first; where the company's policy lets them, they may leave a
    debt. What is taken by hand no longer counts as given by hand towards a tier.

    Raises:
        NothingToAdjust: nothing is to be given or taken.
        PersonUnknown: nobody has this code.
        PointsTooFew, MoneyTooLittle: she has not so much.
        RequestInvalid: points that would have ended already, or a currency that is none of the company's.
    """
    if not adjustment.amount:
        raise NothingToAdjust
    person = await people.person_id(uow, adjustment.person)
    if adjustment.currency is not None:
        return await _adjust_credit(uow, person, adjustment, adjustment.currency)
    current = await keeping(uow)
    if adjustment.expires_on is not None and adjustment.expires_on < current.today:
        raise RequestInvalid([Fault(place="body.expires_on", code="past", expected="a day that has not passed")])
    hand = (await hold(uow, current, [person]))[person]
    key = str(new_id())
    lines = [
        line(available(person), adjustment.amount, may_owe=current.spec.may_go_negative),
        line(company(Purpose.POINTS_ISSUED), -adjustment.amount),
    ]
    try:
        posted = await ledger.post(uow, _by_hand(ADJUSTED, key, adjustment.reason, lines))
    except Overdrawn as short:
        raise current.too_few(available=hand.available, needed=-adjustment.amount) from short
    if adjustment.amount > 0:
        await _give_by_hand(uow, current, person, hand, adjustment, posted.entry)
    else:
        await _take_by_hand(uow, current, person, hand, -adjustment.amount, posted.entry)
    return Adjusted(entry=posted.entry, balance=hand.available + adjustment.amount)


def _by_hand(kind: str, key: str, reason: str, lines: Sequence[Line]) -> Posting:
    return posting(kind, f"{kind}:{key}", reason, ("adjustment", key), lines)


async def _give_by_hand(
    uow: UnitOfWork, current: Programme, person: PersonId, hand: Settled, adjustment: Adjustment, entry: EntryId
) -> None:
    ends = adjustment.expires_on or days.last_day(current.spec, current.today)
    lot = NewLot(person, entry, MovementKind.ADJUSTED, adjustment.amount, current.today, ends)
    await give(uow, {person: hand}, [lot])


async def _take_by_hand(
    uow: UnitOfWork, current: Programme, person: PersonId, hand: Settled, points: int, entry: EntryId
) -> None:
    await store.use(uow, entry, rules.take(hand.spendable, points))
    given = await store.by_hand(uow, person, days.tier_since(current.spec, current.today))
    await store.take_back(uow, dict(returns.off_the_earned(given, points)))
    await moved(uow, [person])


async def _adjust_credit(uow: UnitOfWork, person: PersonId, adjustment: Adjustment, currency: str) -> Adjusted:
    known = await _currencies(uow)
    if currency not in known:
        fault = Fault(
            place="body.currency", code="unknown", expected=f"a currency of the company: {', '.join(sorted(known))}"
        )
        raise RequestInvalid([fault])
    account = money(person, Purpose.CREDIT, currency)
    before = (await ledger.lock(uow, [account]))[account]
    lines = [line(account, adjustment.amount), line(company(Purpose.ADJUSTMENTS, currency), -adjustment.amount)]
    try:
        posted = await ledger.post(uow, _by_hand(CREDIT_ADJUSTED, str(new_id()), adjustment.reason, lines))
    except Overdrawn as short:
        needed = -adjustment.amount
        raise MoneyTooLittle(currency=currency, available_minor=before, needed_minor=needed) from short
    await moved(uow, [person])
    return Adjusted(entry=posted.entry, balance=before + adjustment.amount)


async def _currencies(uow: UnitOfWork) -> set[str]:
    """Every currency that the plan, the catalogue or a rate names."""
    plan = (await keeping(uow)).plan
    products = {one.currency for one in (await catalog.all_products(uow)).values()}
    rates = {unit for one in await catalog.all_rates(uow) for unit in (one.source, one.target)}
    return {plan.currency, plan.volume.currency} | products | rates


async def open_balance(uow: UnitOfWork, rows: Sequence[Opening]) -> int:
    """Bring in points from the books before these; a row that is known changes nothing.

    Returns:
        How many rows were new.
    """
    current = await keeping(uow)
    hands = await hold(uow, current, {row.person for row in rows})
    posted = await ledger.post_all(uow, [_opening(row) for row in rows])
    new = [(row, one.entry) for row, one in zip(rows, posted, strict=True) if one.is_new]
    lots = [
        NewLot(row.person, entry, MovementKind.OPENING, row.points, current.today, row.expires_on) for row, entry in new
    ]
    await give(uow, hands, lots)
    return len(new)


def _opening(row: Opening) -> Posting:
    lines = [line(company(Purpose.OPENING), -row.points), line(available(row.person), row.points)]
    return posting(OPENING, f"{OPENING}:{row.key}", row.reason, ("opening", row.key), lines)
