"""What she writes before she confirms it: kept exactly, evidence only where it is one thing, nothing twice."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from core.tickets.rules.evidence import one_by_name
from core.tickets.store.rows import TICKETS
from core.tickets.store.tickets import numbers
from tests.core.tickets.desks import Desk, asked, file_of
from tests.support.clock import StillClock


@pytest.fixture
def dialect() -> str:
    """One kind of database: rows are written alike on both, as `test_story` and `test_machine` show."""
    return "sqlite"


async def part(desk: Desk, key: str, text: str = "", **more: Any) -> Any:
    reply = await desk.maria.post("/v1/me/draft", {"part": key, "text": text, **more})
    assert reply.status == 200, reply.body
    return reply.body


WORDS = [
    "x" * 4096 + "\n" + "y" * 5000,
    "\u202eمرحبا، طلبي لم يصل\u202c",
    "<b>*_`[]&amp;</b> \\u0000 %s {name}",
    " leading and trailing \r\n\t",
    "😡",
    "👨\u200d👩\u200d👧 e\u0301",
]


async def test_her_words_come_back_exactly(desk: Desk) -> None:
    number = await asked(desk.maria, *WORDS)
    hers = (await desk.maria.get(f"/v1/me/tickets/{number}")).body
    ours = (await desk.sam.get(f"/v1/tickets/{number}")).body
    for shown in (hers, ours):
        assert [message["text"] for message in shown["messages"]] == WORDS
    assert hers["ticket"]["subject"] == "x" * 200


async def test_what_no_database_stores_is_refused(desk: Desk) -> None:
    assert (await desk.maria.post("/v1/me/draft", {"part": "1", "text": "a\x00b"})).code == "request_invalid"
    too_long = await desk.maria.post("/v1/me/draft", {"part": "1", "text": "x" * 20_001})
    assert (too_long.code, too_long.body["facts"]) == ("ticket_text_too_long", {"length": 20_001, "most": 20_000})


async def test_the_same_part_twice_is_one_part_also_when_it_was_sent(desk: Desk) -> None:
    first = await part(desk, "u1", "one", type="commissions")
    assert await part(desk, "u1", "another text") == first
    await desk.maria.post("/v1/me/draft/send", {"draft": first["id"]})
    again = await desk.maria.post("/v1/me/draft", {"part": "u1", "text": "one"})
    assert again.code == "draft_gone"
    assert (await desk.maria.get("/v1/me/draft")).body is None
    assert len((await desk.maria.get("/v1/me/tickets")).body["items"]) == 1


NAMES = [("1", "Ana López", "ana"), ("2", "Ana Ruiz", "ruiz"), ("3", "Ana", "alone"), ("4", "Mariana Gil", "mariana")]


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [("ana lopez", "ana"), ("LÓPEZ", "ana"), ("Ana", "alone"), ("ana r", None), ("ruiz ana", "ruiz"), ("4", "mariana"),
     ("maria", None), ("!", None), ("", None)],
)  # fmt: skip
def test_a_name_means_one_person_or_nobody(wanted: str, meant: str | None) -> None:
    assert one_by_name(wanted, NAMES) == meant


async def test_evidence_that_she_dropped_does_not_come_back(desk: Desk) -> None:
    draft = await part(desk, "1", "Ana", wanted={"person": "ana"})
    change = {"draft": draft["id"], "drop_link": draft["links"][0]["ref"]}
    for _ in range(2):
        assert (await desk.maria.patch("/v1/me/draft", change)).body["links"] == []
    assert (await part(desk, "2", "Ana again", wanted={"person": "ana"}))["links"] == []
    number = (await desk.maria.post("/v1/me/draft/send", {"draft": draft["id"]})).body["number"]
    assert (await desk.maria.get(f"/v1/me/tickets/{number}")).body["ticket"]["links"] == []


async def test_parts_are_dropped_from_the_end_or_up_to_it(desk: Desk) -> None:
    for key in "123":
        draft = await part(desk, key, f"words {key}")
    for _ in range(2):
        less = (await desk.maria.patch("/v1/me/draft", {"draft": draft["id"], "drop_last": True, "parts": 3})).body
        assert less["words"] == ["words 1", "words 2"]
    last = (await desk.maria.patch("/v1/me/draft", {"draft": draft["id"], "only_last": True})).body
    assert last["words"] == ["words 2"]
    assert (await part(desk, "3", "words 3"))["words"] == ["words 2"]


async def test_what_dropped_words_named_goes_with_them(desk: Desk) -> None:
    named = {"person": "ana", "cycle": "2026-10"}
    await part(desk, "1", "this morning", type="network", wanted=named)
    draft = await part(desk, "2", "now", type="commissions", wanted={"person": "ana"})
    assert (draft["type"], len(draft["links"])) == ("network", 2)
    kept = (await desk.maria.patch("/v1/me/draft", {"draft": draft["id"], "only_last": True})).body
    assert (kept["words"], kept["type"], [link["id"] for link in kept["links"]]) == (["now"], "commissions", ["ana"])


async def test_a_type_is_proposed_once_and_chosen_ever_after(desk: Desk) -> None:
    draft = await part(desk, "1", "words", type="nothing of ours")
    assert draft["type"] is None
    assert (await part(desk, "2", type="network"))["type"] == "network"
    chosen = await desk.maria.patch("/v1/me/draft", {"draft": draft["id"], "type": "commissions"})
    assert chosen.body["type"] == "commissions"
    assert (await part(desk, "3", type="network"))["type"] == "commissions"
    unknown = await desk.maria.patch("/v1/me/draft", {"draft": draft["id"], "type": "none"})
    assert (unknown.status, unknown.code) == (422, "ticket_type_unknown")


async def test_a_draft_needs_words_and_an_addition_words_or_files(desk: Desk) -> None:
    draft = await part(desk, "1", attachments=[await file_of(desk.maria)])
    assert (await desk.maria.post("/v1/me/draft/send", {"draft": draft["id"]})).code == "draft_empty"
    await part(desk, "2", "  \n ")
    assert (await desk.maria.post("/v1/me/draft/send", {"draft": draft["id"]})).code == "draft_empty"
    await part(desk, "3", "🙏")
    number = (await desk.maria.post("/v1/me/draft/send", {"draft": draft["id"]})).body["number"]
    more = await part(desk, "4", attachments=[await file_of(desk.maria, "b.png")], ticket=number)
    assert (await desk.maria.post("/v1/me/draft/send", {"draft": more["id"]})).body["number"] == number
    messages = (await desk.maria.get(f"/v1/me/tickets/{number}")).body["messages"]
    assert [len(message["attachments"]) for message in messages] == [1, 0, 1]


async def test_a_draft_lies_for_a_day_and_its_files_go_with_it(desk: Desk, clock: StillClock) -> None:
    photo = await file_of(desk.maria)
    draft = await part(desk, "1", "one", attachments=[photo])
    clock.advance(timedelta(hours=25))
    assert (await desk.maria.get("/v1/me/draft")).body is None
    assert (await desk.maria.post("/v1/me/draft/send", {"draft": draft["id"]})).code == "draft_gone"
    assert (await part(desk, "2", "two"))["words"] == ["two"]
    gone = await desk.maria.post("/v1/me/draft", {"part": "3", "attachments": [photo]})
    assert (gone.status, gone.code) == (404, "attachment_unknown")


async def test_a_draft_is_hers_alone_and_its_files_too(desk: Desk) -> None:
    number = await asked(desk.maria, "mine")
    draft, photo = await part(desk, "1", "one"), await file_of(desk.maria)
    forged = [
        await desk.otto.post("/v1/me/draft/send", {"draft": draft["id"]}),
        await desk.otto.patch("/v1/me/draft", {"draft": draft["id"], "type": "network"}),
        await desk.otto.post("/v1/me/draft", {"part": "x", "text": "x", "attachments": [photo]}),
        await desk.otto.post("/v1/me/draft", {"part": "x", "text": "x", "ticket": number}),
    ]
    assert [reply.code for reply in forged] == ["draft_gone", "draft_gone", "attachment_unknown", "ticket_unknown"]
    assert (await desk.maria.get("/v1/me/draft")).body == draft
    assert (await desk.otto.get("/v1/me/draft")).body is None


async def test_nobody_has_more_open_tickets_than_the_company_lets(desk: Desk) -> None:
    await asked(desk.maria, "The first")
    async with desk.api.database.begin() as uow:
        [first] = (await uow.connection.execute(select(TICKETS))).mappings().all()
        copies = [{**first, "number": await numbers(uow, 1)} for _ in range(29)]
        await uow.connection.execute(insert(TICKETS), copies)
        await uow.commit()
    draft = await part(desk, "one more", "one more")
    refused = await desk.maria.post("/v1/me/draft/send", {"draft": draft["id"]})
    assert (refused.code, refused.body["facts"]) == ("too_many_open_tickets", {"most": 30})
    await desk.maria.post("/v1/me/tickets/1001/close")
    assert (await desk.maria.post("/v1/me/draft/send", {"draft": draft["id"]})).body["number"] == 1031
