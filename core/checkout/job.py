"""What paid for goods that came back in bulk goes back, a return at a time; safe to repeat, and to stop anywhere."""

from collections.abc import Callable

from core.checkout.service import settle_return
from core.db.database import Database
from core.orders import service as orders

ACTOR = "returns"
AT_ONCE = 1_000


async def settle_returns(database: Database, is_over: Callable[[], bool] = lambda: False) -> int:
    """Settle every return that is due, each in a transaction of its own, as those are that are taken one by one.

    Args:
        is_over: asked between two of them whether to leave the rest to the next time.

    Returns:
        How many were settled.
    """
    done = after = 0
    while True:
        async with database.read() as questions:
            due = await orders.returns_due(questions, after, AT_ONCE)
        if not due:
            return done
        for order_ref, order_id in due:
            if is_over():
                return done
            async with database.begin(actor=ACTOR) as uow:
                done += await settle_return(uow, order_ref, order_id)
                await uow.commit()
        after, _ = due[-1]
