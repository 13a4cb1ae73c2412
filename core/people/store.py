"""Reading and writing the rows of people."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, String, false, func, literal_column, or_, select, update
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId
from core.people.in_force import career_rank_now
from core.people.model import COMPANY_CODE, COMPANY_KIND, Card, Person, Status
from core.people.tables import PersonRow

PEOPLE = SQLModel.metadata.tables[str(PersonRow.__tablename__)]
CAREER_RANK = literal_column(career_rank_now(), String())
PERSON_COLUMNS = [CAREER_RANK.label(name) if name == "career_rank" else PEOPLE.c[name] for name in Person.model_fields]
CARD_COLUMNS = [
    PEOPLE.c.id.label("person_id"),
    *(PEOPLE.c[name] for name in Card.model_fields if name != "person_id"),
]
DEFAULTS = {"language_chosen": False, "notifications": True}
IDS_AT_ONCE = 500
"""SQLite takes a limited number of parameters in one statement."""


async def add(uow: UnitOfWork, values: Mapping[str, Any]) -> PersonId | None:
    """Write a new row; None when the code is taken already."""
    added = await uow.connection.execute(insert_new(uow, PEOPLE).values(**DEFAULTS, **values).returning(PEOPLE.c.id))
    row = added.first()
    return PersonId(row[0]) if row else None


async def change(uow: UnitOfWork, person_id: PersonId, values: Mapping[str, Any]) -> None:
    """Overwrite the named columns of one row."""
    await uow.connection.execute(update(PEOPLE).where(PEOPLE.c.id == person_id).values(**values))


async def person_id(uow: UnitOfWork, code: str, *, locked: bool = False) -> PersonId | None:
    """The number of the person with this code; `locked` holds her row until the transaction ends."""
    asked = select(PEOPLE.c.id).where(PEOPLE.c.code == code, PEOPLE.c.kind != COMPANY_KIND)
    found = await uow.connection.execute(asked.with_for_update(key_share=True) if locked else asked)
    row = found.first()
    return PersonId(row[0]) if row else None


async def company_node(uow: UnitOfWork) -> PersonId | None:
    """The number of the company node, if there is one."""
    found = await uow.connection.execute(select(PEOPLE.c.id).where(PEOPLE.c.code == COMPANY_CODE))
    row = found.first()
    return PersonId(row[0]) if row else None


async def ids_of(uow: UnitOfWork, codes: Sequence[str]) -> dict[str, PersonId]:
    """Numbers by code; unknown codes are left out."""
    numbers: dict[str, PersonId] = {}
    for start in range(0, len(codes), IDS_AT_ONCE):
        asked = select(PEOPLE.c.code, PEOPLE.c.id).where(PEOPLE.c.code.in_(codes[start : start + IDS_AT_ONCE]))
        found = await uow.connection.execute(asked)
        numbers |= {code: PersonId(number) for code, number in found}
    return numbers


async def with_phone(uow: UnitOfWork, phone: str) -> list[PersonId]:
    """Numbers of all who have this number and are not terminated."""
    found = await uow.connection.execute(
        select(PEOPLE.c.id).where(PEOPLE.c.phone == phone, PEOPLE.c.status != Status.TERMINATED.value)
    )
    return [PersonId(row.id) for row in found]


async def person(uow: UnitOfWork, person_id: PersonId) -> Person | None:
    """The whole row, or None when there is none or it is the company node."""
    found = await uow.connection.execute(select(*PERSON_COLUMNS).where(*_shown(PEOPLE.c.id == person_id)))
    row = found.mappings().first()
    return Person.model_validate(dict(row)) if row else None


async def cards(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> dict[PersonId, Card]:
    """Cards by number; those who do not exist are left out."""
    shown: dict[PersonId, Card] = {}
    for start in range(0, len(person_ids), IDS_AT_ONCE):
        some = PEOPLE.c.id.in_(person_ids[start : start + IDS_AT_ONCE])
        found = await uow.connection.execute(select(*CARD_COLUMNS).where(*_shown(some)))
        shown |= {row["person_id"]: _card(row) for row in found.mappings()}
    return shown


async def folded_names(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> dict[PersonId, str]:
    """Names as they are looked for, by number."""
    names: dict[PersonId, str] = {}
    for start in range(0, len(person_ids), IDS_AT_ONCE):
        some = PEOPLE.c.id.in_(person_ids[start : start + IDS_AT_ONCE])
        found = await uow.connection.execute(select(PEOPLE.c.id, PEOPLE.c.name_folded).where(some))
        names |= {PersonId(number): name for number, name in found}
    return names


async def search(uow: UnitOfWork, text: str, name: str, limit: int) -> list[Card]:
    """People whose code, e-mail or phone contains `text`, or whose folded name `name`; an exact code first."""
    contains = or_(
        _has_name(name),
        _has(func.lower(PEOPLE.c.code), text.lower()),
        _has(func.lower(PEOPLE.c.email), text.lower()),
        _has(PEOPLE.c.phone, text),
    )
    exact_first = (func.lower(PEOPLE.c.code) != text.lower(), PEOPLE.c.name, PEOPLE.c.id)
    asked = select(*CARD_COLUMNS).where(*_shown(contains)).order_by(*exact_first).limit(limit)
    found = await uow.connection.execute(asked)
    return [_card(row) for row in found.mappings()]


async def named(uow: UnitOfWork, text: str, name: str, among: Sequence[PersonId] | None, limit: int) -> list[PersonId]:
    """Numbers of people whose code contains `text` or whose folded name `name`; an exact code first, then by name.

    Args:
        among: only these are looked at; None for everybody.
        limit: how many at most of everybody; of `among` all are found.
    """
    contains = or_(_has_name(name), _has(func.lower(PEOPLE.c.code), text.lower()))
    other = func.lower(PEOPLE.c.code) != text.lower()
    asked = select(other, PEOPLE.c.name_folded, PEOPLE.c.id).where(*_shown(contains))
    if among is None:
        rows = (await uow.connection.execute(asked.order_by(*asked.selected_columns).limit(limit))).all()
        return [PersonId(number) for _, _, number in rows]
    found: list[tuple[bool, str, int]] = []
    for start in range(0, len(among), IDS_AT_ONCE):
        some = asked.where(PEOPLE.c.id.in_(among[start : start + IDS_AT_ONCE]))
        found += [(bool(other), name, number) for other, name, number in await uow.connection.execute(some)]
    return [PersonId(number) for _, _, number in sorted(found)]


async def page(uow: UnitOfWork, after: str, limit: int) -> list[Card]:
    """People in the order of their codes, those after the code `after`."""
    later = _shown(PEOPLE.c.code > after)
    found = await uow.connection.execute(select(*CARD_COLUMNS).where(*later).order_by(PEOPLE.c.code).limit(limit))
    return [_card(row) for row in found.mappings()]


def _shown(condition: ColumnElement[bool]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return condition, PEOPLE.c.kind != COMPANY_KIND


def _card(row: RowMapping) -> Card:
    return Card.model_validate(dict(row))


def _has_name(folded: str) -> ColumnElement[bool]:
    return _has(PEOPLE.c.name_folded, folded) if folded else false()  # an accent alone would be in every name


def _has(column: ColumnElement[str], part: str) -> ColumnElement[bool]:
    return column.like(f"%{_escaped(part)}%", escape="\\")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def career_ranks(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> dict[PersonId, str]:
    """Recorded titles by number; who has none is left out."""
    found: dict[PersonId, str] = {}
    for start in range(0, len(person_ids), IDS_AT_ONCE):
        some = PEOPLE.c.id.in_(person_ids[start : start + IDS_AT_ONCE])
        rows = await uow.connection.execute(select(PEOPLE.c.id, CAREER_RANK).where(some, CAREER_RANK.is_not(None)))
        found |= {PersonId(number): rank for number, rank in rows}
    return found


async def all_career_ranks(uow: UnitOfWork) -> dict[PersonId, str]:
    """The recorded titles of everybody who has one."""
    asked = select(PEOPLE.c.id, CAREER_RANK).where(CAREER_RANK.is_not(None))
    return {PersonId(number): rank for number, rank in await uow.connection.execute(asked)}
