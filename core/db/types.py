"""Column types that mean the same on SQLite and on PostgreSQL."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Dialect, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

from core.kernel.clock import EPOCH, MICROSECOND, microseconds

__all__ = ["EPOCH", "MICROSECOND", "BigId", "Json", "Moment", "microseconds"]

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""Any JSON value; None is SQL's NULL."""

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit number that counts itself up: SQLite does so only for a column called INTEGER."""


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as whole microseconds since 1970 UTC: exact, sortable, quick to load by the million."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuses a naive datetime, which could mean two moments."""
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        return None if value is None else EPOCH + value * MICROSECOND
