"""Reading and writing the rows of plan versions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.plan.model import Version
from core.plan.tables import PlanVersionRow

VERSIONS = SQLModel.metadata.tables[str(PlanVersionRow.__tablename__)]
COLUMNS = [VERSIONS.c[name] for name in Version.model_fields]

FIRST = select(*COLUMNS).order_by(VERSIONS.c.valid_from).limit(1)
LATEST = (
    select(*COLUMNS)
    .where(VERSIONS.c.valid_from <= bindparam("at", type_=VERSIONS.c.valid_from.type))
    .order_by(VERSIONS.c.valid_from.desc())
    .limit(1)
)
"""Asked for with nearly every request, so that building it each time would be felt."""


async def in_force(uow: UnitOfWork, at: datetime) -> Version | None:
    """The version in force at a moment: the last that began by then, else the first of all."""
    row = (await uow.connection.execute(LATEST, {"at": at})).mappings().first()
    if row is None:
        row = (await uow.connection.execute(FIRST)).mappings().first()
    return _version(row) if row else None


async def text(uow: UnitOfWork, version: Version) -> str:
    """The text of a version."""
    asked = select(VERSIONS.c.text).where(VERSIONS.c.valid_from == version.valid_from)
    return str((await uow.connection.execute(asked)).scalar_one())


async def texts(uow: UnitOfWork) -> list[str]:
    """The texts of all versions, the first to begin first."""
    found = await uow.connection.execute(select(VERSIONS.c.text).order_by(VERSIONS.c.valid_from))
    return [str(row[0]) for row in found]


async def clashing(uow: UnitOfWork, *, code: str, version: str, valid_from: datetime) -> list[Version]:
    """Versions of this name, and whichever begins at the same moment."""
    named = (VERSIONS.c.code == code) & (VERSIONS.c.version == version)
    found = await uow.connection.execute(select(*COLUMNS).where(or_(named, VERSIONS.c.valid_from == valid_from)))
    return [_version(row) for row in found.mappings()]


async def versions(uow: UnitOfWork) -> list[Version]:
    """All versions, the latest to begin first."""
    found = await uow.connection.execute(select(*COLUMNS).order_by(VERSIONS.c.valid_from.desc()))
    return [_version(row) for row in found.mappings()]


async def add(uow: UnitOfWork, version: Version, content: str) -> None:
    """Write a new version."""
    await uow.connection.execute(insert(VERSIONS).values(**version.model_dump(), text=content))


def _version(row: Mapping[Any, Any]) -> Version:
    return Version(**{name: row[name] for name in Version.model_fields})
