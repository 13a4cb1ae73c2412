"""Payments that a report names."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, select

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.payments.model import PaymentState
from core.payments.rules.booking import Known
from core.payments.rules.numbers import masked
from core.payments.store.accounts import ACCOUNTS, AT_ONCE
from core.payments.store.lists import FILES, LISTS, PAYMENTS

_KNOWN: Select[Any] = (
    select(PAYMENTS, LISTS.c.currency, FILES.c.message_id)
    .join(LISTS, LISTS.c.id == PAYMENTS.c.list_id)
    .outerjoin(FILES, and_(FILES.c.list_id == PAYMENTS.c.list_id, FILES.c.number == PAYMENTS.c.file_number))
)


async def named(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, Known]:
    """Payments by their ids; unknown ids are left out."""
    known: dict[str, Known] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = PAYMENTS.c.end_to_end_id.in_(ids[start : start + AT_ONCE])
        known |= {row.end_to_end_id: _known(row) for row in await uow.connection.execute(_KNOWN.where(some))}
    return known


async def in_files(uow: UnitOfWork, messages: Sequence[str]) -> dict[str, list[Known]]:
    """The payments of whole files, by the files' ids."""
    known: dict[str, list[Known]] = {}
    for start in range(0, len(messages), AT_ONCE):
        some = FILES.c.message_id.in_(messages[start : start + AT_ONCE])
        for row in await uow.connection.execute(_KNOWN.where(some).order_by(PAYMENTS.c.id)):
            known.setdefault(row.message_id, []).append(_known(row))
    return known


async def accounts(uow: UnitOfWork, numbers: Sequence[int]) -> dict[int, str]:
    """The accounts to which payments went, masked, by the payments' numbers."""
    found: dict[int, str] = {}
    joined = PAYMENTS.join(ACCOUNTS, ACCOUNTS.c.id == PAYMENTS.c.bank_account_id)
    for start in range(0, len(numbers), AT_ONCE):
        some = PAYMENTS.c.id.in_(numbers[start : start + AT_ONCE])
        its = (ACCOUNTS.c.account, ACCOUNTS.c.kind, ACCOUNTS.c.country)
        asked = select(PAYMENTS.c.id, *its).select_from(joined).where(some)
        rows = await uow.connection.execute(asked)
        found |= {row.id: masked(row.account, row.kind, row.country) for row in rows}
    return found


def _known(row: Row[Any]) -> Known:
    return Known(
        number=row.id,
        list=row.list_id,
        person=PersonId(row.person_id),
        end_to_end_id=row.end_to_end_id,
        message_id=row.message_id,
        amount_minor=row.amount_minor,
        currency=row.currency,
        state=PaymentState(row.state),
    )
