"""What staff do with tickets: answer, take back, note, move, merge, split; and who may not."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import SQLModel

from core.access.model import Role
from core.messaging.tables import OutboxRow
from core.tickets import service
from tests.core.tickets.desks import Desk, asked, file_of
from tests.support.api import Asker, Reply
from tests.support.clock import StillClock

OUTBOX = SQLModel.metadata.tables[str(OutboxRow.__tablename__)]


@pytest.fixture
def dialect() -> str:
    """One kind of database: rows are written alike on both, as `test_story` and `test_machine` show."""
    return "sqlite"


async def outbox(desk: Desk) -> list[tuple[str, str]]:
    """Keys without their numbers, and states, of all that was to be said."""
    async with desk.api.database.read() as questions:
        rows = (await questions.connection.execute(select(OUTBOX.c.key, OUTBOX.c.state).order_by(OUTBOX.c.id))).all()
    return [(key.split(":")[0], state) for key, state in rows]


async def answered(desk: Desk, number: int, text: str = "An answer", **more: Any) -> int:
    reply = await desk.sam.post(f"/v1/tickets/{number}/answers", {"text": text, **more})
    assert reply.status == 201, reply.body
    return int(reply.body["id"])


async def seen(desk: Desk, number: int) -> Any:
    return (await desk.sam.get(f"/v1/tickets/{number}")).body


async def test_an_answer_taken_back_leaves_the_ticket_as_it_was(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is it?")
    await desk.sam.patch(f"/v1/tickets/{number}", {"assignee": "me"})
    before = await seen(desk, number)
    photo = await file_of(desk.sam, path="/v1/attachments")
    answer = await answered(desk, number, solve=True, attachments=[photo])
    assert (await seen(desk, number))["ticket"]["phase"] == "solved"
    path = f"/v1/tickets/{number}/answers/{answer}"
    assert (await desk.sam.delete(path)).status == 204
    after = await seen(desk, number)
    changing = {"version", "links"}
    assert {k: v for k, v in after["ticket"].items() if k not in changing} == {
        k: v for k, v in before["ticket"].items() if k not in changing
    }
    assert after["due_at"] == before["due_at"]
    assert (after["messages"][-1]["withdrawn"], after["messages"][-1]["text"]) == (True, "An answer")
    assert [change["what"] for change in after["history"]][-3:] == ["state", "withdrawn", "state"]
    assert await outbox(desk) == [
        ("ticket.updated", "waiting"),
        ("ticket.answered", "cancelled"),
        ("ticket.file", "cancelled"),
        ("ticket.updated", "cancelled"),
    ]
    assert (await desk.sam.delete(path)).code == "answer_gone"
    assert len((await desk.maria.get(f"/v1/me/tickets/{number}")).body["messages"]) == 1


async def test_an_answer_is_taken_back_wherever_a_merge_put_it(desk: Desk) -> None:
    one, other = await asked(desk.maria, "First"), await asked(desk.maria, "Second")
    answer = await answered(desk, other)
    await desk.sam.post(f"/v1/tickets/{other}/merge", {"into": one})
    assert (await desk.sam.delete(f"/v1/tickets/{other}/answers/{answer}")).status == 204
    merged = await seen(desk, one)
    assert [message["withdrawn"] for message in merged["messages"]] == [False, False, True]
    assert (merged["ticket"]["phase"], (await seen(desk, other))["ticket"]["merged_into"]) == ("new", one)


async def test_an_answer_on_its_way_is_not_taken_back(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is it?")
    answer = await answered(desk, number, attachments=[await file_of(desk.sam, path="/v1/attachments")])
    async with desk.api.database.begin() as uow:
        await uow.connection.execute(
            update(OUTBOX).where(OUTBOX.c.kind == "ticket.answered").values(state="sent", ended_at=uow.now)
        )
        await uow.commit()
    assert (await desk.sam.delete(f"/v1/tickets/{number}/answers/{answer}")).code == "answer_gone"
    assert (await seen(desk, number))["ticket"]["phase"] == "waiting_person"
    assert await outbox(desk) == [("ticket.answered", "sent"), ("ticket.file", "waiting")]


async def test_her_word_meanwhile_stays_when_an_answer_is_taken_back(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is it?")
    answer = await answered(desk, number)
    await desk.maria.post(f"/v1/me/tickets/{number}/messages", {"text": "Hello?"})
    assert (await desk.sam.delete(f"/v1/tickets/{number}/answers/{answer}")).status == 204
    after = await seen(desk, number)
    assert (after["ticket"]["phase"], after["ticket"]["next_answer_due"]) == ("waiting_us", None)
    assert after["ticket"]["first_answer_due"] is not None


async def test_files_are_seen_by_her_once_they_went_out_and_by_nobody_else(desk: Desk, clock: StillClock) -> None:
    number = await asked(desk.maria, "Where is it?")
    photo = await file_of(desk.sam, path="/v1/attachments")
    await answered(desk, number, attachments=[photo])
    path = f"/v1/me/tickets/{number}/attachments/{photo}"
    assert (await desk.maria.get(path)).code == "attachment_unknown"
    clock.advance(timedelta(seconds=10))
    found = await desk.maria.get(path)
    assert (found.status, found.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert found.headers["Content-Disposition"].startswith("attachment;")
    assert (await desk.otto.get(path)).code == "ticket_unknown"
    assert (await desk.sam.get(f"/v1/tickets/{number}/attachments/999")).code == "attachment_unknown"


async def test_a_failed_answer_shows_why(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is it?")
    await answered(desk, number)
    assert (await seen(desk, number))["messages"][-1]["delivery"]["state"] == "waiting"
    async with desk.api.database.begin() as uow:
        ended = {"state": "unwanted", "ended_at": uow.now, "reason": "blocked"}
        await uow.connection.execute(update(OUTBOX).values(**ended))
        await uow.commit()
    delivery = (await seen(desk, number))["messages"][-1]["delivery"]
    assert (delivery["state"], delivery["reason"]) == ("failed", "blocked")


async def test_a_ticket_towards_a_person_is_unknown_to_her_until_its_words_go_out(
    desk: Desk, clock: StillClock
) -> None:
    new = {"person": "maria", "type": "network", "text": "We have a question.", "delay_s": 10}
    answer = (await desk.sam.post("/v1/tickets", new)).body
    assert (await desk.maria.get("/v1/me/tickets")).body["items"] == []
    assert (await desk.maria.get(f"/v1/me/tickets/{answer['ticket']}")).code == "ticket_unknown"
    clock.advance(timedelta(seconds=10))
    hers = (await desk.maria.get(f"/v1/me/tickets/{answer['ticket']}")).body
    assert (hers["ticket"]["phase"], hers["messages"][0]["text"]) == ("waiting_person", "We have a question.")
    gone = (await desk.sam.post("/v1/tickets", new)).body
    assert (await desk.sam.delete(f"/v1/tickets/{gone['ticket']}/answers/{gone['id']}")).status == 204
    clock.advance(timedelta(seconds=10))
    assert (await desk.maria.get(f"/v1/me/tickets/{gone['ticket']}")).code == "ticket_unknown"
    assert (await seen(desk, gone["ticket"]))["ticket"]["phase"] == "closed"


async def test_a_note_reaches_staff_alone(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is it?")
    photo = await file_of(desk.sam, path="/v1/attachments")
    note = await desk.sam.post(f"/v1/tickets/{number}/notes", {"text": "She is angry", "attachments": [photo]})
    assert note.status == 201, note.body
    assert len((await desk.maria.get(f"/v1/me/tickets/{number}")).body["messages"]) == 1
    assert (await desk.maria.get(f"/v1/me/tickets/{number}/attachments/{photo}")).code == "attachment_unknown"
    assert await outbox(desk) == []
    assert (await seen(desk, number))["messages"][-1]["direction"] == "note"


async def test_moves_are_those_of_the_company(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is it?")
    assert "at_warehouse" in (await seen(desk, number))["moves"]

    async def move(state: str) -> Reply:
        return await desk.sam.patch(f"/v1/tickets/{number}", {"state": state})

    there = (await move("at_warehouse")).body["ticket"]
    assert (there["phase"], there["state_name"]["es"]) == ("waiting_us", "En almacén")
    assert (await move("nowhere")).code == "ticket_state_unknown"
    assert (await move("new")).code == "ticket_move_impossible"
    assert (await move("solved")).status == 200
    assert (await move("open")).code == "ticket_move_impossible"
    assert (await move("reopened")).status == 200
    assert await outbox(desk) == [("ticket.updated", "waiting")] * 2


async def test_nobody_is_given_a_ticket_who_may_not_answer_it(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is it?")
    await desk.api.staff(Role.SHOP)
    codes = [
        (await desk.sam.patch(f"/v1/tickets/{number}", {"assignee": name})).code for name in ("test shop", "nobody")
    ]
    assert codes == ["permission_missing", "staff_unknown"]
    given = await desk.sam.patch(f"/v1/tickets/{number}", {"assignee": "test commissions"})
    assert given.body["ticket"]["assignee"] == "test commissions"
    assert (await desk.sam.patch(f"/v1/tickets/{number}", {"assignee": ""})).body["ticket"]["assignee"] is None


async def test_merged_tickets_are_one_and_she_is_told_once(desk: Desk) -> None:
    one = await asked(desk.maria, "First", wanted={"person": "ana"})
    other = await asked(desk.maria, "Second", wanted={"person": "ana", "cycle": "2026-10"})
    await answered(desk, one)
    merged = await desk.cora.post(f"/v1/tickets/{other}/merge", {"into": one})
    assert merged.status == 200, merged.body
    assert (merged.body["ticket"]["number"], merged.body["ticket"]["phase"]) == (one, "waiting_us")
    assert [message["text"] for message in merged.body["messages"]] == ["First", "Second", "An answer"]
    assert [link["id"] for link in merged.body["ticket"]["links"]] == ["ana", "2026-10"]
    gone = (await desk.maria.get(f"/v1/me/tickets/{other}")).body
    assert (gone["ticket"]["merged_into"], gone["ticket"]["phase"], gone["acts"]) == (one, "closed", [])
    added = await desk.maria.post(f"/v1/me/tickets/{other}/messages", {"text": "more"})
    assert (added.code, added.body["facts"]["into"]) == ("ticket_merged", one)
    assert (await outbox(desk)).count(("ticket.updated", "waiting")) == 1
    assert (await desk.sam.post(f"/v1/tickets/{one}/merge", {"into": other})).code == "ticket_merged"
    stranger = await asked(desk.otto, "Mine")
    assert (await desk.sam.post(f"/v1/tickets/{one}/merge", {"into": stranger})).code == "ticket_person_differs"
    assert (await desk.sam.post(f"/v1/tickets/{one}/merge", {"into": one})).code == "ticket_person_differs"


async def test_messages_that_are_another_matter_become_a_ticket_of_their_own(desk: Desk) -> None:
    number, other = await asked(desk.maria, "First", "And another thing"), await asked(desk.otto, "Mine")
    first, second = (message["id"] for message in (await seen(desk, number))["messages"])
    [foreign] = [message["id"] for message in (await seen(desk, other))["messages"]]
    path = f"/v1/tickets/{number}/split"
    assert (await desk.sam.post(path, {"messages": [foreign]})).code == "ticket_message_unknown"
    assert (await desk.sam.post(path, {"messages": [first, second]})).code == "ticket_split_whole"
    new = (await desk.sam.post(path, {"messages": [second], "type": "network"})).body
    assert (new["ticket"]["subject"], new["ticket"]["type"], new["ticket"]["phase"]) == (
        "And another thing", "network", "new",
    )  # fmt: skip
    assert [message["text"] for message in (await seen(desk, number))["messages"]] == ["First"]


async def test_canned_answers_come_in_her_language(desk: Desk) -> None:
    for language, text in {"en": "We are looking.", "es": "Lo miramos."}.items():
        kept = await desk.sam.put(f"/v1/canned-answers/looking/{language}", {"text": text})
        assert kept.status == 200, kept.body
    number = await asked(desk.maria, "Where is it?")
    await answered(desk, number, text="", canned="looking")
    assert (await seen(desk, number))["messages"][-1]["text"] == "We are looking."
    unknown = await desk.sam.post(f"/v1/tickets/{number}/answers", {"canned": "none"})
    assert unknown.code == "canned_answer_unknown"
    assert len((await desk.sam.get("/v1/canned-answers")).body) == 2
    assert (await desk.sam.delete("/v1/canned-answers/looking/es")).status == 204
    assert (await desk.sam.delete("/v1/canned-answers/looking/es")).code == "canned_answer_unknown"


async def test_an_answer_fits_into_one_message(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is it?")
    path = f"/v1/tickets/{number}/answers"
    assert (await desk.sam.post(path, {"text": "😀" * 1750})).status == 201
    assert (await desk.sam.post(path, {"text": "😀" * 1751})).code == "ticket_text_too_long"
    assert (await desk.sam.post(path, {"text": " \n"})).code == "ticket_text_empty"
    hers = await file_of(desk.maria)
    assert (await desk.sam.post(path, {"attachments": [hers]})).code == "attachment_unknown"


async def test_figures_show_to_those_who_may_see_them(desk: Desk) -> None:
    number = await asked(desk.maria, "My month", wanted={"cycle": "2026-10", "person": "ana"})
    hidden, shown = (await seen(desk, number)), (await desk.cora.get(f"/v1/tickets/{number}")).body
    assert [link["id"] for link in hidden["ticket"]["links"]] == ["", "ana"]
    assert [link["id"] for link in shown["ticket"]["links"]] == ["2026-10", "ana"]
    assert (hidden["figures_hidden"], shown["figures_hidden"]) == (True, False)
    changed = (await desk.sam.patch(f"/v1/tickets/{number}", {"priority": "high"})).body
    assert changed["ticket"]["links"] == hidden["ticket"]["links"]


async def test_links_are_things_that_there_are(desk: Desk) -> None:
    number, other = await asked(desk.maria, "One"), await asked(desk.maria, "Two")
    path = f"/v1/tickets/{number}/links"
    made = [
        await desk.sam.post(path, {"kind": kind, "id": thing})
        for kind, thing in (("person", "ana"), ("person", "ana"), ("ticket", str(other)))
    ]
    assert [reply.status for reply in made] == [201] * 3
    assert made[0].body == made[1].body
    for kind, thing in (
        ("person", "zoe"),
        ("order", "X"),
        ("ticket", "9"),
        ("run", "1"),
        ("incident", "1"),
        ("award", "1.1"),
    ):
        assert (await desk.sam.post(path, {"kind": kind, "id": thing})).code == "ticket_link_unknown"
    for _ in range(2):
        gone = await desk.sam.delete(f"{path}/{made[0].body['ref']}")
    assert gone.code == "ticket_link_unknown"
    assert [link["id"] for link in (await seen(desk, number))["ticket"]["links"]] == [str(other)]
    assert (await desk.maria.get(f"/v1/me/tickets/{number}")).body["ticket"]["links"] == [], "what staff link is theirs"


async def test_a_ticket_of_somebody_else_reads_as_one_that_does_not_exist(desk: Desk) -> None:
    number = await asked(desk.maria, "Mine", attachments=[await file_of(desk.maria)])
    acts: dict[str, Any] = {"messages": {"text": "x"}, "close": None, "reopen": None, "rating": {"stars": 1}}

    async def tried(who: Asker, ticket: int) -> list[Any]:
        replies = [await who.get(f"/v1/me/tickets/{ticket}")]
        replies += [await who.post(f"/v1/me/tickets/{ticket}/{act}", body) for act, body in acts.items()]
        return [(reply.status, reply.code, reply.body["facts"].keys()) for reply in replies]

    assert await tried(desk.otto, number) == await tried(desk.otto, 999_999)
    assert (await seen(desk, number))["ticket"]["phase"] == "new"


async def test_what_is_solved_long_ago_closes_and_opens_again_for_a_while(desk: Desk, clock: StillClock) -> None:
    number = await asked(desk.maria, "Where is it?")
    await desk.sam.patch(f"/v1/tickets/{number}", {"state": "solved"})

    async def swept() -> int:
        async with desk.api.database.begin() as uow:
            ended = await service.sweep(uow)
            await uow.commit()
        return ended

    clock.advance(timedelta(days=4))
    assert await swept() == 0
    clock.advance(timedelta(days=2))
    assert [await swept(), await swept()] == [1, 0]
    assert (await seen(desk, number))["ticket"]["phase"] == "closed"
    assert await outbox(desk) == [("ticket.updated", "waiting")] * 2
    clock.advance(timedelta(days=29))
    assert (await desk.maria.get(f"/v1/me/tickets/{number}")).body["acts"] == ["add", "reopen", "rate"]
    clock.advance(timedelta(days=2))
    late = await desk.maria.post(f"/v1/me/tickets/{number}/messages", {"text": "And now?"})
    assert (late.code, (await desk.sam.post(f"/v1/tickets/{number}/answers", {"text": "x"})).code) == (
        "ticket_closed", "ticket_closed",
    )  # fmt: skip


ROUTES = [
    ("get", "/v1/tickets/1001", None),
    ("get", "/v1/tickets/1001/attachments/1", None),
    ("post", "/v1/tickets", {"person": "maria", "type": "other", "text": "x"}),
    ("post", "/v1/tickets/1001/answers", {"text": "x"}),
    ("delete", "/v1/tickets/1001/answers/1", None),
    ("post", "/v1/tickets/1001/notes", {"text": "x"}),
    ("patch", "/v1/tickets/1001", {"priority": "low"}),
    ("post", "/v1/tickets/1001/merge", {"into": 1002}),
    ("post", "/v1/tickets/1001/split", {"messages": [1]}),
    ("post", "/v1/tickets/1001/links", {"kind": "person", "id": "ana"}),
    ("delete", "/v1/tickets/1001/links/1", None),
    ("get", "/v1/canned-answers", None),
    ("put", "/v1/canned-answers/a/en", {"text": "x"}),
    ("delete", "/v1/canned-answers/a/en", None),
]


async def test_only_those_who_may_see_and_answer(desk: Desk) -> None:
    await asked(desk.maria, "Where is it?")
    auditor, shop = await desk.api.staff(Role.AUDITOR), await desk.api.staff(Role.SHOP)
    for who in (desk.maria, shop, desk.api.service()):
        replies = [await who.call(method.upper(), path, json=body) for method, path, body in ROUTES]
        assert {reply.code for reply in replies} == {"permission_missing"}
    acts = [one for one in ROUTES if one[0] != "get"]
    assert {(await auditor.call(m.upper(), path, json=body)).code for m, path, body in acts} == {"permission_missing"}
    assert (await auditor.get("/v1/tickets/1001")).status == 200
    own = ("/v1/me/tickets", "/v1/me/draft", "/v1/me/desk")
    assert {(await desk.sam.get(path)).code for path in own} == {"permission_missing"}
    assert {(await desk.api.chat(99).get(path)).code for path in own} == {"chat_not_linked"}


async def test_an_answer_that_did_not_come_in_time_is_called_late_to_her(desk: Desk, clock: StillClock) -> None:
    number = await asked(desk.maria, "Where is it?")
    assert (await desk.maria.get(f"/v1/me/tickets/{number}")).body["late"] is False
    clock.advance(timedelta(days=7))
    assert (await desk.maria.get(f"/v1/me/tickets/{number}")).body["late"] is True
    await answered(desk, number)
    assert (await desk.maria.get(f"/v1/me/tickets/{number}")).body["late"] is False
