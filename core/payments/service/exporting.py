"""Use cases of an export: fix what goes into which file, make the files from that, and note that they are complete.

Time, ids and the company's account are stored before the first file is made. Whatever happens then, the same files come
out again, and the bank knows a file that it has by its id.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from sqlalchemy import RowMapping

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.payments.model import (
    AccountKind,
    Format,
    ListCard,
    ListMoved,
    ListNotIn,
    ListState,
    ListUnknown,
    NothingToPay,
    PaymentFileDiffers,
    PaymentFileUnknown,
    PaymentState,
)
from core.payments.rules.files import BankFile, Payer, Transfer
from core.payments.rules.splitting import largest, split
from core.payments.service.accounts import company_row
from core.payments.service.listing import card
from core.payments.service.posting import Deed, Posted, post
from core.payments.store import lists as store
from core.payments.store import payables

ACCOUNT_ENDED = "account_ended"
ON_HOLD = "on_hold"
PAYER = ("holder", "kind", "account", "bank_code", "country")
AFTER_FREEZING = (ListState.APPROVED, ListState.EXPORTED, ListState.BOOKED)


async def freeze(uow: UnitOfWork, number: int, held: Collection[PersonId]) -> None:
    """Fix what an approved list's files hold; one that was fixed before stays as it is.

    Payments to people who are on hold by now, or to accounts that have ended since, are cancelled: the next list that
    can pay them does.

    Args:
        held: people to whom nothing is to be paid now.

    Raises:
        ListUnknown, ListNotIn: there is no such list, or it is not approved.
        NothingToPay: no payment is left.
        CompanyAccountMissing: the company has no account to pay from any more.
    """
    row = await store.row(uow, number, locked=True)
    if row is None:
        raise ListUnknown(list=str(number))
    if row["frozen_at"] is not None:
        return
    if row["state"] != ListState.APPROVED:
        raise ListNotIn(list=str(number), state=row["state"], needed=[ListState.APPROVED.value])
    await _drop(uow, number, held)
    company = await company_row(uow, row["currency"])
    sheet = _format_now(row, company)
    payer = {name: company[name] for name in PAYER} | {"format": sheet.value}
    await store.move(uow, number, ListState.APPROVED, frozen_at=uow.now, payer=payer)
    amounts = await store.amounts(uow, number)
    if not amounts:
        raise NothingToPay(currency=row["currency"])
    most = largest(company["amount_max_minor"], is_sepa=sheet.is_sepa)
    ranges = split([amount for _, amount in amounts], payments_max=company["payments_max"], amount_max=most)
    files = []
    for file, places in enumerate(ranges, 1):
        its = [amounts[place] for place in places]
        await store.put_into_file(uow, number, file, its[0][0], its[-1][0])
        message = f"UP-{uow.now:%Y%m%d%H%M%S}-{number}-{file}"
        total = sum(amount for _, amount in its)
        files.append({"list_id": number, "number": file, "message_id": message, "count": len(its), "sum_minor": total})
    await store.add_files(uow, files)
    await store.count(uow, number)


async def bank_files(uow: UnitOfWork, number: int, file: int | None = None) -> list[BankFile]:
    """What the files of a list are made of, all of them or one.

    Raises:
        ListUnknown, ListNotIn: there is no such list, or its export has not begun.
        PaymentFileUnknown: it has no such file.
    """
    row = await store.row(uow, number)
    if row is None:
        raise ListUnknown(list=str(number))
    if row["frozen_at"] is None or row["state"] not in AFTER_FREEZING:
        raise ListNotIn(list=str(number), state=row["state"], needed=[one.value for one in AFTER_FREEZING[1:]])
    heads = {one["number"]: one for one in await store.files(uow, number) if file in (None, one["number"])}
    if not heads:
        raise PaymentFileUnknown(list=str(number), file=str(file))
    its = store.PAYMENTS.c.file_number.in_(list(heads))
    rows = await store.payments(uow, number, its)
    grouped = groupby(rows, key=lambda one: int(one["file_number"]))
    found = [_file(row, heads[of_file], list(payments)) for of_file, payments in grouped]
    for one in found:
        says = (heads[one.number]["count"], heads[one.number]["sum_minor"])
        assert (len(one.transfers), one.sum_minor) == says, "what was fixed does not change"
    return found


async def finish(uow: UnitOfWork, number: int, fingerprints: Mapping[int, dict[str, str]]) -> ListCard:
    """Note that all files of a list are complete; a second time they must be the same.

    Args:
        fingerprints: SHA-256 by the file's number and ending.

    Raises:
        PaymentFileDiffers: they are not those that were exported.
    """
    row = await store.row(uow, number, locked=True)
    assert row is not None and row["frozen_at"] is not None, "files are made after freezing"
    if row["state"] != ListState.APPROVED:
        require_same(await store.files(uow, number), number, fingerprints)
        return await card(uow, number)
    for file, its in fingerprints.items():
        await store.keep_fingerprints(uow, number, file, its)
    await store.change_all(uow, number, PaymentState.OPEN, state=PaymentState.EXPORTED.value)
    await store.move(uow, number, ListState.APPROVED, state=ListState.EXPORTED.value, exported_at=uow.now)
    await uow.emit(ListMoved(number=number, state=ListState.EXPORTED))
    return await card(uow, number)


async def kept(uow: UnitOfWork, number: int) -> Sequence[RowMapping]:
    """The files of a list as they were exported."""
    return await store.files(uow, number)


def require_same(kept: Sequence[RowMapping], number: int, made: Mapping[int, dict[str, str]]) -> None:
    """Compare files with those that were exported.

    Raises:
        PaymentFileDiffers: one of them differs; a bank would take it for another one, and pay again.
    """
    known = {row["number"]: row["fingerprints"] for row in kept}
    if any(known[file] is not None and known[file] != its for file, its in made.items()):
        raise PaymentFileDiffers(list=str(number))


async def _drop(uow: UnitOfWork, number: int, held: Collection[PersonId]) -> None:
    """Cancel what must not be paid any more; asked for alone, because a list is long."""
    for reason, wanted in ((ON_HOLD, store.to_people(held)), (ACCOUNT_ENDED, [store.ACCOUNT_ENDED])):
        for some in wanted:
            rows = await store.payments(uow, number, store.PAYMENTS.c.state == PaymentState.OPEN.value, some)
            await _cancel(uow, number, rows, reason)


async def _cancel(uow: UnitOfWork, number: int, rows: Sequence[RowMapping], reason: str) -> None:
    freed = [Posted(row["id"], PersonId(row["person_id"]), row["amount_minor"], row["currency"]) for row in rows]
    await post(uow, Deed.FREED, freed)
    cancelled = {"state": PaymentState.CANCELLED.value, "reason": reason}
    await store.change(uow, [row["id"] for row in rows], PaymentState.OPEN, **cancelled)
    await payables.free(uow, number, [row["person_id"] for row in rows])


def _format_now(row: RowMapping, company: RowMapping) -> Format:
    """A list's files are in the company's format of today, but a list made for CSV may hold what SEPA cannot pay."""
    return Format.CSV if Format(row["format"]) is Format.CSV else Format(company["format"])


def _file(row: RowMapping, head: RowMapping, payments: Sequence[RowMapping]) -> BankFile:
    payer = row["payer"]
    return BankFile(
        number=head["number"],
        message_id=head["message_id"],
        created_at=row["frozen_at"],
        execution_on=row["execution_on"],
        currency=row["currency"],
        payer=Payer(payer["holder"], payer["account"], payer["bank_code"], Format(payer["format"])),
        transfers=[
            Transfer(
                end_to_end_id=one["end_to_end_id"],
                person=one["code"],
                holder=one["holder"],
                kind=AccountKind(one["kind"]),
                country=one["country"],
                account=one["account"],
                bank_code=one["bank_code"],
                amount_minor=one["amount_minor"],
                text=one["text"],
            )
            for one in payments
        ],
    )
