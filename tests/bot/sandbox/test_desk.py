"""The demo's staff group is set up by its members' own acts, once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.sandbox import desk
from bot.sandbox.desk import COLLEAGUES, GROUP, NoDesk, prepare_desk
from tests.support.sandbox import Sandbox


@asynccontextmanager
async def answering(sandbox: Sandbox) -> AsyncIterator[list[tuple[int, str]]]:
    """A bot that answers everything; what it was told, by chat."""
    heard: list[tuple[int, str]] = []

    async def answer() -> None:
        offset = 0
        while True:
            for update in await sandbox.result("getUpdates", offset=offset, timeout=5):
                offset = update["update_id"] + 1
                if message := update.get("message"):
                    heard.append((message["chat"]["id"], message["text"]))
                    await sandbox.result("sendMessage", chat_id=message["chat"]["id"], text="Welcome")

    bot = asyncio.create_task(answer())
    yield heard
    bot.cancel()
    with suppress(asyncio.CancelledError):
        await bot


async def link_of(name: str) -> str:
    return f"m_{name}"


async def test_both_open_their_links_and_the_first_registers_the_group(sandbox: Sandbox) -> None:
    async with answering(sandbox) as heard:
        await prepare_desk(sandbox.base, link_of)
        await prepare_desk(sandbox.base, link_of)  # the demo is started again
    noor, marta = COLLEAGUES
    assert heard == [(noor.id, "/start m_Noor"), (marta.id, "/start m_Marta"), (GROUP, "/desk")]
    shown = await sandbox.look(f"chats/{GROUP}")
    assert [one["note"] for one in shown["members"]] == ["Support", "Commissions"]
    assert shown["chat"]["is_forum"] is True


async def test_without_a_link_or_an_answer_there_is_no_group(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(_name: str) -> str:
        return ""

    with pytest.raises(NoDesk, match="no link for Noor"):
        await prepare_desk(sandbox.base, nobody)
    monkeypatch.setattr(desk, "ANSWER_SECONDS_MAX", 0.1)
    with pytest.raises(NoDesk, match="did not answer"):
        await prepare_desk(sandbox.base, link_of)
    assert await sandbox.look("groups") == []
