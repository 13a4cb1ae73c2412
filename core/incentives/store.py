"""Reading and writing the rows of coupons and credit notes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.incentives.tables import HoldingRow, HoldingUseRow
from core.kernel.ids import PersonId

HOLDINGS = SQLModel.metadata.tables[str(HoldingRow.__tablename__)]
USES = SQLModel.metadata.tables[str(HoldingUseRow.__tablename__)]
Row = Mapping[Any, Any]
"""A row by the names of its columns."""


async def add(uow: UnitOfWork, values: dict[str, Any]) -> bool:
    """Write a new document; False when its code is taken."""
    added = await uow.connection.execute(insert_new(uow, HOLDINGS).values(**values))
    return bool(added.rowcount == 1)


async def by_code(uow: UnitOfWork, code: str, *, locked: bool = False) -> Row | None:
    """The document of this code; `locked` holds it until the transaction ends."""
    asked = select(HOLDINGS).where(HOLDINGS.c.code == code)
    found = await uow.connection.execute(asked.with_for_update() if locked else asked)
    return found.mappings().first()


async def by_number(uow: UnitOfWork, number: int) -> Row:
    """A document that is there, held until the transaction ends."""
    found = await uow.connection.execute(select(HOLDINGS).where(HOLDINGS.c.id == number).with_for_update())
    return found.mappings().one()


async def of_person(uow: UnitOfWork, person: PersonId) -> list[Row]:
    """All that a person ever held."""
    found = await uow.connection.execute(select(HOLDINGS).where(HOLDINGS.c.person_id == person))
    return list(found.mappings())


async def ending(uow: UnitOfWork, first: date, last: date) -> list[Row]:
    """Documents whose last day lies between two days and that were not withdrawn, by person."""
    soon = (HOLDINGS.c.valid_until >= first, HOLDINGS.c.valid_until <= last, HOLDINGS.c.withdrawn_at.is_(None))
    asked = select(HOLDINGS).where(*soon).order_by(HOLDINGS.c.person_id, HOLDINGS.c.id)
    return list((await uow.connection.execute(asked)).mappings())


async def by_codes(uow: UnitOfWork, codes: Sequence[str]) -> list[Row]:
    """The documents of some codes."""
    return list((await uow.connection.execute(select(HOLDINGS).where(HOLDINGS.c.code.in_(codes)))).mappings())


async def change(uow: UnitOfWork, number: int, values: dict[str, Any]) -> None:
    """Overwrite the named columns of one document."""
    await uow.connection.execute(update(HOLDINGS).where(HOLDINGS.c.id == number).values(**values))


async def add_use(uow: UnitOfWork, number: int, order_ref: int, amount_minor: int) -> None:
    """Note what an order took of a document."""
    values = {"holding_id": number, "order_ref": order_ref, "amount_minor": amount_minor, "at": uow.now}
    await uow.connection.execute(insert(USES).values(**values))


async def use(uow: UnitOfWork, number: int, order_ref: int) -> Row | None:
    """What an order took of a document, unless all of it went back."""
    one = (USES.c.holding_id == number) & (USES.c.order_ref == order_ref) & USES.c.undone_at.is_(None)
    return (await uow.connection.execute(select(USES).where(one))).mappings().first()


async def change_use(uow: UnitOfWork, number: int, order_ref: int, values: dict[str, Any]) -> None:
    """Overwrite the named columns of one use."""
    one = (USES.c.holding_id == number) & (USES.c.order_ref == order_ref)
    await uow.connection.execute(update(USES).where(one).values(**values))


async def notes_left(uow: UnitOfWork) -> dict[tuple[int, str], int]:
    """What is left of all credit notes that were not withdrawn, by holder and currency."""
    notes = select(HOLDINGS.c.person_id, HOLDINGS.c.currency, HOLDINGS.c.left_minor)
    standing = HOLDINGS.c.left_minor.is_not(None) & HOLDINGS.c.withdrawn_at.is_(None)
    left: dict[tuple[int, str], int] = {}
    for person, currency, amount in await uow.connection.execute(notes.where(standing)):
        left[person, currency] = left.get((person, currency), 0) + amount
    return left
