"""Booking what pays for an order, each part once."""

from collections.abc import Sequence

from core.checkout.model import PaymentTooLarge
from core.checkout.service.pricing import REDEEMED, Quote, bill_of
from core.db.unit_of_work import UnitOfWork
from core.incentives import service as incentives
from core.kernel.ids import PersonId
from core.kernel.money import amount_text
from core.ledger import service as ledger
from core.ledger.model import POINTS, Account, Document, EntryId, Line, Overdrawn, Posting, Purpose
from core.orders.model import Means, NewPart, NewPayment, OrderHead, OrderKind
from core.orders.service import Priced
from core.plan.model.points import PointsSpec
from core.points import service as points
from core.points.model import MoneyTooLittle, PointsMoved

CREDIT_USED = "checkout.credit_used"


async def hold(uow: UnitOfWork, person: PersonId, currency: str | None = None) -> dict[Purpose, int]:
    """Hold a person's accounts until the transaction ends: whoever else decides by them waits.

    Every use case of this room that writes does so before it locks anything else: first accounts, then orders,
    coupons and credit notes, at last stock. So no two wait for each other.

    Args:
        currency: hold her credit in it too.

    Returns:
        What stands on each account.
    """
    accounts = [_points(person, Purpose.POINTS_AVAILABLE), _points(person, Purpose.POINTS_PENDING)]
    accounts += [] if currency is None else [credit_account(person, currency)]
    return {account.purpose: amount for account, amount in (await ledger.lock(uow, accounts)).items()}


async def hold_buyer(uow: UnitOfWork, person: PersonId, spec: PointsSpec | None) -> None:
    """Hold her points, and those of whoever earns by her orders; without a programme no balance decides beforehand."""
    if spec is not None:
        await ledger.lock(uow, await points.accounts_of_orders(uow, person, spec))


async def book(
    uow: UnitOfWork, head: OrderHead, priced: Priced, quote: Quote, payments: Sequence[NewPayment]
) -> list[NewPart]:
    """Take what pays for an order that is written: coupons, points, credit notes, then credit.

    Returns:
        The parts to be written with the order.

    Raises:
        PointsTooFew, MoneyTooLittle, NoteTooSmall: there is not enough.
        PaymentTooLarge: more than the order still costs.
        HoldingUnknown, HoldingUnusable, HoldingCurrency: a coupon or credit note does not work on this order.
    """
    parts = await _coupons(uow, head, priced, quote)
    if quote.points:
        parts.append(await _by_points(uow, head, quote))
    left = quote.amount_minor
    for means in (Means.CREDIT_NOTE, Means.CREDIT):
        for payment in (one for one in payments if one.means is means):
            if payment.amount is not None and payment.amount > left:
                told = amount_text(left, priced.currency)
                raise PaymentTooLarge(means=means.value, left=left, currency=priced.currency, told=told)
            part = await _by_money(uow, head, priced, payment, left)
            if part is not None:
                parts.append(part)
                left -= part.value_minor
    return parts


def document_of(head: OrderHead) -> Document:
    """How the book names an order or a return."""
    return Document(kind="order" if head.kind is OrderKind.SALE else "return", id=head.order_id)


def credit_account(person: PersonId, currency: str) -> Account:
    """A person's account credit."""
    return Account(person=person, purpose=Purpose.CREDIT, unit=currency)


async def post_credit(
    uow: UnitOfWork, person: PersonId, currency: str, amount_minor: int, *, kind: str, key: str, document: Document
) -> EntryId:
    """Move money between a person's credit and the company's sales; a negative amount pays, a positive one pays back.

    Raises:
        MoneyTooLittle: she has not so much.
    """
    sales = Account(person=None, purpose=Purpose.SALES, unit=currency)
    lines = (
        Line(account=credit_account(person, currency), amount=amount_minor),
        Line(account=sales, amount=-amount_minor),
    )
    try:
        posting = Posting(key=key, kind=kind, reason=document.id, document=document, lines=lines)
        posted = await ledger.post(uow, posting)
    except Overdrawn as short:
        have = int(str(short.facts["balance"]))
        raise MoneyTooLittle(currency=currency, available_minor=have, needed_minor=-amount_minor) from short
    await uow.emit(PointsMoved(person=person, person_id=person))
    return posted.entry


async def _coupons(uow: UnitOfWork, head: OrderHead, priced: Priced, quote: Quote) -> list[NewPart]:
    bill = bill_of(priced, priced.amount_minor)
    for coupon in quote.coupons:
        await incentives.use_coupon(uow, priced.person, coupon.code, bill, head.ref, coupon.taken)
    return [
        NewPart(means=Means.COUPON, amount=one.taken, value_minor=one.taken, document=one.code) for one in quote.coupons
    ]


async def _by_points(uow: UnitOfWork, head: OrderHead, quote: Quote) -> NewPart:
    entry = await points.spend(
        uow,
        head.person,
        quote.points,
        key=f"{REDEEMED}:{head.ref}",
        kind=REDEEMED,
        reason=head.order_id,
        document=("order", head.order_id),
        counter=Purpose.POINTS_REDEEMED,
    )
    return NewPart(means=Means.POINTS, amount=quote.points, value_minor=quote.points_value, entry_id=entry)


async def _by_money(uow: UnitOfWork, head: OrderHead, priced: Priced, payment: NewPayment, left: int) -> NewPart | None:
    """A part that a credit note or credit pays; None where there is nothing to pay, or nothing to pay with."""
    if payment.means is Means.CREDIT_NOTE:
        assert payment.document is not None, "require_sound has looked"
        note = await incentives.holding(uow, priced.person, payment.document)
        amount = min(note.left_minor or 0, left) if payment.amount is None else payment.amount
        if payment.amount is None and not amount and not left:
            return None
        document = document_of(head)
        bill = bill_of(priced, priced.amount_minor)
        entry = await incentives.use_note(uow, priced.person, note.code, bill, head.ref, amount, document)
        return NewPart(means=payment.means, amount=amount, value_minor=amount, document=note.code, entry_id=entry)
    amount = payment.amount or min(max(0, (await hold(uow, priced.person, priced.currency))[Purpose.CREDIT]), left)
    if not amount:
        return None
    key = f"{CREDIT_USED}:{head.ref}"
    entry = await post_credit(
        uow, priced.person, priced.currency, -amount, kind=CREDIT_USED, key=key, document=document_of(head)
    )
    return NewPart(means=payment.means, amount=amount, value_minor=amount, entry_id=entry)


def _points(person: PersonId, purpose: Purpose) -> Account:
    return Account(person=person, purpose=purpose, unit=POINTS)
