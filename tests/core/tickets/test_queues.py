"""Queues page by page against a plain sort, the desk's numbers against a plain count, and what happens by itself."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text

from core.access import service as access
from core.access.model import Role
from core.db.database import Database
from core.http.model import write_cursor
from core.kernel.ids import PersonId
from core.plan import service as plans
from core.plan.model import Phase, Priority, Target
from core.tickets import service
from core.tickets.model import Age, BroughtIn, Load, Order, StaffTicket, TicketCard, What
from core.tickets.service.numbers import numbers
from core.tickets.service.queues import Listing, page
from tests.core.plan.plans import SMALL
from tests.core.tickets.desks import Desk, asked
from tests.support.clock import StillClock
from tests.support.planting import plant

PLAN = (
    SMALL
    + """
[tickets]
hours = ["mon-sun 00:00-24:00"]
first_answer = "8h"
solution = "3d"

[[tickets.queues]]
code = "iberia"
name = "Iberia"
languages = ["es"]

[[tickets.queues]]
code = "rest"
name = "Rest"

[[tickets.escalations]]
at = "50 %"
target = "first_answer"
queues = ["rest"]
set_priority = "high"
set_queue = "iberia"
assign = "Marta"

[[tickets.escalations]]
at = "60 %"
target = "first_answer"
priorities = ["low"]
assign = "Nobody of this name"
alert = false
"""
)
STATES = ("new", "waiting_person", "waiting_us", "solved", "closed")
DONE = {Phase.SOLVED, Phase.CLOSED}
FIRST, COUNT = 1001, 42
HOUR = timedelta(hours=1)


def brought(place: int, people: dict[str, PersonId], now: datetime) -> BroughtIn:
    """A ticket whose fields each change in a rhythm of their own."""
    state, opened_at = STATES[place % 5], now - (place * 37) % 1000 * HOUR
    return BroughtIn(
        external_id=f"T{place}",
        person=people["Bo" if place % 4 else "Ana"],
        type=("network", "other", "commissions")[place % 3],
        subject=f"Ticket {place}",
        text="Words",
        opened_at=opened_at,
        state=state,
        priority=list(Priority)[place % 4],
        queue="rest" if place % 7 else "iberia",
        language="en" if place % 7 else "es",
        assignee="Marta" if place % 2 else None,
        closed_at=opened_at if state in DONE else None,
        rating=place % 5 + 1 if state == "closed" else None,
    )


@pytest.fixture
async def crowd(database: Database) -> dict[str, PersonId]:
    async with database.begin() as uow:
        await plans.activate(uow, PLAN)
        found = await plant(uow, "Ana\n  Bo")
        await access.add_staff(uow, "Marta", Role.SUPPORT)
        some = [brought(place, found, uow.now) for place in range(COUNT)]
        await service.bring_in(uow, service.ready(some, await service.terms(uow), uow.now))
        await uow.commit()
    return found


async def all_of(database: Database) -> dict[int, StaffTicket]:
    async with database.read() as uow:
        return {number: await service.staff(uow, number, figures=True) for number in range(FIRST, FIRST + COUNT)}


async def walked(database: Database, listing: Listing) -> list[TicketCard]:
    """All pages of a listing."""
    shown: list[TicketCard] = []
    cursor: str | None = None
    async with database.read() as uow:
        while True:
            found = await page(uow, listing, cursor, 7)
            shown, cursor = [*shown, *found.items], found.next
            if cursor is None:
                return shown


async def test_pages_of_a_listing_are_the_plain_sort_cut_up(
    database: Database, crowd: dict[str, PersonId], clock: StillClock
) -> None:
    clock.advance(5 * HOUR)  # the pressing ones are late by then
    tickets = await all_of(database)
    wishes: list[dict[str, Any]] = [
        {}, {"queue": "rest"}, {"type": "network"}, {"queue": "rest", "type": "network"}, {"language": "es"},
        {"assignee": "Marta"}, {"assignee": ""}, {"person": crowd["Ana"]}, {"phase": Phase.WAITING_US},
        {"phase": Phase.CLOSED}, {"phase": Phase.SOLVED, "queue": "rest"}, {"breached": True}, {"breached": False},
    ]  # fmt: skip
    assert {one.breached for one in tickets.values()} == {True, False}
    for listing in (Listing(order=order, **wish) for order in Order for wish in wishes):
        fitting = [number for number, one in tickets.items() if fits(listing, one, crowd)]
        shown = await walked(database, listing)
        assert fitting, "a listing of nothing shows nothing"
        assert [card.number for card in shown] == sorted(fitting, key=lambda number: place(listing, tickets[number]))
        assert [card.breached for card in shown] == [tickets[card.number].breached for card in shown]


def fits(listing: Listing, one: StaffTicket, people: dict[str, PersonId]) -> bool:
    ticket = one.ticket
    return (
        (ticket.phase is listing.phase if listing.phase else ticket.phase not in DONE)
        and listing.queue in (None, ticket.queue)
        and listing.type in (None, ticket.type)
        and listing.language in (None, ticket.language)
        and listing.assignee in (None, ticket.assignee or "")
        and listing.person in (None, people[one.person.code])
        and listing.breached in (None, one.breached)
    )


def place(listing: Listing, one: StaffTicket) -> tuple[object, ...]:
    if listing.phase in DONE:
        return (-one.ticket.number,)
    if listing.order is Order.AGE:
        return one.ticket.opened_at, one.ticket.number
    return one.due_at is None, one.due_at, one.ticket.number


@pytest.mark.usefixtures("crowd")
async def test_the_desks_numbers_are_a_plain_count(database: Database, clock: StillClock) -> None:
    clock.advance(5 * HOUR)
    since = clock.now() - 500 * HOUR
    tickets = [one for one in (await all_of(database)).values() if one.ticket.phase not in DONE]
    async with database.read() as uow:
        found = await numbers(uow, since)
        hers = await numbers(uow, since, PersonId(1))
    assert found.open == load(tickets)
    assert {one.queue: one.open for one in found.queues} == {
        queue: len([one for one in tickets if one.ticket.queue == queue]) for queue in ("iberia", "rest")
    }
    assert [one.type for one in found.types] == ["network", "activation", "commissions", "incentives", "other"]
    assert sum(one.open for one in found.types) == sum(one.open for one in found.ages) == found.open.open
    week = [one for one in tickets if 3 * 24 * HOUR < clock.now() - one.ticket.opened_at <= 7 * 24 * HOUR]
    assert next(one.open for one in found.ages if one.age is Age.WEEK) == len(week) > 0
    assert [one.assignee for one in found.staff] == ["Marta", None]
    assert 0 < hers.open.open < found.open.open


def load(tickets: list[StaffTicket]) -> Load:
    waiting = [one for one in tickets if one.ticket.phase is not Phase.WAITING_PERSON]
    return Load(open=len(tickets), waiting=len(waiting), late=len([one for one in tickets if one.breached]))


@pytest.mark.usefixtures("crowd")
async def test_a_rule_does_its_work_once_and_staff_hear_of_it(database: Database, clock: StillClock) -> None:
    async with database.begin() as uow:
        assert (await service.is_escalation_due(uow), await service.escalate(uow)) == (False, [])
    clock.advance(4 * HOUR)  # half of the time of a normal one
    async with database.begin() as uow:  # not kept: nobody is told of what lies as it was imported
        assert await service.escalate(uow) == [] and not await service.is_escalation_due(uow)
    async with database.begin() as uow:
        await uow.connection.execute(text("UPDATE ticket SET heard_at = heard_at + 1"))
        assert await service.is_escalation_due(uow)
        done = await service.escalate(uow)
        assert await service.escalate(uow) == [] and not await service.is_escalation_due(uow)
        await uow.commit()
    normal = [f"T{place}" for place in range(0, COUNT, 5) if place % 4 == 1 and place % 7]
    async with database.read() as uow:
        raised = await service.known(uow, normal)
        assert raised
        for known in raised.values():
            [firing] = [one for one in done if one.ticket == known.number]
            assert (firing.target, firing.missed) == (Target.FIRST_ANSWER, False)
            assert firing.alert and firing.moved
            one = await service.staff(uow, known.number, figures=True)
            assert (one.ticket.priority, one.ticket.queue, one.ticket.assignee) == (Priority.HIGH, "iberia", "Marta")
            told = [(line.by, line.what, line.after) for line in one.history if line.what is What.ESCALATED]
            assert told == [("system", What.ESCALATED, "first_answer:50")]
    clock.advance(28 * 24 * HOUR)
    async with database.begin() as uow:
        late = await service.escalate(uow, limit=3)
        assert len({one.ticket for one in late}) == 3 and any(one.missed for one in late)
        shown = await service.staff(uow, late[0].ticket, figures=True)
        assert shown.breached


async def test_staff_ask_for_queues_and_numbers_and_she_does_not(desk: Desk) -> None:
    queue = await desk.sam.get("/v1/tickets", params={"assignee": "me", "order": "age", "limit": "1"})
    assert (queue.status, queue.body) == (200, {"items": [], "next": None})
    found = (await desk.sam.get("/v1/ticket-numbers", params={"since": "2020-01-01"})).body
    assert found["open"] == {"open": 0, "waiting": 0, "late": 0} and found["since"] == "2026-08-21T22:00:00Z"
    assert [(await desk.maria.get(path)).code for path in ("/v1/tickets", "/v1/ticket-numbers")] == [
        "permission_missing",
        "permission_missing",
    ]
    for params in ({"person": "zoe"}, {"cursor": "x"}, {"order": "size"}):
        assert (await desk.sam.get("/v1/tickets", params=params)).status in (400, 404, 422)
    for order, far in product(Order, (1 - 2**63, 2**63 - 1)):  # no moment, and yet a place to go on from
        params = {"order": order.value, "cursor": write_cursor(far, far)}
        assert (await desk.sam.get("/v1/tickets", params=params)).status == 200


async def test_how_quick_the_company_was_is_told_in_working_time(desk: Desk, clock: StillClock) -> None:
    number = await asked(desk.maria, "Where is my commission?")  # on a Sunday, when nobody works
    clock.advance(20 * HOUR + timedelta(minutes=30))  # Monday, 09:30 in Madrid
    await desk.sam.post(f"/v1/tickets/{number}/answers", {"text": "I ask."})
    clock.advance(HOUR)
    await desk.maria.post(f"/v1/me/tickets/{number}/messages", {"text": "And?"})
    clock.advance(2 * HOUR)
    await desk.sam.post(f"/v1/tickets/{number}/answers", {"text": "It is there.", "solve": True})
    clock.advance(HOUR)
    await desk.maria.post(f"/v1/me/tickets/{number}/rating", {"stars": 4})
    found = (await desk.sam.get("/v1/ticket-numbers")).body
    quick = {"count": 1, "median_s": 1800, "p90_s": 1800, "late": 0}
    assert found["first_answer"] == quick
    assert found["solution"] == quick | {"median_s": 9000, "p90_s": 9000}, "the hour in which it waited for her is none"
    assert (found["stars"], found["open"]["open"]) == ([0, 0, 0, 1, 0], 0)
    assert [(one["assignee"], one["solved"]) for one in found["staff"]] == [("test support", 1)]
