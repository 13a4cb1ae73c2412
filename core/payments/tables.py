"""Rows of payments. A bank account is written once; only its end is added."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Json, Moment

CURRENT = text("ended_at IS NULL")
IN_NO_LIST = text("list_id IS NULL")
IN_MAKING = text("state = 'making'")


class BankAccountRow(SQLModel, table=True):
    """Where a person is, or was, paid in a currency."""

    __tablename__ = "bank_account"
    __table_args__ = (
        Index(
            "ux_bank_account_current",
            "person_id",
            "currency",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
        Index("ix_bank_account_person_id", "person_id"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    currency: str
    holder: str
    kind: str
    account: str
    bank_code: str | None = None
    """Of an IBAN it is the BIC."""
    country: str
    is_sepa: bool
    """Whether it lies in the SEPA area."""
    since: datetime = Field(sa_type=Moment)
    usable_from: datetime = Field(sa_type=Moment)
    changed_by: str
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_by: str | None = None


class CompanyAccountRow(SQLModel, table=True):
    """From where a currency is paid, and what the bank takes."""

    __tablename__ = "company_account"

    currency: str = Field(primary_key=True)
    holder: str
    kind: str
    account: str
    bank_code: str | None = None
    country: str
    format: str
    payments_max: int
    amount_max_minor: int | None = Field(default=None, sa_type=BigInteger)
    waiting_days: int
    changed_at: datetime = Field(sa_type=Moment)
    changed_by: str


class PayableRunRow(SQLModel, table=True):
    """How far the payouts of a released run were taken over: those up to this person and currency."""

    __tablename__ = "payable_run"

    run_id: int = Field(primary_key=True)
    done_person: int = 0
    done_currency: str = ""
    done_at: datetime | None = Field(default=None, sa_type=Moment)


class PayableRow(SQLModel, table=True):
    """What a run pays a person in a currency. `list_id` is the list that pays it, or has paid it.

    `used_minor` is what she turned into something else before a list had it.
    """

    __tablename__ = "payable"
    __table_args__ = (
        UniqueConstraint("run_id", "person_id", "currency", name="ux_payable_run_id"),
        Index("ix_payable_open", "currency", "person_id", sqlite_where=IN_NO_LIST, postgresql_where=IN_NO_LIST),
        Index("ix_payable_list_id", "list_id", "person_id"),
        Index("ix_payable_person_id", "person_id"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    run_id: int
    cycle: str
    person_id: int = Field(foreign_key="person.id")
    currency: str
    amount_minor: int = Field(sa_type=BigInteger)
    used_minor: int = Field(default=0, sa_type=BigInteger)
    list_id: int | None = Field(default=None, foreign_key="payment_list.id")


class PaymentListRow(SQLModel, table=True):
    """A list of payments in one currency, for files of one format.

    `frozen_at` and `payer` are set before the first file is made.

    While it is being made, `maker` names who fills it, and `done_person` is the last one who was looked at.
    """

    __tablename__ = "payment_list"
    __table_args__ = (
        Index("ux_payment_list_making", "currency", unique=True, sqlite_where=IN_MAKING, postgresql_where=IN_MAKING),
    )

    id: int | None = Field(default=None, primary_key=True)
    currency: str
    execution_on: date
    format: str
    state: str
    count: int = 0
    sum_minor: int = Field(default=0, sa_type=BigInteger)
    made_by: str
    made_at: datetime = Field(sa_type=Moment)
    maker: str | None = None
    done_person: int = 0
    approved_by: str | None = None
    approved_at: datetime | None = Field(default=None, sa_type=Moment)
    frozen_at: datetime | None = Field(default=None, sa_type=Moment)
    payer: dict[str, Any] | None = Field(default=None, sa_type=Json)
    exported_at: datetime | None = Field(default=None, sa_type=Moment)
    booked_at: datetime | None = Field(default=None, sa_type=Moment)
    cancelled_by: str | None = None


class PaymentRow(SQLModel, table=True):
    """What a list pays a person: `cycles` by their codes, and `text`, which she reads on her bank's statement."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("list_id", "position", name="ux_payment_position"),
        UniqueConstraint("list_id", "person_id", name="ux_payment_person_id"),
        Index("ix_payment_person_id", "person_id"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    list_id: int = Field(foreign_key="payment_list.id")
    position: int
    person_id: int = Field(foreign_key="person.id")
    bank_account_id: int = Field(sa_type=BigId, foreign_key="bank_account.id")
    amount_minor: int = Field(sa_type=BigInteger)
    end_to_end_id: str = Field(unique=True)
    cycles: str
    text: str
    state: str
    file_number: int | None = None
    reason: str | None = None
    settled_on: date | None = None


class PaymentFileRow(SQLModel, table=True):
    """One file of a list for the bank; `fingerprints` are kept when it was exported."""

    __tablename__ = "payment_file"

    list_id: int = Field(primary_key=True, foreign_key="payment_list.id")
    number: int = Field(primary_key=True)
    message_id: str = Field(unique=True)
    count: int
    sum_minor: int = Field(sa_type=BigInteger)
    fingerprints: dict[str, str] | None = Field(default=None, sa_type=Json)
