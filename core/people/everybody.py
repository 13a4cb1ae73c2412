"""What a question about all people needs of each: columns side by side, read in stretches between which others work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table, func, select

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people.model import COMPANY_KIND, Status
from core.people.tables import PersonRow

PERSON: Table = PersonRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
AT_ONCE = 50_000
MAILS_AT_ONCE = 500
COLUMNS = ("id", "kind", "status", "country", "language", "language_chosen", "notifications")
Texts = NDArray[np.str_]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Everybody:
    """All people but those who have left, one place each, in the order of their ids."""

    persons: NDArray[np.int64]
    kinds: Texts
    statuses: Texts
    countries: Texts
    languages: Texts
    """As the company recorded them, or as she chose."""
    chosen: Mask
    """Whether she chose her language herself."""
    wants: Mask
    """Whether she wants messages at all."""
    has_mail: Mask
    """Whether an e-mail address of hers is known."""


async def everybody(uow: UnitOfWork) -> Everybody:
    """Everybody but the company node and those who were terminated."""
    has_mail = func.coalesce(PERSON.c.email, "") != ""
    asked = (
        select(*(PERSON.c[name] for name in COLUMNS), has_mail)
        .where(PERSON.c.kind != COMPANY_KIND, PERSON.c.status != Status.TERMINATED.value)
        .order_by(PERSON.c.id)
        .limit(AT_ONCE)
    )
    parts, last = [_columns([])], -1
    while True:
        rows = (await uow.connection.execute(asked.where(PERSON.c.id > last))).all()
        if not rows:
            break
        last = rows[-1][0]
        parts.append(_columns(rows))
    return Everybody(*(np.concatenate(column) for column in zip(*parts, strict=True)))


async def with_mails(uow: UnitOfWork, mails: Collection[str]) -> set[PersonId]:
    """Who has one of these e-mail addresses."""
    found: set[PersonId] = set()
    wanted = sorted(mails)
    for start in range(0, len(wanted), MAILS_AT_ONCE):
        some = PERSON.c.email.in_(wanted[start : start + MAILS_AT_ONCE])
        found |= {PersonId(one) for one in (await uow.connection.execute(select(PERSON.c.id).where(some))).scalars()}
    return found


def _columns(rows: Sequence[Sequence[Any]]) -> tuple[NDArray[np.generic], ...]:
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * (len(COLUMNS) + 1)
    kinds = (np.int64, np.str_, np.str_, np.str_, np.str_, np.bool_, np.bool_, np.bool_)
    return tuple(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True))
