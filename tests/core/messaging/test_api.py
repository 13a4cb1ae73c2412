"""The message room over HTTP, by the client that bot and worker use."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from core.client import CoreClient
from core.messaging import service
from core.messaging.model import ChatState, Exchange, LeaseWish, SentStep, StoredFile
from tests.core.messaging.desk import BOT, update
from tests.support.api import Api
from tests.support.clock import StillClock


@pytest.fixture
async def core(api: Api) -> AsyncIterator[CoreClient]:
    async with api.core() as core:
        yield core


async def test_an_update_goes_through_the_inbox(core: CoreClient) -> None:
    claims = await core.exchange(Exchange(bot=BOT, holder="a", updates=(update(1),)))
    assert [claimed.body for claimed in claims.updates] == [{"update_id": 1}]
    step = SentStep(update_id=1, step="1", chat_id=1, message_id=50, shown="x")
    file = StoredFile(key="gauges:1:es:ab/cd", file_id="AgAC")
    rest = await core.exchange(Exchange(bot=BOT, holder="a", done=(1,), sent=(step,), files=(file,)))
    assert rest.updates == ()
    assert (await core.shown(BOT, 1, 50)).shown == "x"
    assert (await core.file_id(BOT, "gauges:1:es:ab/cd")).file_id == "AgAC"
    await core.tidy_inbox()
    await core.tidy_links()


async def test_state_and_leases(core: CoreClient) -> None:
    await core.keep_chat_state(-5, ChatState(state={"language": "es"}))
    assert (await core.chat_state(-5)).state == {"language": "es"}
    assert (await core.lease("poller.7", LeaseWish(holder="a"))).held
    assert not (await core.lease("poller.7", LeaseWish(holder="b"))).held


async def test_an_idempotency_key_is_free_again_after_more_than_a_week(api: Api, clock: StillClock) -> None:
    async def keep(state: str) -> int:
        headers = {"Idempotency-Key": "a-key"}
        return (await api.service().put("/v1/chats/5/state", {"state": {"s": state}}, headers=headers)).status

    assert [await keep("a"), await keep("b")] == [204, 422]
    clock.advance(service.KEPT + timedelta(seconds=1))
    await api.service().post("/v1/inbox/tidy")
    assert await keep("b") == 204


@pytest.mark.parametrize("number", [2**63, -(2**63)])
async def test_a_number_that_no_column_holds_is_refused_in_words(api: Api, number: int) -> None:
    wish = {"bot": BOT, "holder": "a", "done": [number]}
    assert (await api.service().post("/v1/inbox", wish)).status == 422


async def test_what_cannot_be_stored_is_refused_in_words(api: Api) -> None:
    body = {"update_id": 1, "n": 2**70}
    wish = {"bot": BOT, "holder": "a", "updates": [{"update_id": 1, "chat_id": 1, "body": body}]}
    assert (await api.service().post("/v1/inbox", wish)).status == 422


async def test_letters_that_only_look_like_the_character_nul_are_kept(api: Api) -> None:
    body = {"update_id": 1, "text": "\\u0000"}
    wish = {"bot": BOT, "holder": "a", "updates": [{"update_id": 1, "chat_id": 1, "body": body}]}
    reply = await api.service().post("/v1/inbox", wish)
    assert [claimed["body"] for claimed in reply.body["updates"]] == [body]


async def test_only_services_read_and_write_messages(api: Api) -> None:
    wish = {"bot": BOT, "holder": "a"}
    assert (await api.chat(5).post("/v1/inbox", wish)).status == 403
    assert (await api.stranger().post("/v1/inbox", wish)).status == 401
