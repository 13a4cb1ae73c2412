"""What the caller wants to hear, over HTTP and by the client."""

from datetime import date

import pytest

from core.access.model import Link
from core.access.store import add_link
from core.genealogy.service.enrolment import enrol
from core.kernel.errors import Refused
from core.messaging import outbox
from core.messaging.kinds import Topic
from core.messaging.model import Delivered, OutgoingClaim
from core.people.model import NewPerson
from core.plan import service as plans
from core.plan.reading import example
from core.preferences import service
from core.preferences.model import Level, PreferenceWish, QuietHours
from tests.support.api import Api

CHAT = 77
ANA = NewPerson(code="ana", sponsor=None, name="Ana", joined_on=date(2026, 1, 1), country="ES", language="es")


@pytest.fixture
async def token(api: Api) -> str:
    """Ana with a chat, a message and a link in an e-mail; the link's token."""
    async with api.database.begin() as uow:
        await plans.activate(uow, example("demo"))
        ana = await enrol(uow, ANA)
        await add_link(uow, Link(person=ana, chat=CHAT, linked_at=uow.now))
        await outbox.put(uow, "one", "points.received", ana, {})
        token = await service.unsubscribe_token(uow, ana, Topic.TICKETS)
        await uow.commit()
    return token


async def test_she_says_what_she_wants_by_her_chat_alone(api: Api, token: str) -> None:
    async with api.core() as core:
        me = core.for_chat(CHAT)
        assert (await me.preferences()).levels[Topic.POINTS] is Level.ALL
        wish = PreferenceWish(quiet=QuietHours(begins=0, ends=0), levels={Topic.ORDERS: Level.LESS})
        hers = await me.change_preferences(wish)
        assert hers.quiet.never and hers.levels[Topic.ORDERS] is Level.LESS
        with pytest.raises(Refused, match="setting_invalid"):
            await me.change_preferences(PreferenceWish(time_zone="Mars/Base"))
        with pytest.raises(Refused, match="chat_not_linked"):
            await core.for_chat(CHAT + 1).preferences()


async def test_she_taps_under_a_message_of_hers(api: Api, token: str) -> None:
    async with api.core() as core:
        [message] = (await core.claim_outgoing(OutgoingClaim(holder="w"))).messages
        me = core.for_chat(CHAT)
        with pytest.raises(Refused, match="message_unknown"):
            await me.less_of(message.id)
        await core.delivered(message.id, Delivered(holder="w", message_id=9))
        await me.tapped(message.id)
        await me.tapped(message.id + 1)
        assert (await me.less_of(message.id)).level is Level.LESS
        assert (await me.mute(message.id)).topics == (Topic.POINTS,)
        assert (await me.undo(message.id)).level is None
    async with api.database.read() as questions:
        found = await questions.connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE tapped_at IS NOT NULL")
        assert found.scalar_one() == 1


async def test_the_link_in_an_e_mail_needs_no_login(api: Api, token: str) -> None:
    one_click = {"data": {"List-Unsubscribe": "One-Click"}}
    link = f"/v1/unsubscribe/{token}"
    looked = await api.stranger().get(link)
    assert looked.status == 200 and 'lang="es"' in looked.body.decode() and 'method="post"' in looked.body.decode()
    async with api.core() as core:
        assert (await core.for_chat(CHAT).preferences()).levels[Topic.TICKETS] is Level.ALL
    for _ in range(2):
        done = await api.stranger().post(link, **one_click)
        assert done.status == 200 and "<form" not in done.body.decode()
    unknown = await api.stranger().post("/v1/unsubscribe/nobody")
    assert (unknown.status, unknown.code) == (404, "unsubscribe_token_unknown")
    async with api.core() as core:
        assert (await core.for_chat(CHAT).preferences()).levels[Topic.TICKETS] is Level.OFF
