"""Titles of many people that change at once: written down person by person, in force with one row, then cleared up.

| step                    | career_rank | coming_rank | coming_with | rows of turns | title in force |
| ----------------------- | ----------- | ----------- | ----------- | ------------- | -------------- |
| before                  | silver      | -           | -           | -             | silver         |
| written down to come    | silver      | gold        | a           | -             | silver         |
| the turn is in force    | silver      | gold        | a           | a             | gold           |
| cleared up              | gold        | -           | -           | a             | gold           |
| the turn is over        | gold        | -           | -           | -             | gold           |

What was written down for a turn that never came means nothing, and the next turn writes over it.
"""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, null, select, update
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people.store import CAREER_RANK, PEOPLE
from core.people.tables import TitleTurnRow

TURNS = SQLModel.metadata.tables[str(TitleTurnRow.__tablename__)]
Change = tuple[str | None, str | None]
"""A title before and after."""
NOTHING_COMES = {"coming_rank": None, "coming_with": None}
"""Besides the title, where it changes on its own."""


async def write_down(uow: UnitOfWork, turn: str, changes: Mapping[PersonId, Change]) -> None:
    """Have titles change with a turn; whose title is not what it is to be changed from any more keeps it."""
    if not changes:
        return
    held = CAREER_RANK.is_not_distinct_from(bindparam("before", type_=PEOPLE.c.career_rank.type))
    written = (
        update(PEOPLE)
        .where(PEOPLE.c.id == bindparam("number"), held)
        .values(career_rank=bindparam("before"), coming_rank=bindparam("after"), coming_with=turn)
    )
    rows = [{"number": number, "before": before, "after": after} for number, (before, after) in changes.items()]
    await uow.connection.execute(written, rows)


async def turn_over(uow: UnitOfWork, turn: str) -> None:
    """Let all that was written down for a turn be in force."""
    await uow.connection.execute(insert(TURNS).values(name=turn))


async def turned(uow: UnitOfWork, turn: str, after: PersonId, last: PersonId) -> dict[PersonId, str | None]:
    """Titles before a turn, of those people behind `after` and up to `last` whose titles change with it."""
    asked = select(PEOPLE.c.id, PEOPLE.c.career_rank).where(_of(turn, after, last))
    return {PersonId(number): title for number, title in await uow.connection.execute(asked)}


async def clear_up(uow: UnitOfWork, turn: str, after: PersonId, last: PersonId) -> None:
    """Write titles of a turn that is in force where they stay; of people behind `after` and up to `last`."""
    changed = update(PEOPLE).where(_of(turn, after, last))
    await uow.connection.execute(
        changed.values(career_rank=PEOPLE.c.coming_rank, coming_rank=null(), coming_with=null())
    )


async def end(uow: UnitOfWork, turn: str) -> None:
    """Forget a turn of which everything is cleared up."""
    await uow.connection.execute(delete(TURNS).where(TURNS.c.name == turn))


async def last_person(uow: UnitOfWork) -> PersonId:
    """The highest number that anybody has; 0 for nobody."""
    return PersonId(int(await uow.connection.scalar(select(func.max(PEOPLE.c.id))) or 0))


def _of(turn: str, after: PersonId, last: PersonId) -> ColumnElement[bool]:
    return (PEOPLE.c.coming_with == turn) & (PEOPLE.c.id > after) & (PEOPLE.c.id <= last)
