"""What the staff's groups are told of tickets, and that each thing is told once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import SQLModel

from core.db.database import Database
from core.messaging.model import OutboxState
from core.messaging.tables import OutboxRow
from core.support import telling, watching
from core.support.tables import StaffPreviewRow
from tests.core.tickets.desks import Desk, asked
from tests.support.clock import StillClock

GROUP, THREAD = -100_500, 42
OUTBOX = SQLModel.metadata.tables[str(OutboxRow.__tablename__)]
PREVIEWS = SQLModel.metadata.tables[str(StaffPreviewRow.__tablename__)]
on_sqlite = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


@pytest.fixture
async def group(desk: Desk) -> Desk:
    """A desk whose staff work in a forum, with a topic for the one queue."""
    assert (await desk.sam.put(f"/v1/support/groups/{GROUP}", {"forum": True, "language": "es"})).status == 200
    topic = f"/v1/support/groups/{GROUP}/topics/general"
    assert (await desk.sam.put(topic, {"thread": THREAD})).status == 200
    return desk


async def watched(desk: Desk) -> dict[str, Any]:
    reply = await desk.api.service().post("/v1/support/watch")
    assert reply.status == 200, reply.body
    found: dict[str, Any] = reply.body
    return {name: value for name, value in found.items() if value}


async def told(database: Database, kind: str) -> list[dict[str, Any]]:
    """Everything of a kind that was ever put into the outbox."""
    async with database.read() as questions:
        rows = await questions.connection.execute(select(OUTBOX).where(OUTBOX.c.kind == kind).order_by(OUTBOX.c.id))
        return [dict(row) for row in rows.mappings()]


async def end(database: Database, key: str, state: OutboxState, reason: str | None = None) -> None:
    """As a worker does, once a message is gone or cannot go."""
    async with database.begin() as uow:
        ended = {"state": state.value, "reason": reason, "ended_at": uow.now}
        assert (await uow.connection.execute(update(OUTBOX).where(OUTBOX.c.key == key).values(**ended))).rowcount == 1
        await uow.commit()


async def test_a_ticket_is_told_of_once_and_without_a_word_of_hers(group: Desk) -> None:
    number = await asked(group.maria, "My secret is 1,250 euro", type="commissions")
    assert await watched(group) == {"cards": 1}
    assert await watched(group) == {}
    [card] = await told(group.api.database, telling.CARD)
    assert (card["chat_id"], card["person_id"], card["subject"]) == (GROUP, None, f"desk:{number}")
    facts = card["facts"]
    assert (facts["ticket"], facts["person"], facts["thread"], facts["phase"]) == (number, "maria", THREAD, "new")
    assert "secret" not in str(facts) and "1,250" not in str(facts)
    await group.sam.patch(f"/v1/tickets/{number}", {"assignee": "me", "priority": "urgent"})
    await group.sam.post(f"/v1/tickets/{number}/notes", {"text": "seen"})
    assert await watched(group) == {"cards": 1}
    assert (await told(group.api.database, telling.CARD))[-1]["facts"]["priority"] == "urgent"


@on_sqlite
async def test_what_she_writes_again_is_one_word(group: Desk) -> None:
    number = await asked(group.maria, "Where is my order?")
    await watched(group)
    for text in ("hello?", "anybody?"):
        await group.maria.post(f"/v1/me/tickets/{number}/messages", {"text": text})
    found = await watched(group)
    assert found["words"] == 1
    [word] = await told(group.api.database, telling.WORD)
    assert (word["facts"]["count"], word["subject"], "hello" in str(word["facts"])) == (2, f"desk:{number}", False)


@on_sqlite
async def test_a_note_alone_changes_no_card(group: Desk) -> None:
    number = await asked(group.maria, "Where is my order?")
    await watched(group)
    await group.sam.post(f"/v1/tickets/{number}/notes", {"text": "warehouse says Monday"})
    assert await watched(group) == {}


@on_sqlite
async def test_a_change_that_leaves_the_card_as_it_is_edits_nothing(group: Desk) -> None:
    number = await asked(group.maria, "Where is my order?")
    await watched(group)
    for priority in ("urgent", "normal"):
        await group.sam.patch(f"/v1/tickets/{number}", {"priority": priority})
    assert await watched(group) == {}, "it says what the group's card says already"
    await group.sam.patch(f"/v1/tickets/{number}", {"priority": "urgent"})
    assert await watched(group) == {"cards": 1}


@on_sqlite
async def test_a_preview_says_that_the_answer_arrived(group: Desk, clock: StillClock) -> None:
    number = await asked(group.maria, "Where is my order?")
    answer = (await group.sam.post(f"/v1/tickets/{number}/answers", {"text": "On Monday."})).body
    place = {"ticket": number, "answer": answer["id"], "chat": GROUP, "message": 77}
    for _ in range(2):
        assert (await group.sam.post("/v1/support/previews", place)).status == 204
    await watched(group)
    assert await told(group.api.database, telling.ANSWER) == [], "it is still on its way"
    clock.advance(timedelta(seconds=11))
    await end(group.api.database, f"ticket.answered:{answer['id']}", OutboxState.SENT)
    assert await watched(group) == {"previews": 1}
    assert await watched(group) == {}
    [said] = await told(group.api.database, telling.ANSWER)
    assert (said["chat_id"], said["facts"]["edit"], said["facts"]["state"]) == (GROUP, 77, "sent")
    assert said["facts"]["person_name"] == "maria Doe"


@on_sqlite
async def test_staff_hear_once_of_an_answer_that_did_not_arrive(group: Desk) -> None:
    number = await asked(group.maria, "Where is my order?")
    answer = (await group.sam.post(f"/v1/tickets/{number}/answers", {"text": "On Monday."})).body
    place = {"ticket": number, "answer": answer["id"], "chat": GROUP, "message": 77}
    await group.sam.post("/v1/support/previews", place)
    await end(group.api.database, f"ticket.answered:{answer['id']}", OutboxState.FAILED, "blocked")
    found = await watched(group)
    assert (found["alerts"], found["previews"]) == (1, 1)
    assert await watched(group) == {}
    [alert] = await told(group.api.database, telling.ALERT)
    assert (alert["facts"]["what"], alert["facts"]["reason"]) == ("undelivered", "blocked")
    assert (await told(group.api.database, telling.ANSWER))[0]["facts"]["state"] == "failed"


@on_sqlite
async def test_a_preview_of_an_answer_that_was_taken_back_stays_as_it_is(group: Desk) -> None:
    number = await asked(group.maria, "Where is my order?")
    answer = (await group.sam.post(f"/v1/tickets/{number}/answers", {"text": "On Monday."})).body
    place = {"ticket": number, "answer": answer["id"], "chat": GROUP, "message": 77}
    await group.sam.post("/v1/support/previews", place)
    assert (await group.sam.delete(f"/v1/tickets/{number}/answers/{answer['id']}")).status == 204
    await watched(group)
    assert await watched(group) == {}
    assert await told(group.api.database, telling.ANSWER) == []


@on_sqlite
async def test_a_target_that_is_missed_is_an_alert(group: Desk, clock: StillClock) -> None:
    number = await asked(group.maria, "Where is my order?")
    await watched(group)
    clock.advance(timedelta(days=4))
    assert (await watched(group))["alerts"] >= 1
    alerts = await told(group.api.database, telling.ALERT)
    assert {one["subject"] for one in alerts} == {f"desk:{number}"}
    assert {one["facts"]["what"] for one in alerts} == {"missed"}, "that time runs out is no news any more"
    assert (await told(group.api.database, telling.CARD))[-1]["facts"]["breached"]
    assert "alerts" not in await watched(group)


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_workers_who_look_at_once_tell_nothing_twice(group: Desk) -> None:
    for text in ("one", "two", "three"):
        await asked(group.maria, text)

    async def look() -> None:
        async with group.api.database.begin() as uow:
            await watching.watch(uow)
            await uow.commit()

    await asyncio.gather(look(), look(), look())
    assert len(await told(group.api.database, telling.CARD)) == 3


@on_sqlite
async def test_a_pass_that_dies_before_its_commit_leaves_everything_to_the_next(group: Desk) -> None:
    await asked(group.maria, "Where is my order?")
    async with group.api.database.begin() as uow:
        assert (await watching.watch(uow)).cards == 1
    assert await told(group.api.database, telling.CARD) == []
    assert await watched(group) == {"cards": 1}


@on_sqlite
async def test_a_group_that_moved_hears_on_and_one_that_threw_the_bot_out_hears_nothing(group: Desk) -> None:
    service = group.api.service()
    assert (await service.post(f"/v1/support/groups/{GROUP}/moved", {"to": GROUP - 1})).status == 204
    await asked(group.maria, "Where is my order?")
    await watched(group)
    [card] = await told(group.api.database, telling.CARD)
    assert (card["chat_id"], card["facts"]["thread"]) == (GROUP - 1, THREAD)
    from core.messaging.store.addresses import silence_chat

    async with group.api.database.begin() as uow:
        await silence_chat(uow, GROUP - 1, "kicked")
        await uow.commit()
    await asked(group.otto, "And mine?")
    assert await watched(group) == {}


@on_sqlite
async def test_an_answer_that_waits_for_her_morning_holds_up_no_other(
    group: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "AT_ONCE", 1)
    answers = []
    for text in ("Where is my order?", "And my points?"):
        number = await asked(group.maria, text)
        answer = (await group.sam.post(f"/v1/tickets/{number}/answers", {"text": "On Monday."})).body["id"]
        await group.sam.post(
            "/v1/support/previews", {"ticket": number, "answer": answer, "chat": GROUP, "message": 77 + answer}
        )
        answers.append(answer)
    while await watched(group):
        pass
    await end(group.api.database, f"ticket.answered:{answers[1]}", OutboxState.SENT)
    assert await watched(group) == {"previews": 1}
    assert [one["facts"]["edit"] for one in await told(group.api.database, telling.ANSWER)] == [77 + answers[1]]
    assert await watched(group) == {}


@on_sqlite
async def test_a_preview_says_once_that_its_answer_waits_for_her_morning(group: Desk) -> None:
    number = await asked(group.maria, "Where is my order?")
    answer = (await group.sam.post(f"/v1/tickets/{number}/answers", {"text": "On Monday."})).body["id"]
    await group.sam.post("/v1/support/previews", {"ticket": number, "answer": answer, "chat": GROUP, "message": 77})
    await watched(group)
    async with group.api.database.begin() as uow:  # as a claim does at night
        held = update(OUTBOX).where(OUTBOX.c.key == f"ticket.answered:{answer}").values(reason="quiet_hours")
        await uow.connection.execute(held)
        await uow.commit()
    assert await watched(group) == {"previews": 1}
    assert await watched(group) == {}
    await end(group.api.database, f"ticket.answered:{answer}", OutboxState.SENT)
    assert await watched(group) == {"previews": 1}
    said = [(one["facts"]["state"], one["facts"]["edit"]) for one in await told(group.api.database, telling.ANSWER)]
    assert said == [("waiting", 77), ("sent", 77)]
