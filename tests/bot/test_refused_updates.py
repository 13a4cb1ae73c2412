"""An update that core refuses is set aside loudly; it holds up nothing and nobody else."""

import io
import logging
from collections.abc import AsyncIterator, Iterator

import orjson
import pytest
import structlog

from bot.sifting import CONTROL
from core.kernel.errors import CoreAway
from core.kernel.logs import configure, logger
from core.messaging.model import Incoming
from tests.support.chatting import CHAT, Chatting, chatting
from tests.support.core_stand_in import refused
from tests.support.story import maria


@pytest.fixture
async def chat() -> AsyncIterator[Chatting]:
    async with chatting(maria()) as one:
        yield one


@pytest.fixture
def log() -> Iterator[io.BytesIO]:
    """What is logged from now on."""
    written = io.BytesIO()
    structlog.configure(logger_factory=structlog.BytesLoggerFactory(written))
    logger.cache_clear()
    yield written
    configure("test", level=logging.ERROR)


async def test_one_that_core_refuses_is_set_aside_and_all_others_are_answered(chat: Chatting, log: io.BytesIO) -> None:
    await chat.says("/start")
    chat.core.hold = True
    first = max(chat.core.updates)
    chat.core.poison = {first + 1}
    for text in ("secret words", "/team"):
        await chat.sandbox.act(f"chats/{CHAT}/text", text=text)
    chat.core.hold = False
    assert "people on your team" in (await chat.newest())["text"]
    assert first + 1 not in chat.core.updates
    lines = [orjson.loads(line) for line in log.getvalue().splitlines()]
    [line] = [line for line in lines if line["event"] == "set_aside"]
    assert (line["what"], line["update_id"], line["code"], line["level"]) == (
        "update",
        first + 1,
        "request_invalid",
        "error",
    )
    assert b"secret words" not in log.getvalue()


async def test_where_core_refuses_everything_no_update_is_to_blame_and_none_is_lost(chat: Chatting) -> None:
    await chat.says("/start")
    chat.core.refusing["/v1/inbox"] = refused("permission_missing", status=403)
    talk = chat.parts.services.talk
    with pytest.raises(CoreAway):
        await talk.store([Incoming(update_id=10**6, chat_id=CHAT, body={"update_id": 10**6})])
    await chat.sandbox.act(f"chats/{CHAT}/text", text="/team")
    del chat.core.refusing["/v1/inbox"]
    assert "people on your team" in (await chat.newest())["text"]
    assert CONTROL.update_id not in chat.core.updates
