"""What her order has come to, told to whoever ordered: one message an order, which later ones take the place of."""

from datetime import datetime, timedelta

from core.access.model import Caller, CallerKind
from core.db.unit_of_work import UnitOfWork
from core.messaging import outbox
from core.orders.model import OrderHead, OrderKind, OrderState

UPDATED = "order.updated"
NEWS_FOR = timedelta(days=7)
"""What came to pass before that, and is only written down now, is no news to anybody."""


async def tell(
    uow: UnitOfWork, head: OrderHead, state: OrderState, at: datetime, *, tracking: str | None = None
) -> None:
    """Tell her, unless she did it herself in her chat, which has answered her.

    Args:
        at: when it came to pass.
        tracking: the parcel's number, told again where it changes.
    """
    if head.kind is not OrderKind.SALE or at < uow.now - NEWS_FOR or uow.actor == _herself(head):
        return
    key = ":".join([UPDATED, str(head.ref), state.value, *([tracking] if tracking else [])])
    facts = {"order": head.order_id, "state": state.value, "tracking": tracking}
    about = f"order:{head.order_id}"
    await outbox.put(uow, key, UPDATED, head.person, facts, subject=about, occasion=about)


def _herself(head: OrderHead) -> str:
    return Caller(CallerKind.CHAT, frozenset(), person=head.person).actor
