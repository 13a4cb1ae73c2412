"""Deeds that cross each other: answers taken back after a merge or a second answer, and things that are none."""

from datetime import timedelta

import pytest

from tests.core.tickets.desks import Desk, asked
from tests.core.tickets.test_desk import answered, seen
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
