"""Use cases of payments, each on a unit of work that it is given."""

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import Problem
from core.payments.service.accounts import (
    accounts_of,
    company_account,
    company_accounts,
    end_account,
    record,
    set_account,
    set_company_account,
)
from core.payments.service.exporting import bank_files, finish, freeze, kept, require_same
from core.payments.service.listing import approve, cancel, card, hold, let_go
from core.payments.service.making import Making, begin, fill, forget, publish
from core.payments.service.reporting import book_paid, book_returned, complete, looked_up, paid_runs
from core.payments.service.showing import PAGE_SIZE, left_out, lists, of_person, outside_sepa, payments, payout_states
from core.payments.service.taking import Payout, left_of, take_some, taken
from core.payments.store import checks

__all__ = [
    "PAGE_SIZE",
    "Making",
    "Payout",
    "accounts_of",
    "approve",
    "bank_files",
    "begin",
    "book_paid",
    "book_returned",
    "cancel",
    "card",
    "company_account",
    "company_accounts",
    "complete",
    "end_account",
    "fill",
    "finish",
    "forget",
    "freeze",
    "hold",
    "kept",
    "left_of",
    "left_out",
    "let_go",
    "lists",
    "looked_up",
    "of_person",
    "outside_sepa",
    "paid_runs",
    "payments",
    "payout_states",
    "publish",
    "record",
    "require_same",
    "set_account",
    "set_company_account",
    "take_some",
    "taken",
    "verify",
]


async def verify(uow: UnitOfWork) -> list[Problem]:
    """Everything in which payments, payables and the book do not agree, at once."""
    return await checks.problems(uow)
