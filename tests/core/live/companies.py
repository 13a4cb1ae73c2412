"""Writing the plain calculation's companies to a database, for tests of live figures."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy import insert, text
from sqlmodel import SQLModel

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.genealogy.tables import SponsorLinkRow
from core.kernel.ids import PersonId, new_id
from core.orders.model import VolumeChanged
from core.orders.tables import CustomerOrderRow
from core.people.tables import PersonRow
from core.plan import service as plans
from core.plan.reading import example
from tests.support.engine import moment_of
from tests.support.plain import Human, Order

PEOPLE = SQLModel.metadata.tables[str(PersonRow.__tablename__)]
LINKS = SQLModel.metadata.tables[str(SponsorLinkRow.__tablename__)]
ORDERS = SQLModel.metadata.tables[str(CustomerOrderRow.__tablename__)]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def activate(uow: UnitOfWork, plan: str | None = None) -> None:
    await plans.activate(uow, plan or example("demo"), date(2020, 1, 1))


async def write(database: Database, people: Mapping[int, Human], plan: str | None = None) -> None:
    """A company with the plan (the demo's when None) in force, without a single event but the plan's."""
    async with database.begin() as uow:
        await activate(uow, plan)
        for person, human in people.items():
            await add_person(uow, person, human)
            for order in human.orders:
                await add_order(uow, person, order)
        if uow.dialect == "postgresql":  # which does not see that numbers were given by hand
            given = text("SELECT setval(pg_get_serial_sequence('person', 'id'), max(id)) FROM person")
            await uow.connection.execute(given)
        await uow.commit()


async def add_person(uow: UnitOfWork, person: int, human: Human, *, code: str | None = None) -> None:
    row = {
        "id": person,
        "code": code or f"P{person}",
        "name": "Somebody",
        "name_folded": "somebody",
        "kind": human.kind,
        "status": "suspended" if human.suspended else "active",
        "joined_on": LONG_AGO.date(),
        "country": "ES",
        "language": "es",
        "language_chosen": False,
        "notifications": True,
    }
    await uow.connection.execute(insert(PEOPLE).values(row))
    link = {"person_id": person, "sponsor_id": human.sponsor, "valid_from": LONG_AGO, "recorded_at": LONG_AGO}
    await uow.connection.execute(insert(LINKS).values({**link, "recorded_by": "test", "reason": "test"}))


async def add_order(uow: UnitOfWork, person: int, order: Order, *, paid: bool = True) -> VolumeChanged:
    """Write a paid order; returns the event that tells of it, which is not emitted."""
    at = moment_of(order)
    row = {
        "order_id": str(new_id()),
        "person_id": person,
        "kind": "sale" if order.orders else "return",
        "state": "paid" if paid else "open",
        "ordered_at": at,
        "paid_at": at if paid else None,
        "currency": "EUR",
        "amount_minor": 0,
        "cv": order.cv,
        "qv": order.qv,
        "points": order.points,
        "line_count": 1,
    }
    await uow.connection.execute(insert(ORDERS).values(row))
    return VolumeChanged(
        person=PersonId(person),
        person_id=PersonId(person),
        at=at,
        cv=order.cv,
        qv=order.qv,
        points=order.points,
        orders=order.orders,
    )
