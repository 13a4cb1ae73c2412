"""A ticket from her first word to her last, over HTTP and on both databases."""

from datetime import timedelta

from sqlalchemy import select
from sqlmodel import SQLModel

from core.db.database import Database
from core.messaging.tables import OutboxRow
from tests.core.tickets.desks import Desk, asked, file_of
from tests.support.clock import StillClock

OUTBOX = SQLModel.metadata.tables[str(OutboxRow.__tablename__)]


async def told(database: Database) -> list[tuple[str, str, str | None]]:
    """Kind, state of the ticket or first words, and state of all that waits for people."""
    async with database.read() as questions:
        rows = (await questions.connection.execute(select(OUTBOX).order_by(OUTBOX.c.id))).mappings().all()
    return [(row["kind"], row["facts"].get("state") or row["facts"].get("text") or "", row["state"]) for row in rows]


async def test_a_ticket_goes_from_words_to_stars(desk: Desk, clock: StillClock) -> None:
    photo = await file_of(desk.maria)
    first = await desk.maria.post(
        "/v1/me/draft",
        {"part": "1", "text": "Ana's order is missing\nSince Tuesday.", "attachments": [photo], "type": "commissions",
         "wanted": {"person": "ana", "cycle": "2026-09", "order": "none"}},
    )  # fmt: skip
    assert first.status == 200, first.body
    assert [(link["kind"], link["id"]) for link in first.body["links"]] == [("cycle", "2026-09"), ("person", "ana")]
    second = (await desk.maria.post("/v1/me/draft", {"part": "2", "text": "<b>Please</b> look"})).body
    assert second["words"] == ["Ana's order is missing\nSince Tuesday.", "<b>Please</b> look"]
    sent = await desk.maria.post("/v1/me/draft/send", {"draft": second["id"]})
    assert sent.status == 200, sent.body
    number = sent.body["number"]
    assert (number, sent.body["subject"], sent.body["phase"]) == (1001, "Ana's order is missing", "new")
    assert (await desk.maria.post("/v1/me/draft/send", {"draft": second["id"]})).body["number"] == number
    assert (await desk.maria.get("/v1/me/draft")).body is None

    staff = (await desk.sam.get(f"/v1/tickets/{number}")).body
    assert [message["text"] for message in staff["messages"]] == second["words"]
    assert staff["figures_hidden"] and [link["id"] for link in staff["ticket"]["links"]] == ["", "ana"]
    assert (await desk.sam.get(f"/v1/tickets/{number}/attachments/{photo}")).status == 200

    taken = await desk.sam.patch(f"/v1/tickets/{number}", {"assignee": "me"})
    assert (taken.status, taken.body["ticket"]["phase"], taken.body["ticket"]["assignee"]) == (
        200,
        "open",
        "test support",
    )
    answer = await desk.sam.post(f"/v1/tickets/{number}/answers", {"text": "Found it.", "solve": True})
    assert answer.status == 201, answer.body
    assert answer.body["person_name"] == "maria Doe"
    assert (await desk.maria.get(f"/v1/me/tickets/{number}")).body["messages"][-1]["text"] == "<b>Please</b> look"
    clock.advance(timedelta(seconds=11))
    hers = (await desk.maria.get(f"/v1/me/tickets/{number}")).body
    assert (hers["messages"][-1]["text"], hers["ticket"]["phase"], hers["acts"]) == (
        "Found it.", "solved", ["add", "close", "reopen", "rate"],
    )  # fmt: skip
    again = await desk.maria.post(f"/v1/me/tickets/{number}/reopen", {"text": "Not all of it"})
    assert (again.status, again.body["ticket"]["phase"]) == (200, "reopened")
    await desk.sam.post(f"/v1/tickets/{number}/answers", {"text": "Now all.", "solve": True})
    rated = await desk.maria.post(f"/v1/me/tickets/{number}/rating", {"stars": 5, "text": "👍"})
    assert (rated.body["ticket"]["phase"], rated.body["ticket"]["rating"]) == ("closed", 5)
    assert await told(desk.api.database) == [
        ("ticket.updated", "taken", "waiting"),
        ("ticket.answered", "Found it.", "waiting"),
        ("ticket.updated", "solved", "waiting"),
        ("ticket.answered", "Now all.", "waiting"),
        ("ticket.updated", "solved", "waiting"),
    ]
    whole = (await desk.cora.get(f"/v1/tickets/{number}")).body
    assert [change["what"] for change in whole["history"] if change["what"] in ("opened", "state", "rated")] == [
        "opened", "state", "state", "state", "state", "rated", "state",
    ]  # fmt: skip
    assert await asked(desk.otto, "another") == 1002
