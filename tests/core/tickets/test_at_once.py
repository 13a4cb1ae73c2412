"""Several at once on one ticket or draft: each act happens once, and whoever comes second sees the first."""

import asyncio

from tests.core.tickets.desks import Desk, asked


async def test_two_of_staff_at_once_both_see_what_the_other_did(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is it?")
    version = (await desk.sam.get(f"/v1/tickets/{number}")).body["ticket"]["version"]
    wish = {"assignee": "me", "version": version}
    both = await asyncio.gather(*(who.patch(f"/v1/tickets/{number}", wish) for who in (desk.sam, desk.cora)))
    assert sorted(reply.status for reply in both) == [200, 409]
    [refused] = [reply for reply in both if reply.status == 409]
    assert (refused.code, refused.body["facts"]["version"]) == ("ticket_changed", version + 1)

    answers = [who.post(f"/v1/tickets/{number}/answers", {"text": "x"}) for who in (desk.sam, desk.cora)]
    assert [reply.status for reply in await asyncio.gather(*answers)] == [201, 201]
    seen = (await desk.sam.get(f"/v1/tickets/{number}")).body
    assert [change["what"] for change in seen["history"]].count("answered") == 2
    assert seen["ticket"]["version"] == version + 3


async def test_one_draft_and_one_ticket_whoever_comes_second(desk: Desk) -> None:
    parts = [desk.maria.post("/v1/me/draft", {"part": part, "text": part}) for part in ("a", "b", "a")]
    replies = await asyncio.gather(*parts)
    assert {reply.body["id"] for reply in replies} == {replies[0].body["id"]}
    draft = (await desk.maria.get("/v1/me/draft")).body
    assert sorted(draft["words"]) == ["a", "b"]
    sent = await asyncio.gather(*(desk.maria.post("/v1/me/draft/send", {"draft": draft["id"]}) for _ in range(3)))
    assert {reply.body["number"] for reply in sent} == {1001}
    assert len((await desk.maria.get("/v1/me/tickets")).body["items"]) == 1


async def test_two_tickets_merged_crosswise_at_once_become_one(desk: Desk) -> None:
    one, other = await asked(desk.maria, "One"), await asked(desk.maria, "Other")
    crosswise = [
        desk.sam.post(f"/v1/tickets/{one}/merge", {"into": other}),
        desk.cora.post(f"/v1/tickets/{other}/merge", {"into": one}),
    ]
    assert sorted(reply.status for reply in await asyncio.gather(*crosswise)) == [200, 409]
    rows = [(await desk.sam.get(f"/v1/tickets/{number}")).body for number in (one, other)]
    assert sorted(len(row["messages"]) for row in rows) == [0, 2]


async def test_her_word_and_the_answer_at_once_are_both_kept(desk: Desk) -> None:
    number = await asked(desk.maria, "One")
    replies = await asyncio.gather(
        desk.maria.post(f"/v1/me/tickets/{number}/messages", {"text": "more"}),
        desk.sam.post(f"/v1/tickets/{number}/answers", {"text": "An answer", "solve": True}),
        desk.maria.post(f"/v1/me/tickets/{number}/close"),
        desk.cora.patch(f"/v1/tickets/{number}", {"priority": "urgent"}),
    )
    assert all(reply.status in (200, 201) or reply.code == "ticket_closed" for reply in replies)
    seen = (await desk.sam.get(f"/v1/tickets/{number}")).body
    kept = {message["text"] for message in seen["messages"]}
    assert {"One", "more"} <= kept
    assert seen["ticket"]["priority"] == "urgent"
