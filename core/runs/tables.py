"""Rows of runs, of what they read and found, and of what staff entered for them by hand."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Json, Moment

NOT_CANCELLED = text("state <> 'cancelled'")
IN_FORCE = text("lifted_at IS NULL")


class RunRow(SQLModel, table=True):
    """One run. `attempt` counts who worked on it; `preview` and `before` are the attempts that made its last previews.

    `work` is what is being done or waits to be done, `asked_by` who wants it, `worker` who does it and `lease_until`
    how long that is believed; `done` of `total` tells how far, and `posted` how many postings of a release stand in
    the book. `titles_of` is the closed cycle of the main calendar whose titles the preview began with, `last_order` the
    number of the order that was entered last before it, and `seal_before` the seal of the run released before this one.
    """

    __tablename__ = "settlement_run"
    __table_args__ = (
        Index(
            "ux_settlement_run_calendar_kind_cycle",
            "calendar",
            "kind",
            "cycle",
            unique=True,
            sqlite_where=NOT_CANCELLED,
            postgresql_where=NOT_CANCELLED,
        ),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    kind: str
    calendar: str
    cycle: str
    starts_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
    state: str
    started_by: str
    started_at: datetime = Field(sa_type=Moment)
    work: str | None = None
    worker: str | None = None
    asked_by: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=Moment)
    attempt: int = 0
    progress: str = ""
    done: int = Field(default=0, sa_type=BigInteger)
    total: int = Field(default=0, sa_type=BigInteger)
    failed: dict[str, Any] | None = Field(default=None, sa_type=Json)
    preview: int | None = None
    before: int | None = None
    known_until: datetime | None = Field(default=None, sa_type=Moment)
    carried_from: list[int] | None = Field(default=None, sa_type=Json)
    titles_of: str | None = None
    last_order: int | None = Field(default=None, sa_type=BigInteger)
    plan_version: str | None = None
    totals: dict[str, Any] | None = Field(default=None, sa_type=Json)
    posted: int = Field(default=0, sa_type=BigInteger)
    pays: bool = True
    released_at: datetime | None = Field(default=None, sa_type=Moment)
    released_by: str | None = None
    released_number: int | None = Field(default=None, unique=True)
    seal: str | None = None
    seal_before: str | None = None


class RunPartRow(SQLModel, table=True):
    """A piece of what an attempt read or found. Of pieces in order, `first` and `last` are the keys that they span."""

    __tablename__ = "settlement_part"

    run: int = Field(sa_type=BigId, foreign_key="settlement_run.id", primary_key=True)
    attempt: int = Field(primary_key=True)
    name: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    rows: int = Field(sa_type=BigInteger)
    first: bytes | None = Field(default=None, sa_type=LargeBinary)
    last: bytes | None = Field(default=None, sa_type=LargeBinary)
    digest: str
    """SHA-256 of `body`, as hexadecimal."""
    body: bytes = Field(sa_type=LargeBinary)


class RunFindingRow(SQLModel, table=True):
    """What preview or validation found, in the order in which it is told."""

    __tablename__ = "settlement_finding"

    run: int = Field(sa_type=BigId, foreign_key="settlement_run.id", primary_key=True)
    attempt: int = Field(primary_key=True)
    work: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    code: str
    severity: str
    facts: dict[str, Any] = Field(sa_type=Json)


class RunApprovalRow(SQLModel, table=True):
    """Somebody's approval of what an attempt found; another preview makes it worth nothing."""

    __tablename__ = "settlement_approval"

    run: int = Field(sa_type=BigId, foreign_key="settlement_run.id", primary_key=True)
    attempt: int = Field(primary_key=True)
    approved_by: str = Field(primary_key=True)
    approved_at: datetime = Field(sa_type=Moment)


class RunPayoutRow(SQLModel, table=True):
    """What a payee has in one currency by a run, in minor units; it counts once the run is released."""

    __tablename__ = "settlement_payout"

    run: int = Field(sa_type=BigId, foreign_key="settlement_run.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    currency: str = Field(primary_key=True)
    earned: int = Field(sa_type=BigInteger)
    carried_in: int = Field(sa_type=BigInteger)
    adjustments: int = Field(sa_type=BigInteger)
    to_credit: int = Field(sa_type=BigInteger)
    paid: int = Field(sa_type=BigInteger)
    carried_out: int = Field(sa_type=BigInteger)
    charges: str = ""


class NoteRow(SQLModel, table=True):
    """A debit note (below zero) or credit note by hand, for a cycle; one that was withdrawn counts no more."""

    __tablename__ = "settlement_note"
    __table_args__ = (Index("ix_settlement_note_calendar_cycle", "calendar", "cycle"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    calendar: str
    cycle: str
    person_id: int = Field(foreign_key="person.id", index=True)
    currency: str
    amount_minor: int = Field(sa_type=BigInteger)
    reason: str
    entered_by: str
    entered_at: datetime = Field(sa_type=Moment)
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class VolumeNoteRow(SQLModel, table=True):
    """Volume by hand, at the plan's scale and with its sign, for a cycle; one that was withdrawn counts no more."""

    __tablename__ = "settlement_volume_note"
    __table_args__ = (Index("ix_settlement_volume_note_calendar_cycle", "calendar", "cycle"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    calendar: str
    cycle: str
    person_id: int = Field(foreign_key="person.id", index=True)
    cv: int = Field(sa_type=BigInteger)
    qv: int = Field(sa_type=BigInteger)
    reason: str
    entered_by: str
    entered_at: datetime = Field(sa_type=Moment)
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class HoldRow(SQLModel, table=True):
    """That nothing is paid to a payee until it is lifted."""

    __tablename__ = "settlement_hold"
    __table_args__ = (
        Index(
            "ux_settlement_hold_person_id",
            "person_id",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    reason: str
    since: datetime = Field(sa_type=Moment)
    held_by: str
    lifted_at: datetime | None = Field(default=None, sa_type=Moment)
    lifted_by: str | None = None
