"""All tables of all rooms, found by path, with a name for every constraint."""

from importlib import import_module
from pathlib import Path

from sqlalchemy import Constraint, ForeignKeyConstraint, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlmodel import SQLModel

CORE = Path(__file__).parent.parent
PREFIX = {PrimaryKeyConstraint: "pk", ForeignKeyConstraint: "fk", UniqueConstraint: "uq"}


def load() -> MetaData:
    """The metadata of every `core/<room>/tables.py` that exists; safe to call again."""
    for path in sorted(CORE.glob("*/tables.py")):
        import_module(f"core.{path.parent.name}.tables")
    for table in SQLModel.metadata.tables.values():
        _name_constraints(table)
    return SQLModel.metadata


def _name_constraints(table: Table) -> None:
    """SQLite can only change a constraint that has a name, so none goes without."""
    for constraint in table.constraints:
        prefix = PREFIX.get(type(constraint))
        if constraint.name is None and prefix:
            constraint.name = "_".join([prefix, table.name, *_columns(prefix, constraint)])
        assert constraint.name, f"a check on table {table.name} needs a name"


def _columns(prefix: str, constraint: Constraint) -> list[str]:
    if prefix == "pk":
        return []
    assert isinstance(constraint, (ForeignKeyConstraint, UniqueConstraint))
    return [column.name for column in constraint.columns]
