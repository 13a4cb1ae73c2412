"""Payments for treasury, accounts for whoever looks after people's, and what a person sees of hers."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from core.access.model import Caller, Permission
from core.db.database import Database
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import INTEGER_MAX, Created, Page, read_cursor, write_cursor
from core.http.routes import Routes
from core.payments import job, service
from core.payments.model import (
    BankAccount,
    BankAccountWish,
    CompanyAccount,
    CompanyAccountWish,
    LeftOut,
    ListCard,
    ListWish,
    PaymentCard,
    PayoutState,
    PersonPayment,
    Reason,
    ReportCard,
)
from core.payments.rules.rendering import name_of
from core.people import service as people
from core.runs import service as runs

routes = Routes()

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Ending = Annotated[str, Field(pattern=r"^(xml|csv)$")]
REPORT_BYTES_MAX = 200 * 2**20
REPORTS = ("application/xml", "text/xml", "text/csv")


@routes.get("/v1/payments/company-accounts", needs=Permission.SEE_PAYOUTS)
async def company_accounts(uow: Questions) -> list[CompanyAccount]:
    """From where each currency is paid, and what its bank takes."""
    return await service.company_accounts(uow)


@routes.put("/v1/payments/company-accounts/{currency}", needs=Permission.MAKE_PAYMENTS)
async def set_company_account(uow: UnitOfWork, currency: CurrencyCode, wish: CompanyAccountWish) -> CompanyAccount:
    """Pay a currency from this account from now on.

    Raises:
        AccountUnfit: it cannot be an account, each way by a code of its own (`iban_invalid`, `clabe_wrong`, …).
        SepaNeedsEuro: SEPA pays euros, from within its area.
    """
    return await service.set_company_account(uow, currency, wish)


@routes.get("/v1/people/{code}/bank-accounts", needs=Permission.SEE_PAYOUTS)
async def bank_accounts(uow: Questions, code: str) -> list[BankAccount]:
    """All accounts that a person ever had, masked, those of today first.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return await service.accounts_of(uow, code)


@routes.put("/v1/people/{code}/bank-account", needs=Permission.EDIT_BANK_ACCOUNTS)
async def set_bank_account(uow: UnitOfWork, code: str, wish: BankAccountWish) -> BankAccount:
    """Pay a person to this account from now on; one that takes another's place waits some days.

    An account is named by its IBAN, or where there is none by country, number and bank code.

    Raises:
        PersonUnknown: nobody has this code.
        AccountUnfit: it cannot be an account, each way by a code of its own (`iban_invalid`, `clabe_wrong`, …).
    """
    return await service.set_account(uow, code, wish)


@routes.delete("/v1/people/{code}/bank-accounts/{currency}", needs=Permission.EDIT_BANK_ACCOUNTS)
async def end_bank_account(uow: UnitOfWork, code: str, currency: CurrencyCode) -> None:
    """Pay nothing more to a person's account.

    Raises:
        PersonUnknown, AccountUnknown: nobody has this code, or she has no such account.
    """
    await service.end_account(uow, code, currency)


@routes.get("/v1/payments/lists", needs=Permission.SEE_PAYOUTS)
async def lists(uow: Questions, cursor: str | None = None) -> Page[ListCard]:
    """The payment lists, latest first.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    return await service.lists(uow, cursor)


@routes.post("/v1/payments/lists", needs=Permission.MAKE_PAYMENTS)
async def make(caller: Caller, database: Database, wish: ListWish) -> Created[ListCard]:
    """Make a list of all that can be paid in a currency; its findings tell whom its format leaves out.

    Raises:
        CompanyAccountMissing: there is no account to pay it from.
        FormatNotTaken: its bank takes no such SEPA files.
        TooEarly: the day is over.
        NothingToPay, NothingInFormat: nobody is to be paid, or can be, or not in this format.
        RunDoubted, PayoutDoubted, RunRefused: so it is but for runs that cannot be taken over.
    """
    card = await job.make(database, wish, actor=caller.actor)
    return Created(card, location=f"/v1/payments/lists/{card.number}")


@routes.get("/v1/payments/lists/{number}", needs=Permission.SEE_PAYOUTS)
async def payment_list(uow: Questions, number: Number) -> ListCard:
    """A list with its control sums and files.

    Raises:
        ListUnknown: there is no such list.
    """
    return await service.card(uow, number)


@routes.get("/v1/payments/lists/{number}/payments", needs=Permission.SEE_PAYOUTS)
async def list_payments(uow: Questions, number: Number, cursor: str | None = None) -> Page[PaymentCard]:
    """The payments of a list.

    Raises:
        ListUnknown: there is no such list.
        CursorInvalid: the cursor is not one that a page gave.
    """
    await service.card(uow, number)
    return await service.payments(uow, number, cursor)


@routes.post("/v1/payments/lists/{number}/approve", needs=Permission.MAKE_PAYMENTS)
async def approve(uow: UnitOfWork, number: Number) -> ListCard:
    """Let a list go to the bank.

    Raises:
        ListUnknown, ListNotIn: there is no such list, or it is no draft.
        FourEyes: the caller made it, or wrote an account in it.
    """
    return await service.approve(uow, number)


@routes.post("/v1/payments/lists/{number}/cancel", needs=Permission.MAKE_PAYMENTS)
async def cancel(uow: UnitOfWork, number: Number) -> ListCard:
    """Give up a list whose export has not begun.

    Raises:
        ListUnknown, ListNotIn: there is no such list, or the bank may have it.
    """
    return await service.cancel(uow, number)


@routes.post("/v1/payments/lists/{number}/export", needs=Permission.MAKE_PAYMENTS)
async def export(caller: Caller, database: Database, number: Number) -> ListCard:
    """Make the files of an approved list; they are there to be fetched from then on. A second time changes nothing.

    Raises:
        ListUnknown, ListNotIn: there is no such list, or it is not approved.
        NothingToPay, CompanyAccountMissing: nothing is left to pay, or nowhere to pay it from.
    """
    return await job.export(database, number, None, actor=caller.actor)


@routes.get("/v1/payments/lists/{number}/files/{file}/{ending}", needs=Permission.MAKE_PAYMENTS)
async def list_file(database: Database, number: Number, file: Number, ending: Ending) -> web.Response:
    """A file for the bank: xml where it takes SEPA's, and always csv; the same bytes every time.

    Raises:
        ListUnknown, ListNotIn, PaymentFileUnknown: there is no such file, or not yet.
    """
    content = await job.file_content(database, number, file, ending)
    name = name_of(number, file, ending)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    kind = "application/xml" if ending == "xml" else "text/csv"
    return web.Response(body=content, content_type=kind, charset="utf-8", headers=headers)


@routes.post("/v1/payments/{payment}/hold", needs=Permission.MAKE_PAYMENTS)
async def hold(uow: UnitOfWork, payment: str, reason: Reason) -> PaymentCard:
    """Keep a payment out of its list's files.

    Raises:
        PaymentUnknown, PaymentNotIn, ListNotIn: there is no such payment, or it is too late.
    """
    return await service.hold(uow, payment, reason.reason)


@routes.post("/v1/payments/{payment}/let-go", needs=Permission.MAKE_PAYMENTS)
async def let_go(uow: UnitOfWork, payment: str) -> PaymentCard:
    """End a payment's hold.

    Raises:
        PaymentUnknown, PaymentNotIn: there is no such payment, or nobody holds it.
    """
    return await service.let_go(uow, payment)


@routes.get("/v1/payments/waiting/{currency}", needs=Permission.SEE_PAYOUTS)
async def waiting(uow: Questions, currency: CurrencyCode, cursor: str | None = None) -> Page[LeftOut]:
    """What is payable and in no list, person by person, and why.

    Raises:
        CompanyAccountMissing: there is no account to pay it from.
        CursorInvalid: the cursor is not one that a page gave.
    """
    after = 0
    if cursor is not None:
        [after] = (int(place or 0) for place in read_cursor(cursor, int))
    found = await service.left_out(uow, currency, await runs.held(uow), after=min(after, INTEGER_MAX))
    items = [one for _, one in found]
    return Page[LeftOut](items=items, next=write_cursor(found[-1][0]) if len(found) == service.PAGE_SIZE else None)


@routes.put("/v1/payments/report", needs=Permission.MAKE_PAYMENTS, body_limit=REPORT_BYTES_MAX, takes=REPORTS)
async def book(caller: Caller, database: Database, content: bytes) -> ReportCard:
    """Book what the bank says: pain.002, camt.053, camt.054 or CSV. With faults nothing is booked; twice is once.

    Raises:
        ReportUnreadable: it is none of them.
        PaymentsOvertaken: another report about the same is being booked.
    """
    return ReportCard.of(await job.book(database, content, actor=caller.actor))


@routes.get("/v1/people/{code}/payments", needs=Permission.SEE_PAYOUTS)
async def payments_of(uow: Questions, code: str) -> list[PersonPayment]:
    """A person's payments, latest first.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return await service.of_person(uow, await people.person_id(uow, code))


@routes.get("/v1/people/{code}/payout", needs=Permission.SEE_PAYOUTS)
async def payout_of(uow: Questions, code: str) -> list[PayoutState]:
    """What a person has in each currency besides payments on their way.

    Raises:
        PersonUnknown: nobody has this code.
    """
    person = await people.person_id(uow, code)
    held = await runs.held(uow, [person])
    return await service.payout_states(uow, person, is_held=person in held)
