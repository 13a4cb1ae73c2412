"""A group on the chat page: as whom one acts, its topics, answers, and files."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.support.page import page_of, pick, updates
from tests.support.sandbox import ANA, EMMA, Sandbox, picture

pytestmark = pytest.mark.asyncio(loop_scope="session")
FORUM = -1001234567890
CARD = {"inline_keyboard": [[{"text": "Open", "callback_data": "sd:o:1042"}]]}


async def desk(sandbox: Sandbox) -> int:
    """A forum with Ana and Emma, one topic and one card in it; the topic's thread."""
    await sandbox.started()
    await sandbox.started(EMMA)
    await sandbox.act("groups", id=FORUM, title="Desk", members=[ANA.id, EMMA.id], forum=True)
    thread: int = (await sandbox.result("createForumTopic", chat_id=FORUM, name="Español"))["message_thread_id"]
    await sandbox.result("sendMessage", chat_id=FORUM, message_thread_id=thread, text="1042", reply_markup=CARD)
    await sandbox.result("sendMessage", chat_id=FORUM, text="for all")
    return thread


async def newest(sandbox: Sandbox) -> Any:
    return (await updates(sandbox))[-1]


async def test_one_acts_in_a_group_as_each_of_its_members(browser: Browser, sandbox: Sandbox) -> None:
    await desk(sandbox)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, FORUM)
        await column.locator("select.acting").select_option(str(EMMA.id))
        await expect(column).to_have_attribute("lang", "en")
        await column.locator("textarea").fill("Good morning")
        await column.locator(".send").click()
        await expect(column.locator(".message.own .text")).to_have_text("Good morning")
        assert (await newest(sandbox))["message"]["from"]["id"] == EMMA.id
        await column.get_by_role("button", name="Open", exact=True).click()
        await expect(column.locator(".inline-button.waiting")).to_have_count(1)
        assert (await newest(sandbox))["callback_query"]["from"]["id"] == EMMA.id


async def test_an_answer_goes_to_its_card_and_words_to_the_chosen_topic(browser: Browser, sandbox: Sandbox) -> None:
    thread = await desk(sandbox)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, FORUM)
        card = column.locator("article", has_text="1042")
        await card.hover()
        await card.locator(".reply").click()
        await expect(column.locator(".answered .quote")).to_contain_text("1042")
        await column.locator("textarea").fill("Es viernes")
        await column.locator(".send").click()
        await expect(column.locator(".answered")).to_be_hidden()
        answer = (await newest(sandbox))["message"]
        assert (answer["reply_to_message"]["text"], answer["message_thread_id"]) == ("1042", thread)
        await column.get_by_role("tab", name="Español").click()
        await expect(column.locator("article", has_text="for all")).to_be_hidden()
        async with page.expect_file_chooser() as choosing:
            await column.locator(".composer [aria-haspopup=menu]").click()
            await column.get_by_role("menuitem").first.click()
        files = [{"name": f"{n}.png", "mimeType": "image/png", "buffer": picture(colour=n)} for n in ("red", "blue")]
        await (await choosing.value).set_files(files)  # type: ignore[arg-type]  # FilePayload is a plain dict
        await expect(column.locator(".message.own .photo")).to_have_count(2)
        first, second = [one["message"] for one in (await updates(sandbox))[-2:]]
        assert first["media_group_id"] == second["media_group_id"]
        assert first["message_thread_id"] == thread
