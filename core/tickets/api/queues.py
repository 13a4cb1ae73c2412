"""Queues for staff: pages of tickets, and the desk's numbers."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from core.access import service as access
from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions
from core.http.model import Page
from core.http.routes import Routes
from core.people import service as people
from core.plan.model import Phase
from core.tickets.model import ME, Order, TicketCard, TicketNumbers
from core.tickets.service import queues
from core.tickets.service.numbers import numbers
from core.tickets.service.queues import Listing
from core.tickets.service.terms import terms

routes = Routes()
SEES = Permission.SEE_TICKETS
Limit = Annotated[int, Field(ge=1, le=100)]
Word = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
NUMBERS_DAYS = 30
NUMBERS_DAYS_MAX = 92
"""Further back what is done is not looked at, however much of it there is."""


@routes.get("/v1/tickets", needs=SEES)
async def tickets(
    caller: Caller,
    uow: Questions,
    queue: Word | None = None,
    type: Word | None = None,  # noqa: A002  # the API's word
    phase: Phase | None = None,
    assignee: Word | None = None,
    person: Word | None = None,
    language: Word | None = None,
    breached: bool | None = None,
    order: Order = Order.DUE,
    cursor: str | None = None,
    limit: Limit = 50,
) -> Page[TicketCard]:
    """Open tickets, or those of one phase; what is solved or closed comes by number, the latest first.

    An `assignee` of `me` is the caller, an empty one nobody.

    Raises:
        PersonUnknown: nobody has that code.
        CursorInvalid: the cursor is not one that a page gave.
    """
    me = (await access.named(uow, [caller.actor]))[caller.actor] if assignee == ME else assignee
    listing = Listing(
        order=order,
        queue=queue,
        type=type,
        phase=phase,
        assignee=me,
        person=None if person is None else await people.person_id(uow, person),
        language=language,
        breached=breached,
    )
    return await queues.page(uow, listing, cursor, limit)


@routes.get("/v1/ticket-numbers", needs=SEES)
async def ticket_numbers(uow: Questions, since: date | None = None, person: Word | None = None) -> TicketNumbers:
    """Open tickets by queue, type, age and assignee; answers and solutions since a day of the company, 30 days ago.

    At most the last 92 days are looked at; the answer says since when.

    Raises:
        PersonUnknown: nobody has that code.
    """
    found = None if person is None else await people.person_id(uow, person)
    return await numbers(uow, await _begin(uow, since), found)


async def _begin(uow: Questions, since: date | None) -> datetime:
    zone = ZoneInfo((await terms(uow)).hours.time_zone)
    today = uow.now.astimezone(zone).date()
    wanted = today - timedelta(days=NUMBERS_DAYS) if since is None else since
    day = max(today - timedelta(days=NUMBERS_DAYS_MAX), min(wanted, today))
    return datetime.combine(day, time(), zone).astimezone(UTC)
