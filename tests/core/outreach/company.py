"""A small company in which somebody is due for every kind that figures decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson
from sqlalchemy import insert, select, update
from sqlmodel import SQLModel

from core.access.model import Link
from core.access.store import add_link
from core.db.database import Database
from core.db.types import EPOCH, MICROSECOND
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId, new_id
from core.live.service import Live
from core.messaging.model import Ready
from core.messaging.tables import OutboxRow
from core.orders.model import VolumeChanged
from core.orders.tables import CustomerOrderRow
from core.outreach.asking import due
from core.outreach.audiences import find_all
from core.outreach.job import Planner
from core.outreach.planning import Audiences
from core.people.tables import PersonRow
from core.plan import service as plans
from core.preferences.tables import WakingRow
from tests.core.plan.plans import SMALL
from tests.support.planting import plant

PEOPLE = SQLModel.metadata.tables[str(PersonRow.__tablename__)]
ORDERS = SQLModel.metadata.tables[str(CustomerOrderRow.__tablename__)]
OUTBOX = SQLModel.metadata.tables[str(OutboxRow.__tablename__)]
WHOLE = 10_000
KINDS = ("customers.inactive", "gauges.summary", "month_end", "rank.progress", "rank.promotion", "team.inactive")

TREE = """
root
  ana
    bea
    (carl)
  dora
  eva
"""
BOUGHT = {
    "ana": [("2026-09-10", 120), ("2026-10-10", 120)],  # a usual order and she is Silver
    "bea": [("2026-10-12", 60)],  # active in October, not yet in November
    "carl": [("2026-09-01", 30), ("2026-09-11", 40), ("2026-09-21", 50)],  # every ten days, and then no more
    "dora": [("2026-10-05", 200)],  # lives in Tokyo, and wants her gauges once a month
    "eva": [("2026-10-05", 200)],  # has neither chat nor e-mail
}
SPOKEN_TO = ("root", "ana", "bea", "carl", "dora")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class Company:
    """The company on a database, with one planner of its own."""

    database: Database
    numbers: dict[str, PersonId]
    audiences: Audiences
    planner: Planner
    live: Live

    @classmethod
    async def of(cls, database: Database, plan: str = SMALL) -> "Company":
        async with database.begin() as uow:
            await plans.activate(uow, plan, date(2026, 1, 1))
            numbers = await plant(uow, TREE)
            for who, bought in BOUGHT.items():
                for day, qv in bought:
                    await buy(uow, numbers[who], utc(f"{day}T10:00"), qv)
            for chat, who in enumerate(SPOKEN_TO, start=100):
                assert await add_link(uow, Link(person=numbers[who], chat=chat, linked_at=uow.now))
            await uow.connection.execute(update(PEOPLE).values(country="ES"))
            dora = update(PEOPLE).where(PEOPLE.c.code == "dora")
            await uow.connection.execute(dora.values(time_zone="Asia/Tokyo"))
            uow.session.add(WakingRow(person_id=numbers["dora"], summary="monthly"))
            await uow.commit()
        audiences = {kind: audience for kind, audience in find_all().items() if kind in KINDS}
        live = Live(database)
        return cls(database, numbers, audiences, Planner(database, live, audiences), live)

    def another_planner(self, database: Database) -> Planner:
        """As in another process."""
        return Planner(database, Live(database), self.audiences)

    async def plan(self) -> list[str]:
        """Plan what is due; the names of the slots."""
        slots, under_way = await self.planner.plan("worker", 60)
        assert not under_way
        return [slot.slot for slot in slots]

    async def order(self, who: str, qv: int) -> None:
        """Somebody orders and pays now."""
        async with self.database.begin() as uow:
            await buy(uow, self.numbers[who], uow.now, qv)
            await uow.emit(
                VolumeChanged(person_id=self.numbers[who], at=uow.now, cv=qv * WHOLE, qv=qv * WHOLE, points=0, orders=1)
            )
            await uow.commit()

    async def due(self, at: datetime, **only: str) -> list[dict[str, Any]]:
        """What planning at a moment would write, as the outbox has it."""
        _, rows = await due(self.database, await self.live.fresh(), self.audiences, at=at, **only)
        return [_as_stored(row) for row in sorted(rows, key=lambda row: row.key)]

    async def written(self, kind: str | None = None) -> list[dict[str, Any]]:
        """What stands in the outbox."""
        names = ("key", "person_id", "facts", "occasion", "not_before", "lapses_at", "state")
        asked = select(*(OUTBOX.c[name] for name in names)).order_by(OUTBOX.c.key)
        asked = asked if kind is None else asked.where(OUTBOX.c.kind == kind)
        async with self.database.read() as questions:
            return [dict(row) for row in (await questions.connection.execute(asked)).mappings()]

    async def told(self, kind: str) -> list[str]:
        """Who is told something of a kind, by code."""
        codes = {number: code for code, number in self.numbers.items()}
        return sorted(codes[row["person_id"]] for row in await self.written(kind))


async def buy(uow: UnitOfWork, person: PersonId, at: datetime, qv: int) -> None:
    """Write a paid order."""
    row = {"order_id": str(new_id()), "person_id": person, "kind": "sale", "state": "paid", "ordered_at": at}
    figures = {"amount_minor": 0, "cv": qv * WHOLE, "qv": qv * WHOLE, "points": 0, "line_count": 1}
    await uow.connection.execute(insert(ORDERS).values({**row, **figures, "paid_at": at, "currency": "EUR"}))


def _as_stored(row: Ready) -> dict[str, Any]:
    return {
        "key": row.key,
        "person_id": row.person,
        "facts": orjson.loads(row.facts_json),
        "occasion": row.occasion,
        "not_before": EPOCH + row.not_before_us * MICROSECOND,
        "lapses_at": None if row.lapses_at_us is None else EPOCH + row.lapses_at_us * MICROSECOND,
        "state": row.state.value,
    }


def kinds_of(rows: Sequence[dict[str, Any]]) -> set[str]:
    """Of which kinds messages are."""
    return {row["key"].split(":")[0] for row in rows}
