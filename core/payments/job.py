"""What payments do in more than one transaction. Each step can be done again, and each of these functions commits."""

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from core.db.database import Database
from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import read_sheet, values_of
from core.kernel.errors import DomainError, Problem, Severity
from core.kernel.ids import new_id
from core.kernel.money import amount_text
from core.payments import service
from core.payments.model import (
    AccountNotice,
    Entry,
    FindingCard,
    Format,
    ListCard,
    ListWish,
    NothingInFormat,
    NothingToPay,
    OutsideSepa,
    PaymentFileUnknown,
    Reported,
    ReportUnreadable,
)
from core.payments.rules import account_file, report_csv, report_xml
from core.payments.rules.files import BankFile
from core.payments.rules.rendering import fingerprints, name_of, rendered
from core.payments.taking import AT_ONCE, begun, take_over
from core.people import service as people
from core.runs import service as runs

NAMED_MAX = 20
"""So many people are named where a list leaves them out."""
OTHER = Format.CSV
"""What pays where SEPA cannot."""
BOMS_AND_BLANKS = b"\xef\xbb\xbf \t\r\n"

Item = TypeVar("Item")


class Accounts(NamedTuple):
    """What a file of accounts did, or would do; None where faults kept it out."""

    notice: AccountNotice | None
    lines: int
    problems: tuple[Problem, ...]


async def make(database: Database, wish: ListWish, *, actor: str) -> ListCard:
    """Take over what is released, and make a list of what can be paid, or go on with the one that is being made.

    Raises:
        CompanyAccountMissing, FormatNotTaken, TooEarly, NothingToPay: as `service.begin` and `service.publish` do.
        NothingInFormat: nobody can be paid in this format, but somebody in CSV.
        RunDoubted, PayoutDoubted, RunRefused: there is nothing to pay but runs that cannot be taken over.
        PaymentsOvertaken: somebody else makes the list meanwhile, or has given it up.
    """
    over = await take_over(database, actor=actor)
    async with begun(database, actor) as uow:
        making = await service.begin(uow, wish, str(new_id()))
    more = True
    while more:
        async with begun(database, actor) as uow:
            more = await service.fill(uow, making, set(await runs.held(uow)))
    try:
        async with begun(database, actor) as uow:
            card = await service.publish(uow, making)
    except NothingToPay:
        async with begun(database, actor) as uow:
            await service.forget(uow, making)
        if over.doubts:
            raise over.doubts[0] from None
        if outside := await _outside(database, wish.currency):
            raise NothingInFormat(currency=wish.currency, people=outside.people, other=OTHER.value) from None
        raise
    outside = await _outside(database, wish.currency) if card.format.is_sepa else None
    found = [*over.doubts, *([] if outside is None else [outside.told(wish.currency)])]
    return card.model_copy(update={"findings": tuple(finding(one) for one in found)})


class _Outside(NamedTuple):
    """Whom SEPA cannot pay."""

    people: list[str]
    """Some of them."""
    size: int
    amount_minor: int

    def told(self, currency: str) -> OutsideSepa:
        """That they are left out of a list."""
        amount = amount_text(self.amount_minor, currency)
        return OutsideSepa(count=self.size, amount=amount, people=self.people, other=OTHER.value)


async def _outside(database: Database, currency: str) -> _Outside | None:
    """Whom a list in CSV would pay, and one in SEPA leaves out."""
    async with database.read() as questions:
        found = await service.outside_sepa(questions, currency, set(await runs.held(questions)))
    if not found:
        return None
    return _Outside([code for code, _ in found[:NAMED_MAX]], len(found), sum(amount for _, amount in found))


def finding(doubt: DomainError) -> FindingCard:
    """Why something was left out of a list, which is made all the same."""
    return FindingCard(code=doubt.code, severity=Severity.NOTICE, line=None, facts=dict(doubt.facts))


async def export(database: Database, number: int, folder: Path | None, *, actor: str) -> ListCard:
    """Make an approved list's files, or an exported one's again; into a folder, where one is named.

    A file takes its name when it is complete. Only when all of them are is the list exported.

    Raises:
        ListUnknown, ListNotIn, NothingToPay, CompanyAccountMissing: it cannot be exported.
        PaymentFileDiffers: it was exported, and would come out otherwise now.
    """
    async with begun(database, actor) as uow:
        await service.freeze(uow, number, set(await runs.held(uow)))
    async with database.read() as questions:
        kept, files = await service.kept(questions, number), await service.bank_files(questions, number)
    made: dict[int, dict[str, str]] = {}
    for file in files:
        contents = await asyncio.to_thread(rendered, file)
        made[file.number] = fingerprints(contents)
        service.require_same(kept, number, {file.number: made[file.number]})
        for ending, content in contents.items():
            if folder is not None:
                await asyncio.to_thread(_write, folder / name_of(number, file.number, ending), content)
    async with begun(database, actor) as uow:
        return await service.finish(uow, number, made)


async def file_content(database: Database, number: int, file: int, ending: str) -> bytes:
    """One file of an exported list, made again.

    Raises:
        ListUnknown, ListNotIn, PaymentFileUnknown: there is no such file, or not yet.
        PaymentFileDiffers: it would come out otherwise now.
    """
    async with database.read() as questions:
        kept = await service.kept(questions, number)
        [found] = await service.bank_files(questions, number, file)
    contents = await asyncio.to_thread(_known_content, number, found, ending)
    service.require_same(kept, number, {file: fingerprints(contents)})
    return contents[ending]


async def book(database: Database, content: bytes, *, actor: str) -> Reported:
    """Do what a bank's report says: pain.002, camt.053, camt.054 or CSV. Faults keep the whole of it out.

    Raises:
        ReportUnreadable: it is none of them.
        PaymentsOvertaken: somebody books another report about the same; book it once more.
    """
    findings = Findings()
    entries = await asyncio.to_thread(_entries, content, findings)
    async with database.read() as questions:
        found, lists = await service.looked_up(questions, entries, findings)
    if findings.blocked():
        return Reported(len(entries), 0, 0, 0, findings.all())
    for some in _some(found.paid):
        async with begun(database, actor) as uow:
            await service.book_paid(uow, some)
    for some in _some(found.returned):
        async with begun(database, actor) as uow:
            await service.book_returned(uow, some)
    async with begun(database, actor) as uow:
        for run in await service.complete(uow, lists):
            await runs.mark_paid(uow, run)
    return Reported(len(entries), len(found.paid), len(found.returned), found.unchanged, findings.all())


async def import_accounts(database: Database, lines: Iterable[bytes], *, dry_run: bool, actor: str) -> Accounts:
    """Bring in where people want to be paid, whole or not at all; what they have already changes nothing.

    Raises:
        PaymentsOvertaken: somebody changed one of the accounts meanwhile; nothing was changed.
    """
    findings = Findings()
    sheet = read_sheet(lines, account_file.COLUMNS, findings, lambda _count: None)
    if sheet is None:
        return Accounts(None, 0, findings.all())
    async with begun(database, actor, is_dry=dry_run) as uow:
        known = await people.ids_of(uow, values_of(sheet.frame, "person_id"))
        accounts = account_file.read(sheet, known, findings)
        notice = None if findings.blocked() else await service.record(uow, accounts)
    return Accounts(notice, sheet.height, findings.all())


def _entries(content: bytes, findings: Findings) -> list[Entry]:
    if not content.strip(BOMS_AND_BLANKS):
        raise ReportUnreadable
    if content.lstrip(BOMS_AND_BLANKS).startswith(b"<"):
        return report_xml.entries(content.lstrip(BOMS_AND_BLANKS))
    sheet = read_sheet(content.splitlines(keepends=True), report_csv.COLUMNS, findings, lambda _count: None)
    return [] if sheet is None else report_csv.entries(sheet, findings)


def _known_content(number: int, file: BankFile, ending: str) -> dict[str, bytes]:
    contents = rendered(file)
    if ending not in contents:
        raise PaymentFileUnknown(list=str(number), file=f"{file.number}.{ending}")
    return contents


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.part")
    draft.write_bytes(content)
    draft.chmod(0o600)  # it names people and their accounts
    draft.replace(path)


def _some(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
