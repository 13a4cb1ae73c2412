"""Deeds that cross each other: answers taken back after a merge or a second answer, and things that are none."""

from datetime import timedelta

import pytest

from core.plan.model import Priority
from core.tickets import service
from core.tickets.model import BroughtIn
from tests.core.tickets.desks import Desk, asked
from tests.core.tickets.test_desk import answered, outbox, seen
from tests.support.clock import StillClock


@pytest.fixture
def dialect() -> str:
    """One kind of database, as in `test_desk`."""
    return "sqlite"


async def test_an_answer_taken_back_after_a_merge_leaves_the_other_ticket_its_own_past(
    desk: Desk, clock: StillClock
) -> None:
    stays, gone = await asked(desk.maria, "First"), await asked(desk.maria, "Second")
    await answered(desk, stays, "Answer to the first")
    clock.advance(timedelta(hours=1))
    answer = await answered(desk, gone, "Oops")
    await desk.sam.post(f"/v1/tickets/{gone}/merge", {"into": stays})
    before = await seen(desk, stays)
    assert before["ticket"]["phase"] == "waiting_person"
    assert (await desk.sam.delete(f"/v1/tickets/{gone}/answers/{answer}")).status == 204
    after = await seen(desk, stays)
    assert after["ticket"]["phase"] == "waiting_us", "her second question waits again"
    assert after["ticket"]["first_answer_due"] is None, "she had her first answer an hour ago"


async def test_a_ticket_opened_towards_her_stays_while_a_second_answer_of_it_goes_out(
    desk: Desk, clock: StillClock
) -> None:
    new = {"person": "maria", "type": "network", "text": "We have a question.", "delay_s": 10}
    first = (await desk.sam.post("/v1/tickets", new)).body
    number = first["ticket"]
    clock.advance(timedelta(seconds=4))
    await answered(desk, number, "When can we call?", delay_s=10)
    assert (await desk.sam.delete(f"/v1/tickets/{number}/answers/{first['id']}")).status == 204
    assert (await desk.maria.get(f"/v1/me/tickets/{number}")).code == "ticket_unknown"
    clock.advance(timedelta(seconds=10))
    hers = await desk.maria.get(f"/v1/me/tickets/{number}")
    assert hers.status == 200, hers.body
    assert [one["text"] for one in hers.body["messages"]] == ["When can we call?"]
    assert hers.body["ticket"]["phase"] == "waiting_person"


async def test_links_to_tickets_are_plain_numbers(desk: Desk) -> None:
    number, other = await asked(desk.maria, "One"), await asked(desk.maria, "Two")
    arabic = str(other).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for thing in ("9" * 30, arabic, f"0{other}", str(2**63)):
        reply = await desk.sam.post(f"/v1/tickets/{number}/links", {"kind": "ticket", "id": thing})
        assert reply.code == "ticket_link_unknown", (thing, reply.status, reply.body)


async def test_what_was_solved_before_it_was_brought_in_closes_without_a_word(desk: Desk, clock: StillClock) -> None:
    """Whoever moves here with the tickets of years must not hear of each of them."""
    now = clock.now()
    old = BroughtIn(
        external_id="T1",
        person=desk.people["maria"],
        type="other",
        subject="Years ago",
        text="Where is it?",
        opened_at=now - timedelta(days=900),
        state="solved",
        priority=Priority.NORMAL,
        queue="general",
        language="en",
        closed_at=now - timedelta(days=890),
    )
    async with desk.api.database.begin() as uow:
        await service.bring_in(uow, service.ready([old], await service.terms(uow), now))
        assert await service.sweep(uow) == 1
        assert await service.news(uow) == []
        await uow.commit()
    assert (await seen(desk, 1001))["ticket"]["phase"] == "closed"
    assert await outbox(desk) == []


async def test_an_export_has_what_she_said_with_her_stars(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is it?")
    await desk.sam.patch(f"/v1/tickets/{number}", {"state": "solved"})
    await desk.maria.post(f"/v1/me/tickets/{number}/rating", {"stars": 2, "text": "It took weeks"})
    async with desk.api.database.read() as questions:
        lines, _ = await service.written_out(questions, 0)
    assert [(line.after, line.text) for line in lines if line.what == "rated"] == [("2", "It took weeks")]
