"""Many people with a chat each, and a message waiting for every one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Table, func, select

from core.db import metadata
from core.db.bulk import bulk_insert
from core.db.database import Database
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.messaging.model import Ready

FIRST_CHAT = 5_000_000
STARS = {"en": {"one": "star", "other": "stars"}}
SAID: Mapping[str, Mapping[str, Any]] = {
    "payout.made": {"amount": 5000, "currency": "USD"},
    "points.earned": {"points": 3, "name": STARS},
}
"""One kind that goes out again in doubt, and one that is left; neither asks for figures."""
AT_ONCE = 5_000


async def crowd(database: Database, count: int, at: datetime | None = None) -> list[int]:
    """Make so many people, chats and messages, of both kinds by turns; the chats, in the order of their messages.

    Args:
        at: company time from which on the messages wait; None is the database's own.
    """
    async with database.begin() as uow:
        await _people(uow, count)
        await uow.commit()
    kinds = list(SAID)
    for place, kind in enumerate(kinds):
        people = range(1 + place, count + 1, len(kinds))
        for first in range(0, len(people), AT_ONCE):
            async with database.begin() as uow:
                now = microseconds(at or uow.now)
                some = people[first : first + AT_ONCE]
                facts = orjson.dumps(SAID[kind]).decode()
                rows = [Ready(f"{kind}:{one}", PersonId(one), facts, "crowd", now, None) for one in some]
                assert await outbox.put_all(uow, kind, rows) == len(rows)
                await uow.commit()
    return [FIRST_CHAT + person for person in range(1, count + 1)]


async def states(database: Database) -> dict[str, int]:
    """How many messages there are in each state."""
    table = _table("outbox")
    async with database.read() as questions:
        found = await questions.connection.execute(select(table.c.state, func.count()).group_by(table.c.state))
        return {row[0]: row[1] for row in found}


async def _people(uow: UnitOfWork, count: int) -> None:
    joined: Any = "2026-01-01" if uow.dialect == "sqlite" else date(2026, 1, 1)
    columns = ["id", "code", "name", "name_folded", "kind", "status", "joined_on", "country", "language"]
    numbers: Sequence[int] = range(1, count + 1)
    rows = [
        (n, f"P{n}", "Ana", "ana", "distributor", "active", joined, "ES", "en", True, True, "Europe/Madrid")
        for n in numbers
    ]
    await bulk_insert(uow, _table("person"), [*columns, "language_chosen", "notifications", "time_zone"], rows)
    links = [(FIRST_CHAT + n, n, 0) for n in numbers]
    await bulk_insert(uow, _table("chat_link"), ["chat_id", "person_id", "linked_at"], links)


def _table(name: str) -> Table:
    return metadata.load().tables[name]
