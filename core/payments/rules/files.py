"""The words of a file for the bank, and the same as CSV."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.kernel.money import minor_digits
from core.kernel.sheets import plain
from core.payments.model import AccountKind, Format

PAID_TO = ("holder", "kind", "country", "account", "bank_code")
COLUMNS = ("end_to_end_id", "person_id", *PAID_TO, "amount", "currency", "execution_on", "text")
CONTROL = "CONTROL"


@dataclass(frozen=True, slots=True)
class Payer:
    """The company's account as it was when the export began."""

    holder: str
    account: str
    bank_code: str | None
    format: Format


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment as the bank is told of it."""

    end_to_end_id: str
    person: str
    """Her code, for CSV alone."""
    holder: str
    kind: AccountKind
    country: str
    account: str
    bank_code: str | None
    """Of an IBAN it is the BIC."""
    amount_minor: int
    text: str


@dataclass(frozen=True, slots=True)
class BankFile:
    """All that one file is made of; the same makes the same bytes."""

    number: int
    message_id: str
    created_at: datetime
    execution_on: date
    currency: str
    payer: Payer
    transfers: Sequence[Transfer]

    @property
    def sum_minor(self) -> int:
        """The control sum."""
        return sum(transfer.amount_minor for transfer in self.transfers)


@dataclass(frozen=True, slots=True)
class _Lines:
    """What the standard library writes to, in memory."""

    kept: list[str]

    def write(self, text: str) -> None:
        """Keep one line."""
        self.kept.append(text)


def as_csv(file: BankFile) -> bytes:
    """A line for each payment, and at the end one that says how many and how much, for whoever checks it.

    `CONTROL,2,,,,,,30.00,EUR,2026-11-25,UP-…` closes a file of 10.00 and 20.00.
    """
    lines: list[str] = []
    writer = csv.writer(_Lines(lines), lineterminator="\r\n")
    writer.writerow(COLUMNS)
    day = file.execution_on.isoformat()
    for one in file.transfers:
        amount = amount_of(one.amount_minor, file.currency)
        to = (plain(one.holder), one.kind.value, one.country, one.account, one.bank_code or "")
        writer.writerow((one.end_to_end_id, plain(one.person), *to, amount, file.currency, day, plain(one.text)))
    total = amount_of(file.sum_minor, file.currency)
    writer.writerow((CONTROL, len(file.transfers), *("" for _ in PAID_TO), total, file.currency, day, file.message_id))
    return "".join(lines).encode()


def amount_of(amount_minor: int, currency: str) -> str:
    """An amount in major units with a point: `12.50`."""
    return f"{Decimal(amount_minor).scaleb(-minor_digits(currency)):f}"
