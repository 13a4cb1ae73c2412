"""How somebody's points came and went, from the book: pages for herself, a statement between two days for staff."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from core.db.unit_of_work import UnitOfWork
from core.http.model import Fault, Page, RequestInvalid, read_cursor, write_cursor
from core.kernel.ids import PersonId
from core.kernel.words import CompanyText
from core.ledger import service as ledger
from core.ledger.model import POINTS, Account, Entry, EntryId
from core.orders import service as orders
from core.orders.model import OrderUnknown
from core.people import service as people
from core.people.model import first_name
from core.points.model import Amount, Movement, MovementKind, Statement
from core.points.rules import days
from core.points.rules.lots import LotState
from core.points.service.programme import (
    ADJUSTED,
    CONVERTED,
    EARNED,
    EXPIRED,
    OPENING,
    RESTORED,
    RULE,
    SAFE,
    TAKEN_BACK,
    TRANSFERRED,
    Programme,
    available,
    keeping,
    pending,
)
from core.points.store import facts as fact_store
from core.points.store import lots as store
from core.points.store.lots import Granted

PAGE_SIZE_MAX = 50
AT_ONCE = 100
FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)
"""No statement reaches further."""
KINDS = {
    EARNED: MovementKind.EARNED,
    RULE: MovementKind.RULE,
    TAKEN_BACK: MovementKind.TAKEN_BACK,
    RESTORED: MovementKind.RESTORED,
    EXPIRED: MovementKind.EXPIRED,
    ADJUSTED: MovementKind.ADJUSTED,
    OPENING: MovementKind.OPENING,
}
Knows = Callable[[PersonId], bool]
ORDER_DOCUMENTS = ("order", "return")


@dataclass(slots=True)
class Told:
    """What entries speak of, loaded for a page of them."""

    given: dict[EntryId, list[Granted]] = field(default_factory=dict)
    order_ids: dict[int, str] = field(default_factory=dict)
    names: dict[PersonId, str] = field(default_factory=dict)
    products: dict[str, CompanyText] = field(default_factory=dict)
    labels: dict[str, CompanyText] = field(default_factory=dict)


def everybody(_person: PersonId) -> bool:
    """For staff, who see all names."""
    return True


async def movements(
    uow: UnitOfWork, person: PersonId, *, cursor: str | None, limit: int, knows: Knows = everybody
) -> Page[Movement]:
    """How her points came and went, newest first.

    Args:
        knows: whom she is shown by name; of others to whom she gave points she is told the first name.

    Raises:
        CursorInvalid: the cursor is none of ours.
    """
    current = await keeping(uow)
    [before] = read_cursor(cursor, int) if cursor else [None]
    assert before is None or isinstance(before, int), "read_cursor checks the type"
    size = max(1, min(limit, PAGE_SIZE_MAX))
    entries = await _entries(uow, person, None if before is None else EntryId(before), size + 1)
    shown = entries[:size]
    return Page(
        items=await _movements(uow, current, person, shown, knows),
        next=write_cursor(shown[-1].entry) if len(entries) > size else None,
    )


async def statement(uow: UnitOfWork, code: str, *, since: date | None, until: date | None) -> Statement:
    """A person's points between two company days, both included: this year so far where they are not said.

    Raises:
        PersonUnknown: nobody has this code.
        RequestInvalid: it would end before it begins.
    """
    current = await keeping(uow)
    person = await people.person_id(uow, code)
    last = min(until or current.today, LAST)
    first = max(since or last.replace(month=1, day=1), FIRST)
    if first > last:
        raise RequestInvalid([Fault(place="query.since", code="after", expected="a day not after `until`")])
    begin = days.day_start(first, current.zone)
    end = days.day_start(last, current.zone) + timedelta(days=1)
    entries = [one for one in await _entries_since(uow, person, begin) if one.at < end]
    opening, closing = [
        sum([await ledger.balance(uow, one, at=at - timedelta(microseconds=1)) for one in _accounts(person)])
        for at in (begin, end)
    ]
    listed = await _movements(uow, current, person, entries, everybody)
    return Statement(
        person=code, since=first, until=last, opening=opening, closing=closing, movements=tuple(reversed(listed))
    )


def _accounts(person: PersonId) -> tuple[Account, Account]:
    return available(person), pending(person)


async def _entries(uow: UnitOfWork, person: PersonId, before: EntryId | None, wanted: int) -> list[Entry]:
    """Entries on either of her accounts that moved something, the latest first."""
    found: list[Entry] = []
    while len(found) < wanted:
        pages = [await ledger.entries_of(uow, one, before=before, limit=AT_ONCE) for one in _accounts(person)]
        full = [page[-1].entry for page in pages if len(page) == AT_ONCE]
        lowest = max(full, default=None)  # below this the shorter page may miss some
        both = {entry.entry: entry for page in pages for entry in page if lowest is None or entry.entry >= lowest}
        found += [both[number] for number in sorted(both, reverse=True) if both[number].kind != SAFE]
        if lowest is None:
            break
        before = lowest
    return found[:wanted]


async def _entries_since(uow: UnitOfWork, person: PersonId, begin: datetime) -> list[Entry]:
    found: list[Entry] = []
    while True:
        page = await _entries(uow, person, found[-1].entry if found else None, AT_ONCE)
        found += [one for one in page if one.at >= begin]
        if len(page) < AT_ONCE or page[-1].at < begin:
            return found


async def _movements(
    uow: UnitOfWork, current: Programme, person: PersonId, entries: Sequence[Entry], knows: Knows
) -> list[Movement]:
    told = await _told(uow, current, person, entries)
    told.names = {one: name if knows(one) else first_name(name) for one, name in told.names.items()}
    return [_movement(current, person, entry, told) for entry in entries]


async def _told(uow: UnitOfWork, current: Programme, person: PersonId, entries: Sequence[Entry]) -> Told:
    told = Told(given=await store.given_by(uow, person, [entry.entry for entry in entries]))
    lots = [one for some in told.given.values() for one in some]
    told.order_ids = await fact_store.order_ids(uow, {one.order_ref for one in lots if one.order_ref is not None})
    others = {one.about for one in lots if one.about is not None}
    others |= {
        line.account.person for entry in entries for line in entry.lines if line.account.person not in (None, person)
    }
    told.names = {one: card.name for one, card in (await people.cards(uow, sorted(others))).items()}
    told.labels = {rule.code: rule.label for rule in current.spec.rules}
    for entry in entries:
        if _kind(entry, -1) in (MovementKind.REDEEMED, MovementKind.RESTORED) and entry.document.kind == "order":
            await _tell_product(uow, told, entry.document.id)
    return told


async def _tell_product(uow: UnitOfWork, told: Told, order_id: str) -> None:
    if order_id in told.products:
        return
    try:
        order = await orders.order(uow, order_id)
    except OrderUnknown:
        return
    told.products[order_id] = order.lines[0].product


def _kind(entry: Entry, points: int) -> MovementKind:
    if entry.kind == TRANSFERRED:
        return MovementKind.SENT if points < 0 else MovementKind.RECEIVED
    if entry.kind == CONVERTED:
        return MovementKind.CONVERTED if points < 0 else MovementKind.BOUGHT
    return KINDS.get(entry.kind, MovementKind.RESTORED if entry.reverses is not None else MovementKind.REDEEMED)


def _movement(current: Programme, person: PersonId, entry: Entry, told: Told) -> Movement:
    points = sum(one.amount for one in entry.lines if one.account in _accounts(person))
    kind = _kind(entry, points)
    given = told.given.get(entry.entry, [])
    lot = given[0] if given else None
    order_id = told.order_ids.get(lot.order_ref) if lot is not None and lot.order_ref is not None else None
    if entry.document.kind in ORDER_DOCUMENTS:
        order_id = entry.document.id
    rule = lot.rule if lot is not None else None
    return Movement(
        at=entry.at,
        kind=kind,
        points=points,
        pending=any(_waits(one, current) for one in given),
        order_id=order_id,
        product=told.products.get(order_id) if order_id else None,
        person=_other(person, entry, lot, told),
        rule=told.labels.get(rule, {"en": rule}) if rule else None,
        reason=entry.reason if kind in (MovementKind.ADJUSTED, MovementKind.OPENING) else None,
        money=_money(person, entry),
        expires_on=_end(given),
    )


def _waits(one: Granted, current: Programme) -> bool:
    return one.lot.state is LotState.PENDING and one.lot.safe_at is not None and one.lot.safe_at > current.now


def _end(given: Iterable[Granted]) -> date | None:
    return min((one.lot.expires_on for one in given if one.lot.expires_on is not None), default=None)


def _other(person: PersonId, entry: Entry, lot: Granted | None, told: Told) -> str | None:
    if lot is not None and lot.about is not None:
        return told.names.get(lot.about)
    other = next((one.account.person for one in entry.lines if one.account.person not in (None, person)), None)
    return told.names.get(other) if other is not None and entry.kind == TRANSFERRED else None


def _money(person: PersonId, entry: Entry) -> Amount | None:
    """The other side of a conversion."""
    sides = (one for one in entry.lines if one.account.person == person and one.account.unit != POINTS)
    side = next(sides, None)
    return None if side is None else Amount(amount_minor=abs(side.amount), currency=side.account.unit)
