"""Messages over HTTP: by the client that the worker uses, and as staff see them."""

from collections.abc import AsyncIterator

import pytest

from core.access.model import Role
from core.attachments import service as attachments
from core.client import CoreClient
from core.db.database import Database
from core.kernel.errors import Refused
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.messaging.model import Delivered, NotDelivered, OutgoingClaim, Sending, Unsure
from tests.core.outreach.desk import Desk
from tests.support.api import Api

CHAT = 500
CLAIM = OutgoingClaim(holder="w")


@pytest.fixture
async def core(api: Api) -> AsyncIterator[CoreClient]:
    async with api.core() as core:
        yield core


async def put(database: Database, *kinds: str) -> PersonId:
    """Ana with a chat, and messages to her."""
    async with database.begin() as uow:
        desk = Desk(uow)
        ana = await desk.person("ana", CHAT)
        for number, kind in enumerate(kinds):
            await outbox.put(uow, f"{number}", kind, ana, {"amount": "12.00"}, occasion=f"cause:{number}")
        await uow.commit()
    return ana


async def test_a_message_goes_through_the_outbox(core: CoreClient, api: Api) -> None:
    await put(api.database, "payout.made")
    [message] = (await core.claim_outgoing(CLAIM)).messages
    await core.sending(message.id, Sending(holder="w"))
    await core.delivered(message.id, Delivered(holder="w", message_id=9))
    with pytest.raises(Refused, match="message_unknown"):
        await core.delivered(message.id, Delivered(holder="w", message_id=9))
    seen = (await api.stranger().get("/metrics")).body.decode()
    assert 'upline_messages_total{kind="payout.made",outcome="sent"}' in seen
    assert "upline_messages_oldest_waiting_seconds 0.0" in seen
    assert "upline_messages_sent_per_second" in seen


async def test_a_message_that_did_not_go_is_reported_too(core: CoreClient, api: Api) -> None:
    ana = await put(api.database, "points.earned", "payout.made")
    [message] = (await core.claim_outgoing(CLAIM)).messages
    await core.not_delivered(message.id, NotDelivered(holder="w", reason="no", permanent=True))
    async with api.database.begin() as uow:  # her chat's next turn
        await uow.connection.exec_driver_sql("DELETE FROM chat_pace")
        await uow.commit()
    [message] = (await core.claim_outgoing(CLAIM)).messages
    await core.unsure(message.id, Unsure(holder="w", reason="connection lost"))
    async with api.database.read() as questions:
        states = [(one.kind, one.state.value) for one in await outbox.history(questions, ana, None, 10)]
    assert states == [("payout.made", "failed"), ("points.earned", "unsure")]


async def test_a_file_is_given_to_whoever_holds_its_message_and_after_a_kill_to_the_next(
    core: CoreClient, api: Api
) -> None:
    async with api.database.begin() as uow:
        ana = await Desk(uow).person("ana", CHAT)
        kept = await attachments.keep(uow, "staff:1", "invoice.pdf", b"%PDF-1.7 all of it")
        await outbox.put(uow, "f", "ticket.file", ana, {"file": kept.id}, subject="ticket:7")
        await uow.commit()
    [message] = (await core.claim_outgoing(CLAIM)).messages
    await core.sending(message.id, Sending(holder="w", lease_s=180))
    assert await core.outgoing_file(message.id, "w") == b"%PDF-1.7 all of it"
    with pytest.raises(Refused, match="message_unknown"):
        await core.outgoing_file(message.id, "another")
    async with api.database.begin() as uow:  # "w" was killed, and its lease ended
        await uow.connection.exec_driver_sql("UPDATE outbox SET lease_until = 1")
        await uow.connection.exec_driver_sql("DELETE FROM chat_pace")
        await uow.commit()
    [again] = (await core.claim_outgoing(OutgoingClaim(holder="another"))).messages
    assert (again.id, again.attempt) == (message.id, 2)
    with pytest.raises(Refused, match="message_unknown"):
        await core.delivered(message.id, Delivered(holder="w", message_id=9))
    assert await core.outgoing_file(message.id, "another") == b"%PDF-1.7 all of it"
    await core.delivered(message.id, Delivered(holder="another", message_id=10))
    assert (await core.shown(1, CHAT, 10)).about == "ticket:7"


async def test_only_services_deliver_and_only_staff_see_what_others_got(api: Api) -> None:
    await put(api.database)
    assert (await api.chat(CHAT).post("/v1/outreach/claim", {"holder": "w"})).status == 403
    assert (await api.stranger().post("/v1/outreach/claim", {"holder": "w"})).status == 401
    assert (await api.chat(CHAT).get("/v1/people/ana/messages")).status == 403
    assert (await (await api.staff(Role.SHOP)).get("/v1/people/ana/messages")).status == 403


async def test_staff_see_what_she_got_and_why_page_by_page(api: Api) -> None:
    await put(api.database, "month_end", "run.released", "payout.made")
    support, treasury = await api.staff(Role.SUPPORT), await api.staff(Role.ADMINISTRATOR)
    page = (await support.get("/v1/people/ana/messages?limit=2")).body
    assert [(one["kind"], one["occasion"], one["facts"]) for one in page["items"]] == [
        ("payout.made", "cause:2", {}),
        ("run.released", "cause:1", {}),
    ]
    rest = (await support.get(f"/v1/people/ana/messages?limit=2&cursor={page['next']}")).body
    assert [(one["kind"], one["state"], one["facts"]) for one in rest["items"]] == [
        ("month_end", "waiting", {"amount": "12.00"})
    ]
    assert rest["next"] is None
    all_facts = (await treasury.get("/v1/people/ana/messages")).body["items"]
    assert [one["facts"] for one in all_facts] == [{"amount": "12.00"}] * 3
    assert (await support.get("/v1/people/nobody/messages")).code == "person_unknown"


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_words_of_tickets_are_for_whom_may_see_tickets(api: Api) -> None:
    await put(api.database, "ticket.answered")
    told = {}
    for role in (Role.MARKETING, Role.SUPPORT):
        [one] = (await (await api.staff(role)).get("/v1/people/ana/messages")).body["items"]
        told[role] = one["facts"]
    assert told == {Role.MARKETING: {}, Role.SUPPORT: {"amount": "12.00"}}
