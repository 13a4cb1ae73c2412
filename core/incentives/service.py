"""Use cases about coupons and credit notes: giving them, using them on orders, and showing what somebody holds."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.db.unit_of_work import UnitOfWork
from core.http.model import Fault, RequestInvalid
from core.incentives import rules, store
from core.incentives.model import (
    Holding,
    HoldingChanged,
    HoldingKind,
    Holdings,
    HoldingTaken,
    HoldingUnknown,
    NewCoupon,
    NewCreditNote,
    NoteTooSmall,
)
from core.incentives.rules import Bill
from core.incentives.store import Row
from core.kernel.errors import Fact, Problem
from core.kernel.ids import PersonId
from core.kernel.money import amount_text
from core.ledger import service as ledger
from core.ledger.model import Account, Document, EntryId, Line, Posting, Purpose
from core.people import service as people
from core.plan import service as plans

GIVEN = "incentives.given"
USED = "incentives.used"
RETURNED = "incentives.returned"
WITHDRAWN = "incentives.withdrawn"


async def give_coupon(uow: UnitOfWork, new: NewCoupon) -> Holding:
    """Give somebody a coupon.

    Raises:
        PersonUnknown: nobody has this code.
        HoldingTaken: another document has the coupon's code.
        RequestInvalid: it takes nothing off, or both a share and an amount; an amount without a currency; an end
            before its beginning.
    """
    faults = [
        Fault(place=f"body.{place}", code="contradiction", expected=expected)
        for wrong, place, expected in (
            ((new.percent is None) == (new.amount_minor is None), "percent", "either percent or amount_minor"),
            (_needs_currency(new) != (new.currency is not None), "currency", "a currency where there is an amount"),
            (not _in_order(new.valid_from, new.valid_until), "valid_until", "no day before valid_from"),
        )
        if wrong
    ]
    if faults:
        raise RequestInvalid(faults)
    person = await people.person_id(uow, new.person)
    values = new.model_dump(exclude={"person", "code", "percent"})
    values["percent"] = None if new.percent is None else format(new.percent.normalize(), "f")
    return await _give(uow, person, HoldingKind.COUPON, new.code, values)


async def give_credit_note(uow: UnitOfWork, new: NewCreditNote) -> Holding:
    """Give somebody a credit note; what the company owes by it stands in the book from now on.

    Raises:
        PersonUnknown: nobody has this code.
        HoldingTaken: another document has this number.
    """
    person = await people.person_id(uow, new.person)
    values = {
        "label": {"en": new.reason},
        "amount_minor": new.amount_minor,
        "left_minor": new.amount_minor,
        "currency": new.currency,
        "valid_until": new.valid_until,
    }
    given = await _give(uow, person, HoldingKind.CREDIT_NOTE, new.number, values)
    lines = _lines(person, new.currency, new.amount_minor, Purpose.ADJUSTMENTS)
    await _post(uow, GIVEN, f"{GIVEN}:{given.code}", new.reason, (HoldingKind.CREDIT_NOTE.value, given.code), lines)
    return given


async def withdraw(uow: UnitOfWork, code: str) -> Holding:
    """End a coupon or credit note from now on, whatever is left of it; a second time changes nothing.

    Raises:
        HoldingUnknown: there is none of this code.
    """
    row = await store.by_code(uow, rules.written(code), locked=True)
    if row is None:
        raise HoldingUnknown(code=code)
    if row["withdrawn_at"] is None:
        await store.change(uow, row["id"], {"withdrawn_at": uow.now})
        if row["left_minor"]:
            lines = _lines(row["person_id"], row["currency"], -row["left_minor"], Purpose.ADJUSTMENTS)
            document = (HoldingKind.CREDIT_NOTE.value, row["code"])
            await _post(uow, WITHDRAWN, f"{WITHDRAWN}:{row['code']}", "withdrawn", document, lines)
        await _changed(uow, row["person_id"])
    return await holding(uow, row["person_id"], code)


async def holdings(uow: UnitOfWork, person: PersonId) -> Holdings:
    """All that a person holds that works or will, and what was used or ended lately."""
    zone = await _zone(uow)
    today = uow.now.astimezone(zone).date()
    rows = await store.of_person(uow, person)
    return Holdings(items=tuple(rules.shown(((holding_of(row, today), _changed_on(row, zone)) for row in rows), today)))


async def holding(uow: UnitOfWork, person: PersonId, code: str) -> Holding:
    """One coupon or credit note of a person as it stands today.

    Raises:
        HoldingUnknown: she holds none of this code.
    """
    return holding_of(await _of(uow, person, code), uow.now.astimezone(await _zone(uow)).date())


async def usable(uow: UnitOfWork, person: PersonId, code: str, kind: HoldingKind, bill: Bill) -> Holding:
    """A document of this person that works on this order.

    Raises:
        HoldingUnknown: she holds none of this code and kind.
        HoldingUnusable, HoldingCurrency, OrderTooSmall: it does not work on this order.
    """
    found = holding_of(await _of(uow, person, code), bill.day)
    if found.kind is not kind:
        raise HoldingUnknown(code=code)
    rules.require_usable(found, bill)
    return found


async def use_coupon(uow: UnitOfWork, person: PersonId, code: str, bill: Bill, order_ref: int, taken: int) -> None:
    """Use a coupon on an order that it made cheaper by `taken` minor units.

    Raises:
        HoldingUnusable: somebody else has used it meanwhile, or it does not work any more.
    """
    row = await _of(uow, person, code, locked=True)
    await usable(uow, person, code, HoldingKind.COUPON, bill)
    await store.change(uow, row["id"], {"used": row["used"] + 1, "used_at": uow.now})
    await store.add_use(uow, row["id"], order_ref, taken)
    await _changed(uow, person)


async def use_note(
    uow: UnitOfWork, person: PersonId, code: str, bill: Bill, order_ref: int, amount_minor: int, document: Document
) -> EntryId:
    """Pay a part of an order by a credit note.

    Raises:
        HoldingUnknown, HoldingUnusable, HoldingCurrency: it does not work on this order.
        NoteTooSmall: less is left of it.
    """
    row = await _of(uow, person, code, locked=True)
    note = await usable(uow, person, code, HoldingKind.CREDIT_NOTE, bill)
    left = row["left_minor"]
    if amount_minor > left:
        told = amount_text(left, row["currency"])
        raise NoteTooSmall(code=note.code, left_minor=left, currency=row["currency"], told=told)
    await store.change(uow, row["id"], {"left_minor": left - amount_minor, "used_at": uow.now})
    await store.add_use(uow, row["id"], order_ref, amount_minor)
    await _changed(uow, person)
    lines = _lines(person, row["currency"], -amount_minor, Purpose.SALES)
    key = f"{USED}:{note.code}:{document.kind}:{document.id}"
    return await _post(uow, USED, key, note.code, (document.kind, document.id), lines)


async def give_back(
    uow: UnitOfWork, code: str, order_ref: int, *, document: Document, amount_minor: int | None = None
) -> None:
    """Undo what an order used of a document: the coupon's use, or money of the note; its validity stays as it was.

    Args:
        document: what gives it back, the cancelled order or a return.
        amount_minor: how much of a note; None is all that the order still has of it.
    """
    known = await store.by_code(uow, code, locked=True)
    assert known is not None, "an order can only have used what there is"
    use = await store.use(uow, known["id"], order_ref)
    if use is None:
        return
    part = use["amount_minor"] if amount_minor is None else min(amount_minor, use["amount_minor"])
    left = use["amount_minor"] - part
    is_note = known["kind"] == HoldingKind.CREDIT_NOTE.value
    over = {} if is_note and left else {"undone_at": uow.now}
    await store.change_use(uow, known["id"], order_ref, ({"amount_minor": left} if is_note else {}) | over)
    if is_note:
        await _note_back(uow, known, part, document)
    else:
        await store.change(uow, known["id"], {"used": known["used"] - 1})
    await _changed(uow, known["person_id"])


async def verify(uow: UnitOfWork) -> list[Problem]:
    """Whether what is left of people's credit notes is what the book owes them by it."""
    problems = []
    for (person, currency), left in (await store.notes_left(uow)).items():
        owed = await ledger.balance(uow, _account(PersonId(person), currency))
        if owed != left:
            facts: dict[str, Fact] = {"person": person, "currency": currency, "left": left, "owed": owed}
            problems.append(Problem(code="credit_notes_differ", facts=facts))
    return problems


async def _note_back(uow: UnitOfWork, row: Row, amount_minor: int, document: Document) -> None:
    """A note that was withdrawn meanwhile stays at nothing: what comes back to it is the company's again."""
    if row["withdrawn_at"] is not None or not amount_minor:
        return
    await store.change(uow, row["id"], {"left_minor": row["left_minor"] + amount_minor})
    lines = _lines(row["person_id"], row["currency"], amount_minor, Purpose.SALES)
    key = f"{RETURNED}:{row['code']}:{document.kind}:{document.id}"
    await _post(uow, RETURNED, key, row["code"], (document.kind, document.id), lines)


async def _give(uow: UnitOfWork, person: PersonId, kind: HoldingKind, code: str, values: dict[str, object]) -> Holding:
    kept = rules.written(code)
    if not kept:
        raise RequestInvalid([Fault(place="body.code", code="empty", expected="a code that is not blank")])
    row = {"kind": kind.value, "code": kept, "person_id": person, "made_at": uow.now}
    if not await store.add(uow, values | row):
        raise HoldingTaken(code=kept)
    await _changed(uow, person)
    return await holding(uow, person, kept)


async def _of(uow: UnitOfWork, person: PersonId, code: str, *, locked: bool = False) -> Row:
    row = await store.by_code(uow, rules.written(code), locked=locked)
    if row is None or row["person_id"] != person:
        raise HoldingUnknown(code=code)
    return row


def holding_of(row: Row, today: date) -> Holding:
    """A document as it stands on a company day."""
    is_note = row["kind"] == HoldingKind.CREDIT_NOTE.value
    left = row["left_minor"] if is_note else row["uses"] - row["used"]
    names = ("kind", "code", "label", "amount_minor", "currency", "order_least_minor", "valid_from", "valid_until")
    return Holding(
        **{name: row[name] for name in names},
        percent=None if row["percent"] is None else Decimal(row["percent"]),
        left_minor=row["left_minor"],
        uses_left=None if is_note else left,
        state=rules.state(
            left=left,
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            withdrawn=row["withdrawn_at"] is not None,
            today=today,
        ),
    )


def _changed_on(row: Row, zone: ZoneInfo) -> date:
    last: datetime = max(moment for moment in (row["made_at"], row["used_at"], row["withdrawn_at"]) if moment)
    return last.astimezone(zone).date()


async def _zone(uow: UnitOfWork) -> ZoneInfo:
    return ZoneInfo((await plans.plan_in_force(uow, uow.now)).calendar.time_zone)


async def _changed(uow: UnitOfWork, person: PersonId) -> None:
    await uow.emit(HoldingChanged(person=person, person_id=person))


def _account(person: PersonId, currency: str) -> Account:
    return Account(person=person, purpose=Purpose.CREDIT_NOTES, unit=currency)


def _lines(person: PersonId, currency: str, amount_minor: int, other: Purpose) -> tuple[Line, Line]:
    """What the person's notes gain, and what the company's account `other` loses."""
    company = Account(person=None, purpose=other, unit=currency)
    return Line(account=_account(person, currency), amount=amount_minor), Line(account=company, amount=-amount_minor)


async def _post(
    uow: UnitOfWork, kind: str, key: str, reason: str, document: tuple[str, str], lines: tuple[Line, Line]
) -> EntryId:
    of = Document(kind=document[0], id=document[1])
    return (await ledger.post(uow, Posting(key=key, kind=kind, reason=reason, document=of, lines=lines))).entry


def _needs_currency(new: NewCoupon) -> bool:
    return new.amount_minor is not None or new.order_least_minor is not None


def _in_order(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last
