"""`python -m core payments …`: lists from making to booking, and the accounts that they pay from and to."""

import argparse
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from core.access import service as access
from core.access.model import Permission
from core.commands import Subparsers, a_currency, a_day, a_reason, command
from core.db.database import Database
from core.db.opening import opened
from core.db.unit_of_work import UnitOfWork
from core.exchange.telling import problem_line
from core.kernel.english import counted
from core.kernel.errors import Problem
from core.payments import job, service, taking, telling
from core.payments.model import CompanyAccountWish, Format, ListWish, NothingToPay
from core.payments.telling import told
from core.runs import service as runs
from core.settings import Settings, SettingsError

T = TypeVar("T")
FORMAT_HELP = "csv pays accounts of all kinds; that of the company's account where it is not said"
PAYMENTS, ACCOUNTS = Permission.MAKE_PAYMENTS, Permission.EDIT_BANK_ACCOUNTS


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    payments = subparsers.add_parser("payments", help="Pay what released runs owe, and book what the bank says of it.")
    actions = payments.add_subparsers(metavar="ACTION", required=True)
    shown = command(actions, "list", show, "Show the payment lists, or one with its files.")
    shown.add_argument("number", type=int, nargs="?", help="of a list")
    waiting = command(actions, "waiting", show_waiting, "Show what is payable and in no list, and why.")
    waiting.add_argument("currency", type=a_currency)
    made = command(actions, "make", make, "Make a list of all that can be paid in a currency.")
    made.add_argument("currency", type=a_currency)
    made.add_argument("execution_on", type=a_day, help="the day on which the bank is to pay: 2026-12-10")
    made.add_argument("--format", type=Format, choices=list(Format), help=FORMAT_HELP)
    for name, run, words in (
        ("approve", approve, "Approve a list that somebody else made."),
        ("cancel", cancel, "Give up a list whose export has not begun."),
        ("export", export, "Write a list's files for the bank. A second time the same files come out."),
    ):
        deed = command(actions, name, run, words)
        deed.add_argument("number", type=int, help="of the list")
        if name == "export":
            deed.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where to; here if not said")
        _signed(deed)
    _signed(made)
    _register_payments(actions)
    _register_accounts(actions)


def _register_payments(actions: Subparsers) -> None:
    held = command(actions, "hold", hold, "Keep one payment out of its list's files.")
    held.add_argument("payment", help="its end-to-end id")
    held.add_argument("reason", type=a_reason)
    let_go = command(actions, "let-go", release, "End a payment's hold.")
    let_go.add_argument("payment", help="its end-to-end id")
    booked = command(
        actions,
        "import",
        book,
        "Book what the bank reports: pain.002, camt.053, camt.054, or CSV with end_to_end_id, status, reason, date. "
        "The same file twice changes nothing. Exit code 1 when faults kept it out.",
    )
    booked.add_argument("file", help="the file's name, or - for standard input")
    for one in (held, let_go, booked):
        _signed(one)


def _register_accounts(actions: Subparsers) -> None:
    accounts = command(
        actions,
        "accounts",
        import_accounts,
        "Bring in people's bank accounts: CSV with person_id, holder, and iban (and perhaps bic), or country, account, "
        "bank_code where there are no IBANs; and perhaps currency. Faults keep the whole file out; the same file twice "
        "changes nothing.",
    )
    accounts.add_argument("file", help="the file's name, or - for standard input")
    accounts.add_argument("--dry-run", action="store_true", help="tell what would happen and change nothing")
    _signed(accounts)
    company = command(
        actions, "from", set_company, "Say from which account a currency is paid, and what its bank takes."
    )
    company.add_argument("currency", type=a_currency)
    company.add_argument("--holder", required=True, help="the company's name as its bank has it")
    company.add_argument("--iban")
    company.add_argument("--bic", help="of the IBAN's bank")
    company.add_argument("--country", help="of an account without IBAN: US")
    company.add_argument("--account", help="the number of an account without IBAN")
    company.add_argument(
        "--bank-code", help="of its bank: a routing number in the US, nothing in Mexico, a BIC elsewhere"
    )
    company.add_argument("--format", choices=[one.value for one in Format], default=Format.SEPA_2019.value)
    company.add_argument("--payments-max", type=int, default=10_000, help="payments in one file")
    company.add_argument("--amount-max", type=int, help="of one file, in minor units")
    company.add_argument("--waiting-days", type=int, default=3, help="so long a changed account is not paid to")
    _signed(company)


def _signed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="name", required=True, metavar="NAME", help="the member of staff who does it")


async def _changed(
    arguments: argparse.Namespace, settings: Settings, change: Callable[[UnitOfWork], Awaitable[T]]
) -> T:
    """What a change comes to, made in the name of whoever signs it."""
    async with opened(settings) as database:
        actor = await _actor(database, arguments.name, PAYMENTS)
        async with database.begin(actor=actor) as uow:
            found = await change(uow)
            await uow.commit()
    return found


async def _actor(database: Database, name: str, needs: Permission) -> str:
    async with database.read() as questions:
        return await access.acting(questions, name, needs)


async def show(arguments: argparse.Namespace, settings: Settings) -> int:
    """One line a list, or all of one."""
    async with opened(settings) as database, database.read() as questions:
        if arguments.number is not None:
            print("\n".join(told(await service.card(questions, arguments.number))))
            return 0
        for card in (await service.lists(questions, None)).items:
            print(told(card)[0])
    return 0


async def show_waiting(arguments: argparse.Namespace, settings: Settings) -> int:
    """One line a person, then a line each run that no list has looked at yet."""
    async with opened(settings) as database:
        await _print_waiting(database, arguments.currency)
    return 0


async def _print_waiting(database: Database, currency: str) -> None:
    last, empty = 0, True
    async with database.read() as questions:
        held = await runs.held(questions)
        while found := await service.left_out(questions, currency, held, after=last):
            print("\n".join(telling.left_out([one for _, one in found])))
            last, empty = found[-1][0], False
        later = await taking.not_taken(questions, currency)
    print("\n".join(telling.not_taken(later)) if later else telling.nothing(currency) if empty else "", end="")
    if later or empty:
        print()


async def make(arguments: argparse.Namespace, settings: Settings) -> int:
    """The list that came of it; where nobody can be paid, who waits and why."""
    wish = ListWish(currency=arguments.currency, execution_on=arguments.execution_on, format=arguments.format)
    async with opened(settings) as database:
        actor = await _actor(database, arguments.name, PAYMENTS)
        try:
            print("\n".join(told(await job.make(database, wish, actor=actor))))
        except NothingToPay:
            await _print_waiting(database, arguments.currency)
            raise
    return 0


async def approve(arguments: argparse.Namespace, settings: Settings) -> int:
    """Refused to whoever made it."""
    card = await _changed(arguments, settings, lambda uow: service.approve(uow, arguments.number))
    print("\n".join(told(card)))
    return 0


async def cancel(arguments: argparse.Namespace, settings: Settings) -> int:
    """What it held is payable again."""
    card = await _changed(arguments, settings, lambda uow: service.cancel(uow, arguments.number))
    print("\n".join(told(card)))
    return 0


async def export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Safe to repeat, also after it was killed."""
    async with opened(settings) as database:
        actor = await _actor(database, arguments.name, PAYMENTS)
        try:
            card = await job.export(database, arguments.number, arguments.to, actor=actor)
        except OSError as error:
            raise SettingsError(f"{arguments.to} cannot be written: {error.strerror}.") from error
    print("\n".join(told(card)))
    return 0


async def hold(arguments: argparse.Namespace, settings: Settings) -> int:
    """It keeps what it pays until it is let go."""
    payment = await _changed(arguments, settings, lambda uow: service.hold(uow, arguments.payment, arguments.reason))
    print(f"{payment.end_to_end_id}\t{payment.state.value}")
    return 0


async def release(arguments: argparse.Namespace, settings: Settings) -> int:
    """Its list has it again, or the next one."""
    payment = await _changed(arguments, settings, lambda uow: service.let_go(uow, arguments.payment))
    print(f"{payment.end_to_end_id}\t{payment.state.value}")
    return 0


async def book(arguments: argparse.Namespace, settings: Settings) -> int:
    """Findings with their lines, then what was booked."""
    content = _content(arguments.file)
    async with opened(settings) as database:
        actor = await _actor(database, arguments.name, PAYMENTS)
        found = await job.book(database, content, actor=actor)
    _tell(found.problems, arguments.file)
    if found.blocked:
        print(f"{counted(found.entries, 'entry', 'entries')} read: nothing was booked")
        return 1
    print(
        f"{counted(found.entries, 'entry', 'entries')} read: {found.paid:,} paid, {found.returned:,} returned, "
        f"{found.unchanged:,} known already"
    )
    return 0


async def import_accounts(arguments: argparse.Namespace, settings: Settings) -> int:
    """Findings with their lines, then what was written. No account number is ever printed."""
    content = _content(arguments.file)
    async with opened(settings) as database:
        actor = await _actor(database, arguments.name, ACCOUNTS)
        lines = content.splitlines(keepends=True)
        found = await job.import_accounts(database, lines, dry_run=arguments.dry_run, actor=actor)
    _tell(found.problems, arguments.file)
    if found.notice is None:
        print(f"{counted(found.lines, 'line')} read: nothing was imported")
        return 1
    would = "would be " if arguments.dry_run else ""
    print(
        f"{counted(found.lines, 'line')} read: {found.notice.added:,} {would}added, "
        f"{found.notice.changed:,} {would}changed, {found.notice.unchanged:,} known already"
    )
    return 0


async def set_company(arguments: argparse.Namespace, settings: Settings) -> int:
    """Checked as any account is."""
    try:
        wish = CompanyAccountWish(
            holder=arguments.holder,
            iban=arguments.iban,
            bic=arguments.bic,
            country=arguments.country,
            account=arguments.account,
            bank_code=arguments.bank_code,
            format=Format(arguments.format),
            payments_max=arguments.payments_max,
            amount_max_minor=arguments.amount_max,
            waiting_days=arguments.waiting_days,
        )
    except ValueError as error:
        raise SettingsError("A holder has 1 to 70 letters, and each limit must be more than zero.") from error
    async with opened(settings) as database:
        actor = await _actor(database, arguments.name, PAYMENTS)
        async with database.begin(actor=actor) as uow:
            account = await service.set_company_account(uow, arguments.currency, wish)
            await uow.commit()
    print(
        f"{account.currency}\t{account.account}\t{account.format.value}\tpayments in a file: {account.payments_max:,}"
    )
    return 0


def _tell(problems: tuple[Problem, ...], name: str) -> None:
    for problem in problems:
        print(problem_line(problem, "standard input" if name == "-" else Path(name).name))


def _content(name: str) -> bytes:
    """A file's bytes.

    Raises:
        SettingsError: it cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise SettingsError(f"{name} cannot be read: {error.strerror}.") from error
