"""What alembic runs: migrations on the connection that `core.db.migrate` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON
from sqlalchemy.types import TypeDecorator
from sqlmodel import AutoString

from core.db import metadata
from core.db.types import Moment

JSON_TEXT = "sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')"


def plain_type(kind: str, item: Any, found: AutogenContext) -> str | Literal[False]:
    """Column types as SQLAlchemy's own, so that a migration still runs when our types have changed."""
    if kind != "type":
        return False
    if isinstance(item, JSON):
        found.imports.add("from sqlalchemy.dialects import postgresql")
        return JSON_TEXT
    if isinstance(item, Moment):
        return "sa.BigInteger()"
    if isinstance(item, AutoString):
        return "sa.String()"
    assert not isinstance(item, TypeDecorator), f"tell the migrations how to write {type(item).__name__}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata.load(),
    render_as_batch=True,  # SQLite changes a table by copying it
    render_item=plain_type,
    transactional_ddl=True,
)
context.run_migrations()
