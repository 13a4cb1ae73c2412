"""Our own client asks what the API answers, for her and for staff."""

import pytest

from core.access import store as access
from core.kernel.errors import Refused
from core.tickets.model import (
    Act,
    Direction,
    DraftChange,
    DraftPart,
    LinkKind,
    NewAnswer,
    NewTicket,
    Priority,
    Rating,
    Split,
    TicketChange,
    Wanted,
    Words,
)
from tests.core.tickets.desks import PNG, Desk


@pytest.fixture
def dialect() -> str:
    """One kind of database: it is the client that is tried."""
    return "sqlite"


async def test_she_writes_adds_closes_and_rates_by_the_client(desk: Desk) -> None:
    async with desk.api.core() as core:
        me = core.for_chat(1)
        assert [one.code for one in (await me.ticket_desk()).types][-1] == "other"
        assert await me.my_draft() is None
        part = DraftPart(part="1", text="Where?", wanted=Wanted(person="ana"))
        draft = await me.add_to_draft(part, idempotency_key="a")
        assert draft == await me.add_to_draft(part, idempotency_key="a") == await me.my_draft()
        changed = await me.change_draft(DraftChange(draft=draft.id, type="network", drop_link=draft.links[0].ref))
        assert (changed.type, changed.links) == ("network", ())
        ticket = await me.send_draft(draft.id, idempotency_key="b")
        photo = await me.my_attachment("photo.png", PNG)
        added = await me.add_to_ticket(ticket.number, Words(attachments=(photo.id,)), idempotency_key="c")
        assert [message.attachments for message in added.messages] == [(), (photo,)]
        assert await me.my_ticket_file(ticket.number, photo.id) == PNG
        assert Act.RATE in (await me.close_ticket(ticket.number)).acts
        assert (await me.reopen_ticket(ticket.number)).ticket.phase.value == "reopened"
        await me.close_ticket(ticket.number)
        assert (await me.rate_ticket(ticket.number, Rating(stars=4))).ticket.rating == 4
        assert (await me.my_tickets(open=True)).items == []
        assert [card.number for card in (await me.my_tickets()).items] == [ticket.number]
        await me.drop_draft()
        with pytest.raises(Refused, match="ticket_unknown"):
            await me.my_ticket(9)


async def test_staff_answer_arrange_merge_and_split_by_the_client(desk: Desk) -> None:
    async with desk.api.database.begin() as uow:
        [sam] = [number for number, name, _ in await access.staff(uow) if name == "test support"]
        await access.add_member_link(uow, sam, 77)
        await uow.commit()
    async with desk.api.core() as core:
        staff = core.for_member(77)
        first = await staff.open_ticket(NewTicket(person="maria", type="other", text="We have a question."))
        await staff.keep_canned_answer("thanks", "en", "Thank you!")
        answer = await staff.answer_ticket(first.ticket, NewAnswer(canned="thanks"), idempotency_key="a")
        assert (answer.person_code, [one.code for one in await staff.canned_answers()]) == ("maria", ["thanks"])
        await staff.take_back_answer(first.ticket, answer.id)
        with pytest.raises(Refused, match="answer_gone"):
            await staff.take_back_answer(first.ticket, answer.id)
        photo = await staff.attachment("photo.png", PNG)
        note = await staff.note_on_ticket(first.ticket, Words(text="Note", attachments=(photo.id,)))
        assert (note.direction, note.attachments) == (Direction.NOTE, (photo,))
        assert await staff.ticket_file(first.ticket, photo.id) == PNG
        changed = await staff.change_ticket(first.ticket, TicketChange(priority=Priority.HIGH, state="at_warehouse"))
        assert (changed.ticket.priority, changed.ticket.state) == (Priority.HIGH, "at_warehouse")
        link = await staff.link_ticket(first.ticket, LinkKind.PERSON, "ana")
        await staff.unlink_ticket(first.ticket, link.ref)
        second = await staff.open_ticket(NewTicket(person="maria", type="other", text="And another."))
        merged = await staff.merge_ticket(second.ticket, first.ticket)
        moved = await staff.split_ticket(first.ticket, Split(messages=(second.id,)))
        assert [len(one.messages) for one in (merged, moved)] == [4, 1]
        listed = await staff.tickets(order="age", limit=10)
        assert {card.number for card in listed.items} == {first.ticket, moved.ticket.number}
        await staff.drop_canned_answer("thanks", "en")
