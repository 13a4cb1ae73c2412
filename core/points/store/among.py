"""One condition for any number of ids, which a list of parameters has no room for."""

from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import BigInteger, ColumnElement, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from core.db.unit_of_work import UnitOfWork


def among(uow: UnitOfWork, ids: ColumnElement[Any], wanted: Collection[int]) -> ColumnElement[bool]:
    """Whether a column of ids holds one of `wanted`."""
    if uow.dialect == "sqlite":
        listed = func.json_each(orjson.dumps(sorted(wanted)).decode()).table_valued("value")
        return ids.in_(select(listed.c.value))
    return ids == any_(bindparam(None, sorted(wanted), ARRAY(BigInteger)))
