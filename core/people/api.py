"""People for staff."""

from core.access.model import Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Page, read_cursor, write_cursor
from core.http.routes import Routes
from core.people import service
from core.people.model import Card, Person

routes = Routes()

PAGE_SIZE = 50


@routes.get("/v1/people", needs=Permission.SEE_PEOPLE)
async def people(uow: Questions, q: str | None = None, cursor: str | None = None) -> Page[Card]:
    """People in the order of their codes, or the best finds for `q` in code, name, e-mail or phone.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    if q:
        return Page[Card](items=await service.search(uow, q, PAGE_SIZE))
    after = str(read_cursor(cursor, str)[0]) if cursor else ""
    cards = await service.page(uow, after=after, limit=PAGE_SIZE)
    return Page[Card](items=cards, next=write_cursor(cards[-1].code) if len(cards) == PAGE_SIZE else None)


@routes.get("/v1/people/{code}", needs=Permission.SEE_PEOPLE)
async def person(uow: Questions, code: str) -> Person:
    """What is recorded of a person.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return await service.by_code(uow, code)


@routes.post("/v1/people/{code}/suspend", needs=Permission.EDIT_PEOPLE)
async def suspend(uow: UnitOfWork, code: str) -> Person:
    """Take a person out of activity while she keeps her place in the tree.

    Raises:
        PersonUnknown: nobody has this code.
        StatusRefused: she is terminated.
    """
    return await service.profile(uow, await service.suspend(uow, code))


@routes.post("/v1/people/{code}/resume", needs=Permission.EDIT_PEOPLE)
async def resume(uow: UnitOfWork, code: str) -> Person:
    """End a suspension.

    Raises:
        PersonUnknown: nobody has this code.
        StatusRefused: she is terminated; `reinstate` brings her back.
    """
    return await service.profile(uow, await service.resume(uow, code))
