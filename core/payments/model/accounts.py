"""Bank accounts of people and of the company: by IBAN, or by country, number and bank code where there are none."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import Model, ShortText

HOLDER_LENGTH_MAX = 70
"""So many letters of a name go into a bank's file."""
AMOUNT_MAX_MINOR = 10**15
Holder = Annotated[str, Field(min_length=1, max_length=HOLDER_LENGTH_MAX, pattern=r"^[^\x00]*$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Format(StrEnum):
    """How a bank takes payments: SEPA credit transfers in one of two versions, or CSV alone."""

    SEPA_2019 = "pain.001.001.09"
    SEPA_2009 = "pain.001.001.03"
    CSV = "csv"

    @property
    def is_sepa(self) -> bool:
        """Whether it is XML that pays euros within the SEPA area alone."""
        return self is not Format.CSV


class AccountKind(StrEnum):
    """What names an account: its IBAN, or its country, number and bank code."""

    IBAN = "iban"
    ACCOUNT = "account"


class AccountWish(Model):
    """An account as somebody writes it, with blanks and in small letters as well: either of two ways.

    | kind    | where         | account       | bank code                                           |
    | ------- | ------------- | ------------- | --------------------------------------------------- |
    | iban    | anywhere      | `iban`        | `bic`, which may be left out                        |
    | account | US            | 4–17 digits   | routing number, nine digits, the last one checks it |
    | account | MX            | CLABE         | none: the CLABE begins with it                      |
    | account | outside SEPA  | 4–34 letters  | BIC                                                 |
    """

    holder: Holder
    iban: ShortText | None = None
    bic: ShortText | None = None
    """Of the bank of an IBAN."""
    country: ShortText | None = None
    """Its two letters; beside an IBAN it must be the IBAN's."""
    account: ShortText | None = None
    bank_code: ShortText | None = None


class BankAccountWish(AccountWish):
    """Where a person wants to be paid from now on."""

    currency: Currency | None = None
    """Of what is paid there; that of the account's country where it is not said."""


class BankAccount(Model):
    """A person's account as staff see it: the number masked, and what became of it."""

    holder: str
    kind: AccountKind
    account: str
    """Masked."""
    bank_code: str | None
    """A BIC, a routing number, or how a CLABE begins."""
    country: str
    currency: str
    since: datetime
    usable_from: datetime
    changed_by: str
    ended_at: datetime | None = None


class BankTakes(Model):
    """What the bank takes from which a currency is paid."""

    format: Format
    payments_max: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    """Payments in one file."""
    amount_max_minor: Annotated[int, Field(ge=1, le=AMOUNT_MAX_MINOR)] | None = None
    """Of one file, in minor units; None is as much as fits."""
    waiting_days: Annotated[int, Field(ge=0, le=90)] = 3
    """So long nothing is paid to an account that took the place of another."""


class CompanyAccountWish(AccountWish, BankTakes):
    """From where one currency is paid from now on, and what its bank takes."""


class CompanyAccount(BankTakes):
    """The account of one currency."""

    currency: str
    holder: str
    kind: AccountKind
    account: str
    """Masked."""
    bank_code: str | None
    country: str


class BankAccountChanged(Event):
    """Somebody's account for a currency is another one, or none, from now on."""

    kind: ClassVar[str] = "payments.bank_account_changed"

    person_id: PersonId
    currency: str
    usable_from: datetime | None
    """None where she has none any more."""


class CompanyAccountChanged(Event):
    """A currency is paid from elsewhere, or otherwise, from now on."""

    kind: ClassVar[str] = "payments.company_account_changed"

    currency: str
    format: Format
    payments_max: int
    amount_max_minor: int | None
    waiting_days: int


class AccountNotice(Model):
    """What a file of accounts did, counted."""

    added: int
    changed: int
    unchanged: int
