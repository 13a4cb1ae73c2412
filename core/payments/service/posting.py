"""What payments do in the book: from payable into a payment, on to the bank, and back.

| what happens               | key                      | from       | to         |
| -------------------------- | ------------------------ | ---------- | ---------- |
| a list takes it            | `payments.listed:ID`     | payable    | in payment |
| it is given up, or refused | `payments.freed:ID`      | in payment | payable    |
| the bank has paid it       | `payments.paid:ID`       | in payment | bank       |
| it came back               | `payments.returned:ID`   | bank       | payable    |
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Account, Move, Purpose


class Deed(StrEnum):
    """The kinds of entries of a payment; each is made once at most."""

    LISTED = "payments.listed"
    FREED = "payments.freed"
    PAID = "payments.paid"
    RETURNED = "payments.returned"


PAYABLE, IN_PAYMENT, BANK = Purpose.COMMISSIONS_PAYABLE, Purpose.COMMISSIONS_IN_PAYMENT, Purpose.BANK
ENDS: Mapping[Deed, tuple[Purpose, Purpose]] = {
    Deed.LISTED: (PAYABLE, IN_PAYMENT),
    Deed.FREED: (IN_PAYMENT, PAYABLE),
    Deed.PAID: (IN_PAYMENT, BANK),
    Deed.RETURNED: (BANK, PAYABLE),
}


class Posted(NamedTuple):
    """A payment as the book needs it."""

    number: int
    person: PersonId
    amount_minor: int
    currency: str


async def post(uow: UnitOfWork, deed: Deed, payments: Sequence[Posted]) -> None:
    """Write what happened to payments, which must not have happened to them before."""
    source, target = ENDS[deed]
    for currency in sorted({one.currency for one in payments}):
        moves = [
            Move(key=f"{deed.value}:{one.number}", document=str(one.number), person=one.person, amount=one.amount_minor)
            for one in payments
            if one.currency == currency
        ]
        await ledger.move_all(
            uow,
            moves,
            kind=deed.value,
            reason=deed.value,
            document_kind="payment",
            unit=currency,
            source=source,
            target=target,
        )


async def payable(uow: UnitOfWork, people: Sequence[PersonId], currency: str) -> dict[PersonId, int]:
    """What stands on people's payable accounts, which nobody else can change until the transaction ends."""
    accounts = [Account(person=person, purpose=PAYABLE, unit=currency) for person in people]
    held = await ledger.lock(uow, accounts)
    return {account.person: balance for account, balance in held.items() if account.person is not None}
