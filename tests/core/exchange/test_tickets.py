"""Tickets of the books before: whole or not at all, once, with their words as they were; and out with their history."""

import io

import pytest

from core.access import service as access
from core.access.model import Role
from core.db.database import Database
from core.exchange.exporting import export_tickets
from core.kernel.ids import PersonId
from core.people import service as people_service
from core.plan import service as plans
from core.plan.reading import example
from core.tickets import service as tickets
from core.tickets.model import Phase, Via
from core.tickets.rules.history import replayed
from tests.core.exchange.conftest import Importing
from tests.core.exchange.test_people import faults
from tests.support.planting import plant

HEADER = (
    "ticket_id,person_id,type,subject,text,opened_on,state,priority,queue,language,assignee,closed_on,order_id,rating"
)
FILE = f"""
    {HEADER}
    T1,Ana,commissions,Missing money,"  Hola,
    ¿dónde está? 😀 ",2026-10-01 10:00:00,closed,high,,es,Marta,2026-10-03,,5
    T2,Bo,other,,=Nobody answers,2026-11-20T08:00:00Z,,,,,,,,
    T3,Ana,network,Moving,Please move Bo,2026-11-21,waiting_person,,,,,,,
"""


@pytest.fixture
async def people(database: Database) -> dict[str, PersonId]:
    async with database.begin() as uow:
        await plans.activate(uow, example("demo"))
        numbers = await plant(uow, "Ana\n  Bo")
        await access.add_staff(uow, "Marta", Role.SUPPORT)
        await uow.commit()
    return numbers


async def test_tickets_come_in_once_with_their_words_as_they_were(
    database: Database, importing: Importing, people: dict[str, PersonId]
) -> None:
    tried = await importing("tickets", FILE, dry_run=True)
    first, again = await importing("tickets", FILE), await importing("tickets", FILE)
    assert [(one.added, one.unchanged, faults(one)) for one in (tried, first, again)] == [
        (3, 0, []),
        (3, 0, []),
        (0, 3, []),
    ]
    async with database.read() as uow:
        closed = await tickets.staff(uow, 1001, figures=True)
        assert closed.messages[0].text == "  Hola,\n¿dónde está? 😀 "
        assert (closed.ticket.subject, closed.ticket.phase, closed.ticket.rating) == ("Missing money", Phase.CLOSED, 5)
        assert (closed.ticket.via, closed.ticket.assignee, closed.ticket.language) == (Via.IMPORT, "Marta", "es")
        for number in (1001, 1002, 1003):
            found = await tickets.staff(uow, number, figures=True)
            told = replayed(await tickets.history(uow, number))
            assert (told["state"], told["type"]) == (found.ticket.state, found.ticket.type)
        own = await people_service.profile(uow, people["Bo"])
        new = (await tickets.own(uow, people["Bo"], 1002)).ticket
        assert (new.subject, new.phase, new.language) == ("=Nobody answers", Phase.NEW, own.language)
        assert new.first_answer_due is not None and new.first_answer_due > uow.now
    async with database.begin() as uow:
        assert await tickets.news(uow, 10) == []  # the staff's group hears nothing of them


async def test_all_faults_of_a_file_are_told_at_once(
    database: Database, importing: Importing, people: dict[str, PersonId]
) -> None:
    outcome = await importing(
        "tickets",
        f"""
        {HEADER}
        A,Zoe,comissions,,,soon,,,,,,,,
        B,Ana,other,,Hi,2026-10-01,closed,top,vip,xx1,Nobody,,O1,6
        C,Ana,other,,Hi,2026-10-01,open,,,,,2026-09-01,,4
        ,Ana,other,,Hi,2027-10-01,,,,,,,,
        C,Ana,other,,Hi,2026-10-01,gone,,,,,,,
        """,
    )
    assert faults(outcome) == [
        ("import_value_missing", 2, "text"),
        ("import_person_unknown", 2, "person_id"),
        ("import_time_wrong", 2, "opened_on"),
        ("import_word_wrong", 2, "type"),
        ("import_ticket_end_missing", 3, "closed_on"),
        ("import_language_wrong", 3, "language"),
        ("import_word_wrong", 3, "priority"),
        ("import_word_wrong", 3, "queue"),
        ("import_staff_unknown", 3, "assignee"),
        ("import_order_unknown", 3, "order_id"),
        ("import_rating_wrong", 3, "rating"),
        ("import_ticket_end_useless", 4, "closed_on"),
        ("import_ticket_end_early", 4, "closed_on"),
        ("import_rating_wrong", 4, "rating"),
        ("import_value_missing", 5, "ticket_id"),
        ("import_ticket_future", 5, "opened_on"),
        ("import_word_wrong", 6, "state"),
        ("import_ticket_twice", 6, "ticket_id"),
    ]
    async with database.read() as uow:
        assert await tickets.known(uow, ["A", "B", "C"]) == {}


async def test_a_known_ticket_lives_on_here(
    database: Database, importing: Importing, people: dict[str, PersonId]
) -> None:
    await importing("tickets", FILE)
    other = FILE.replace("closed,high", "solved,low").replace("Please move", "Please do move")
    outcome = await importing("tickets", other)
    assert faults(outcome) == [("import_ticket_differs", 5, "ticket_id")]


async def test_every_change_and_every_message_is_written_out(
    database: Database, importing: Importing, people: dict[str, PersonId]
) -> None:
    await importing("tickets", FILE)
    file = io.StringIO()
    lines = await export_tickets(database, file, states=["new"])
    assert file.getvalue().splitlines()[0].startswith("ticket,ticket_id,person_id,type,subject,state,")
    assert "1002,T2,Bo,other,'=Nobody answers,new,normal,world,en,,2026-11-20T08:00:00+00:00,person,message,,," in (
        file.getvalue()
    )
    assert lines == len(file.getvalue().splitlines()) - 1 == 5
    assert await export_tickets(database, io.StringIO()) > lines
