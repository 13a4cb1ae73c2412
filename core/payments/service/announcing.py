"""What the bank did, told to whoever was paid: that money went to her, or that it came back."""

from collections.abc import Sequence

import orjson

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.messaging import outbox
from core.messaging.model import Ready
from core.payments.model import PaymentState
from core.payments.rules.booking import Change
from core.payments.store import reports

MADE = "payout.made"


async def tell(uow: UnitOfWork, changes: Sequence[Change], state: PaymentState) -> None:
    """Tell everybody whose payment was made (PAID), or came back or was refused (RETURNED), once for each."""
    if not changes:
        return
    accounts = await reports.accounts(uow, [one.payment.number for one in changes])
    begins = microseconds(uow.now)
    rows = []
    for one in changes:
        payment = one.payment
        facts = {
            "amount": payment.amount_minor,
            "currency": payment.currency,
            "on": (one.on or uow.now.date()).isoformat(),
            "account": accounts[payment.number],
            "returned": state is PaymentState.RETURNED,
        }
        key, occasion = f"{MADE}:{payment.number}:{state.value}", f"payment:{payment.end_to_end_id}"
        rows.append(Ready(key, payment.person, orjson.dumps(facts).decode(), occasion, begins, None))
    await outbox.put_all(uow, MADE, rows)
