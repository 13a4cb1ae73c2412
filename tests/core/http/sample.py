"""A room as small as it can be, with one operation of each form, for tests of the layer itself."""

import asyncio
from datetime import date
from enum import StrEnum

from aiohttp import web
from pydantic import Field
from sqlalchemy import text

from core.access.model import Caller, Permission
from core.db.state import fact, put
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Created, Page, Place, read_cursor, write_cursor
from core.http.routes import PUBLIC, Routes
from core.kernel.errors import NotFound
from core.kernel.words import Model

routes = Routes()


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Part:
    """Something that the application provides."""

    name = "part"


class Line(Model):
    quantity: int = Field(ge=1, le=100)


class Order(Model):
    lines: tuple[Line, ...]
    on: date | None = None


class Counted(Model):
    n: int


class CounterMissing(NotFound):
    """There is no counter."""

    code = "counter_missing"


@routes.get("/t/echo/{number}", needs=PUBLIC)
async def echo(
    part: Part,
    number: int,
    flag: bool = False,
    on: date | None = None,
    colour: Colour = Colour.RED,
    words: list[str] | None = None,
    text: str | None = None,
) -> dict[str, str | int | bool | list[str] | date | None]:
    """Everything that was given.

    And more about it.
    """
    return {
        "part": part.name,
        "number": number,
        "flag": flag,
        "on": on,
        "colour": colour.value,
        "words": words,
        "text": text,
    }


@routes.get("/t/counter", needs=PUBLIC, etag=True)
async def counter(uow: Questions) -> Counted:
    """The counter."""
    value = await fact(uow, "counter")
    if value is None:
        raise CounterMissing(name="counter")
    return Counted(n=value["n"])


@routes.post("/t/counter", needs=PUBLIC)
async def count(uow: UnitOfWork, order: Order) -> Created[Counted]:
    """Count one up by the quantities."""
    value = await fact(uow, "counter") or {"n": 0}
    await asyncio.sleep(0.01)
    counted = Counted(n=value["n"] + sum(line.quantity for line in order.lines))
    await put(uow, "counter", {"n": counted.n})
    return Created(counted, location="/t/counter")


@routes.post("/t/fail", needs=PUBLIC)
async def fail(uow: UnitOfWork) -> None:
    """Change something, then be wrong."""
    await put(uow, "counter", {"n": 99})
    raise RuntimeError("Maria's secret figures")


@routes.delete("/t/counter", needs=PUBLIC)
async def drop(uow: UnitOfWork) -> None:
    """Forget the counter."""
    await uow.connection.execute(text("DELETE FROM company_state WHERE key = 'counter'"))


@routes.get("/t/pages", needs=PUBLIC)
async def pages(cursor: str | None = None) -> Page[Counted]:
    """Ten numbers, four a page."""
    after: list[Place] = read_cursor(cursor, int) if cursor else [0]
    start = after[0]
    assert isinstance(start, int)
    numbers = [Counted(n=n) for n in range(start, min(start + 4, 10))]
    return Page(items=numbers, next=write_cursor(start + 4) if start + 4 < 10 else None)


@routes.get("/t/file", needs=PUBLIC)
async def file() -> web.Response:
    """A file."""
    return web.Response(body=b"a,b\n", content_type="text/csv")


@routes.get("/t/me", needs=Permission.SEE_OWN_FIGURES)
async def me(caller: Caller) -> Counted:
    """The caller's own number."""
    return Counted(n=caller.me)


@routes.get("/t/staff", needs=Permission.SEE_PEOPLE)
async def staff(caller: Caller) -> Counted:
    """The member's number."""
    return Counted(n=caller.staff or 0)
