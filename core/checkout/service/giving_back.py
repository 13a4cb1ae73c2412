"""What paid for an order goes back to where it came from, when the order is cancelled or goods come back."""

from core.checkout import rules
from core.checkout.service.paying import document_of, post_credit
from core.db.unit_of_work import UnitOfWork
from core.incentives import service as incentives
from core.ledger.model import Document, EntryId
from core.orders import service as orders
from core.orders.model import Means, OrderHead, PaidPart
from core.orders.rules import GOES_BACK_IN_PART
from core.points import service as points

CANCELLED = "checkout.cancelled"
RETURNED = "checkout.returned"
CREDIT_BACK = "checkout.credit_back"


async def give_all_back(uow: UnitOfWork, head: OrderHead) -> None:
    """Everything that paid for a cancelled order, but for money from outside, which goes back outside."""
    for part in await orders.parts_of(uow, head):
        left = part.amount - part.given_back
        if left > 0:
            await _give_back(uow, head, part, left, document_of(head))


async def give_share_back(uow: UnitOfWork, sale: OrderHead, returned: OrderHead) -> None:
    """Of a sale that points, credit or credit notes paid, the share of what came back; a coupon stays used.

    Points go back for the pieces whose price they paid, credit and credit notes for the money that the goods cost; all
    that came back up to this return is looked at, so that it does not matter in which order returns are asked.
    """
    parts = [one for one in await orders.parts_of(uow, sale) if one.means in GOES_BACK_IN_PART]
    if not parts:
        return
    sold = await orders.sold_lines(uow, sale)
    came_back = await orders.returned_pieces(uow, sale, up_to=returned)
    for part in parts:
        goods = rules.goods(sold, by_points=part.means is Means.POINTS)
        due = rules.due_back(part.amount, goods, came_back, part.given_back)
        if due > 0:
            await _give_back(uow, sale, part, due, document_of(returned))


async def _give_back(uow: UnitOfWork, head: OrderHead, part: PaidPart, amount: int, document: Document) -> None:
    if part.means is Means.CREDIT:
        key = f"{CREDIT_BACK}:{head.ref}:{document.kind}:{document.id}"
        await post_credit(uow, head.person, head.currency, amount, kind=CREDIT_BACK, key=key, document=document)
    elif part.means is Means.POINTS:
        await _points_back(uow, part, amount, document)
    elif part.document is not None:
        money = amount if part.means is Means.CREDIT_NOTE else None
        await incentives.give_back(uow, part.document, head.ref, document=document, amount_minor=money)
    await orders.note_given_back(uow, head, part, amount)


async def _points_back(uow: UnitOfWork, part: PaidPart, amount: int, document: Document) -> None:
    """The whole spending is reversed; of a part that comes back an entry of its own tells."""
    assert part.entry is not None, "points that paid stand in the book"
    entry, told = EntryId(part.entry), (document.kind, document.id)
    if amount == part.amount and document.kind == "order":
        await points.restore(uow, entry, key=f"{CANCELLED}:{entry}", reason=document.id)
        return
    key = f"{RETURNED}:{entry}:{document.kind}:{document.id}"
    await points.restore(uow, entry, key=key, reason=document.id, points=amount, document=told)
