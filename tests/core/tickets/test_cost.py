"""How many statements the common acts take; what grows with a ticket's length would show here."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.tickets import service
from core.tickets.model import DraftPart, NewAnswer, Words

SAM = service.Member("sam", "staff:1")
NO_SOURCES: Any = None
Deed = Callable[[UnitOfWork], Awaitable[Any]]


@pytest.fixture
def dialect() -> str:
    """The statements are the same on both kinds of database."""
    return "sqlite"


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of everybody meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
async def number(database: Database, people: dict[str, PersonId]) -> int:
    """A ticket of María's with a long conversation, notes and a link."""
    maria = people["maria"]
    async with database.begin() as uow:
        for place in range(3):
            draft = await service.add_to_draft(uow, maria, DraftPart(part=f"{place}", text="words"), NO_SOURCES)
        ticket = await service.send_draft(uow, maria, draft.id)
        for place in range(12):
            await service.answer(uow, SAM, ticket.number, NewAnswer(text=f"answer {place}"))
            await service.add(uow, maria, ticket.number, Words(text=f"word {place}"))
        await uow.commit()
    return ticket.number


async def test_common_acts_take_few_statements_however_long_the_ticket_is(
    database: Database, people: dict[str, PersonId], number: int
) -> None:
    maria = people["maria"]

    async def cost(deed: Deed, *, reads: bool = False) -> int:
        async with database.read() if reads else database.begin() as uow:
            with counted() as seen:
                await deed(uow)
            if not reads:
                await uow.commit()
        return len(seen)

    part = DraftPart(part="new", text="words")
    assert await cost(lambda uow: service.own(uow, maria, number), reads=True) <= 6
    assert await cost(lambda uow: service.staff(uow, number, figures=True), reads=True) <= 6
    assert await cost(lambda uow: service.own_page(uow, maria, is_open=None, cursor=None, limit=10), reads=True) <= 3
    assert await cost(lambda uow: service.add_to_draft(uow, maria, part, NO_SOURCES)) <= 7
    async with database.read() as questions:
        draft = await service.draft(questions, maria)
    assert draft is not None
    assert await cost(lambda uow: service.send_draft(uow, maria, draft.id)) <= 10


async def test_a_long_conversation_comes_page_by_page(
    database: Database, people: dict[str, PersonId], number: int
) -> None:
    async with database.read() as questions:
        newest = await service.staff(questions, number, figures=True)
        older = await service.staff(questions, number, newest.older, figures=True)
    texts = [message.text for message in (*older.messages, *newest.messages)]
    said = [text for place in range(12) for text in (f"answer {place}", f"word {place}")]
    assert (texts, older.older) == (["words"] * 3 + said, None)
