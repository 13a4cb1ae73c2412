"""Rows of answers that were given under an idempotency key."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from core.db.types import Moment


class IdempotencyRow(SQLModel, table=True):
    """One answered request that changed the world; `status` is 0 only inside the transaction that answers."""

    __tablename__ = "idempotency"

    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    fingerprint: bytes = Field(sa_type=LargeBinary)
    status: int
    location: str | None
    body: bytes | None = Field(sa_type=LargeBinary)
    at: datetime = Field(sa_type=Moment, index=True)
