"""Incidents over HTTP: whom they concern, who hears what once, and how they end."""

from typing import Any

import pytest

from core.access.model import Role
from core.messaging.model import Delivered, OutgoingClaim
from core.tickets.model import Phase
from i18n.translator import translator
from notifications.composing import compose
from tests.core.tickets.desks import Desk, asked
from tests.support.api import Asker

NEW = {"title": {"en": "Late parcels", "es": "Paquetes con retraso"}, "words": {"en": "We know.", "es": "Lo sabemos."}}
SOLVED = {"words": {"en": "They left."}, "root_cause": "The carrier's strike", "solve_tickets": True}


async def open_one(staff: Asker, **more: Any) -> dict[str, Any]:
    reply = await staff.post("/v1/incidents", NEW | more)
    assert reply.status == 201, reply.body
    found: dict[str, Any] = reply.body
    return found


async def work(desk: Desk) -> None:
    """A worker's tick."""
    reply = await desk.api.service().post("/v1/incident-work")
    assert (reply.status, reply.body["is_done"]) == (200, True)


async def heard(desk: Desk, message_id: int) -> list[tuple[int | None, str, int | None]]:
    """Deliver all that waits: to which chat, the first line, and what it edits."""
    told = []
    async with desk.api.core() as core:
        while found := (await core.claim_outgoing(OutgoingClaim(holder="w"))).messages:
            for one in found:
                text = compose(one, translator(one.language)).text.replace("\n\n", " | ")
                told.append((one.chat_id, text, one.edit))
                await core.delivered(one.id, Delivered(holder="w", message_id=message_id))
            async with desk.api.database.begin() as uow:  # the chats' next turns
                await uow.connection.exec_driver_sql("DELETE FROM chat_pace")
                await uow.commit()
    return sorted(told, key=lambda one: one[0] or 0)


async def test_everybody_of_a_line_hears_of_each_step_once_in_her_language(desk: Desk) -> None:
    number = (await open_one(desk.sam, concerned={"below": "maria"}))["number"]
    for _ in range(2):
        await work(desk)
    first = "Incident 1: We know about it and are working on it.\nLate parcels | We know."
    assert await heard(desk, 50) == [(1, f"🛠️ {first}", None)]
    seen = (await desk.cora.get(f"/v1/incidents/{number}")).body
    assert (seen["people"], seen["is_gathered"], seen["updates"][0]["told"]) == (2, True, 2)
    assert (await desk.sam.post(f"/v1/incidents/{number}/updates", {"words": {"en": "Soon."}})).body[
        "state"
    ] == "progress"
    await work(desk)
    assert await heard(desk, 50) == [(1, "🛠️ Incident 1: There is news.\nLate parcels | Soon.", 50)]
    assert (await desk.sam.post(f"/v1/incidents/{number}/solve", SOLVED)).body["state"] == "solved"
    await work(desk)
    assert await heard(desk, 51) == [(1, "🛠️ Incident 1: It's solved.\nLate parcels | They left.", None)]


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_only_whom_it_concerns_may_look(desk: Desk) -> None:
    number = (await open_one(desk.sam, concerned={"people": ["ana", "maria"]}))["number"]
    await work(desk)
    mine = (await desk.maria.get(f"/v1/me/incidents/{number}")).body
    assert (mine["title"]["es"], [one["words"]["en"] for one in mine["updates"]]) == (
        "Paquetes con retraso",
        ["We know."],
    )
    assert "root_cause" not in mine
    others, none = await desk.otto.get(f"/v1/me/incidents/{number}"), await desk.otto.get("/v1/me/incidents/99")
    assert [(one.status, one.code) for one in (others, none)] == [(404, "incident_unknown")] * 2


async def test_solving_solves_the_tickets_and_whose_they_are_hears_it_once(desk: Desk) -> None:
    early, late = await asked(desk.maria, "Where is it?"), await asked(desk.otto, "And mine?")
    number = (await open_one(desk.sam, tickets=[early]))["number"]
    await work(desk)
    assert (await desk.sam.post(f"/v1/incidents/{number}/tickets", {"ticket": late})).body["open_tickets"] == [
        early,
        late,
    ]
    assert (await desk.sam.post(f"/v1/incidents/{number}/tickets", {"ticket": late})).status == 200
    assert [chat for chat, text, _ in await heard(desk, 60) if "Incident" in text] == [1, 2]
    await desk.sam.post(f"/v1/incidents/{number}/solve", SOLVED)
    await work(desk)
    told = [text.partition("\n")[0] for _, text, _ in await heard(desk, 61)]
    assert sorted(told) == [
        *(f"🎫 Ticket {number}: It's solved." for number in (early, late)),
        *["🛠️ Incident 1: It's solved."] * 2,
    ]
    for asker, ticket in ((desk.maria, early), (desk.otto, late)):
        assert (await asker.get(f"/v1/me/tickets/{ticket}")).body["ticket"]["phase"] == Phase.SOLVED
    history = (await desk.sam.get(f"/v1/tickets/{early}")).body["history"]
    assert {one["by"] for one in history if one["what"] in ("incident", "state")} == {"test support"}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_ticket_may_be_taken_off_and_stay_open(desk: Desk) -> None:
    ticket = await asked(desk.maria, "Where is it?")
    number = (await open_one(desk.sam, tickets=[ticket]))["number"]
    assert (await desk.sam.delete(f"/v1/incidents/{number}/tickets/{ticket}")).status == 204
    assert (await desk.sam.delete(f"/v1/incidents/{number}/tickets/{ticket}")).code == "ticket_unknown"
    await desk.sam.post(f"/v1/incidents/{number}/solve", SOLVED)
    await work(desk)
    assert (await desk.maria.get(f"/v1/me/tickets/{ticket}")).body["ticket"]["phase"] == Phase.NEW


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_comes_back_is_counted_by_the_first_of_its_kind(desk: Desk) -> None:
    first = (await open_one(desk.sam))["number"]
    again = (await open_one(desk.sam, recurrence_of=first))["number"]
    third = await open_one(desk.sam, recurrence_of=again)
    assert (third["recurrence_of"], third["recurrences"]) == (first, 2)
    page = (await desk.cora.get("/v1/incidents?limit=2")).body
    assert [(one["number"], one["recurrences"]) for one in page["items"]] == [(third["number"], 2), (again, 2)]
    page = (await desk.cora.get(f"/v1/incidents?state=open&cursor={page['next']}")).body
    assert [one["number"] for one in page["items"]] == [first]


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_an_end_needs_its_cause_and_comes_once(desk: Desk) -> None:
    number = (await open_one(desk.sam))["number"]
    path = f"/v1/incidents/{number}"
    assert (await desk.sam.post(f"{path}/close")).code == "incident_unsolved"
    assert (await desk.sam.post(f"{path}/solve", SOLVED | {"root_cause": "  "})).code == "request_invalid"
    assert (await desk.sam.post(f"{path}/solve", SOLVED)).body["root_cause"] == "The carrier's strike"
    for act, body in (("solve", SOLVED), ("updates", {"words": {"en": "x"}}), ("tickets", {"ticket": 1})):
        assert (await desk.sam.post(f"{path}/{act}", body)).code == "incident_over"
    for _ in range(2):
        assert (await desk.sam.post(f"{path}/close")).body["state"] == "closed"


NOWHERE: list[tuple[dict[str, Any], str]] = [
    ({"type": "nothing"}, "ticket_type_unknown"),
    ({"concerned": {"below": "nobody"}}, "person_unknown"),
    ({"concerned": {"people": ["ana", "nobody"]}}, "incident_people_unknown"),
    ({"concerned": {"run": 7}}, "run_unknown"),
    ({"concerned": {"run": 7, "below": "ana"}}, "request_invalid"),
    ({"recurrence_of": 7}, "incident_unknown"),
    ({"tickets": [7]}, "ticket_unknown"),
    ({"words": {}}, "request_invalid"),
    ({"words": {"english": "x"}}, "request_invalid"),
    ({"title": {"en": "x" * 81}}, "request_invalid"),
]


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_points_nowhere_opens_nothing(desk: Desk) -> None:
    assert [(await desk.sam.post("/v1/incidents", NEW | given)).code for given, _ in NOWHERE] == [
        code for _, code in NOWHERE
    ]
    assert (await desk.sam.get("/v1/incidents")).body["items"] == []


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_only_who_may_leads_incidents(desk: Desk) -> None:
    shop = await desk.api.staff(Role.SHOP)
    for asker in (desk.maria, shop):
        assert (await asker.post("/v1/incidents", NEW)).status == 403
        assert (await asker.post("/v1/incident-work")).status == 403
    assert (await desk.api.stranger().get("/v1/incidents")).status == 401


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_our_own_client_leads_an_incident(desk: Desk) -> None:
    number = (await open_one(desk.sam, concerned={"people": ["maria"]}))["number"]
    async with desk.api.core() as core:
        assert (await core.work_incidents()).is_done
        assert (await core.for_chat(1).my_incident(number)).number == number
