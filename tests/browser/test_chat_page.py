"""The chat page in a real browser: talking to the bot."""

import pytest
from playwright.async_api import Browser, expect

from tests.support.page import MENU, SHARE, page_of, pick, updates
from tests.support.sandbox import ANA, EMMA, STRANGER, Sandbox, picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_person_starts_writes_and_taps(browser: Browser, sandbox: Sandbox) -> None:
    async with page_of(browser, sandbox) as page:
        await expect(page.get_by_text("Choose somebody from the list")).to_be_visible()
        column = await pick(page, EMMA.id)
        await column.get_by_role("button", name="Start").click()
        await expect(column.locator(".message.own")).to_contain_text("/start")
        hello = "<b>Hello</b> &amp; welcome"
        greeting = await sandbox.result(
            "sendMessage", chat_id=EMMA.id, text=hello, parse_mode="HTML", reply_markup=MENU
        )
        await expect(column.locator(".message.bot strong")).to_have_text("Hello")
        await expect(column.locator(".ticks.read")).to_have_count(1)
        button = column.get_by_role("button", name="Gauges")
        await button.click()
        await expect(button).to_have_attribute("aria-busy", "true")
        query = (await updates(sandbox))[-1]["callback_query"]
        assert (query["data"], query["message"]["message_id"]) == ("gauges", greeting["message_id"])
        await sandbox.result("answerCallbackQuery", callback_query_id=query["id"], text="Here they are")
        await expect(column.locator(".toast")).to_have_text("Here they are")
        await sandbox.result("editMessageText", chat_id=EMMA.id, message_id=greeting["message_id"], text="Your gauges")
        await expect(column.locator(".message.bot")).to_contain_text("Your gauges")
        await expect(column.locator(".inline-button")).to_have_count(0)
        await expect(column.locator(".message.bot .meta")).to_contain_text("edited")
        await column.locator("textarea").fill("how close am I?")
        await column.locator("textarea").press("Enter")
        await expect(column.locator(".message.own").last).to_contain_text("how close am I?")
        assert (await updates(sandbox))[-1]["message"]["text"] == "how close am I?"
        assert (await sandbox.look("faults?all=1"))["by_rule"] == {}


async def test_alert_waits_to_be_closed(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    await sandbox.result("sendMessage", chat_id=chat, text="Sure?", reply_markup=MENU)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        await column.get_by_role("button", name="Leave").click()
        query = (await updates(sandbox))[-1]["callback_query"]
        await sandbox.result("answerCallbackQuery", callback_query_id=query["id"], text="Not allowed", show_alert=True)
        dialog = page.get_by_role("dialog")
        await expect(dialog).to_contain_text("Not allowed")
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)


async def test_own_number_is_shared_after_a_question(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    await sandbox.result("sendMessage", chat_id=chat, text="Your number?", reply_markup=SHARE)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        await column.get_by_role("button", name="Share my number").click()
        await expect(page.get_by_role("dialog")).to_contain_text(EMMA.phone)
        await page.get_by_role("button", name="Share", exact=True).click()
        await expect(column.locator(".message.own").last).to_contain_text(EMMA.phone)
        assert (await updates(sandbox))[-1]["message"]["contact"]["user_id"] == EMMA.id
        await sandbox.result("sendMessage", chat_id=chat, text="Thanks", reply_markup={"remove_keyboard": True})
        await expect(column.locator(".keys")).to_be_hidden()


async def test_foreign_number_is_shared_with_its_owners_id(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        await column.get_by_role("button", name="Attach").click()
        await page.get_by_role("menuitem", name="somebody else").click()
        await expect(column.locator(".message.own").last).to_contain_text(ANA.phone)
        contact = (await updates(sandbox))[-1]["message"]["contact"]
        assert contact["user_id"] == ANA.id


async def test_personal_link_starts_with_its_payload(browser: Browser, sandbox: Sandbox) -> None:
    async with page_of(browser, sandbox) as page:
        column = await pick(page, ANA.id)
        await column.locator(".link-button").click()
        await expect(column.locator(".message.own")).to_contain_text("/start one-time_1")


async def test_photo_is_shown_and_enlarged(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    await sandbox.result("sendPhoto", chat_id=chat, photo=picture(600, 400), caption="Four gauges")
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        image = column.locator(".photo img")
        await expect(image).to_have_attribute("alt", "Four gauges")
        assert await image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 600
        await column.get_by_role("button", name="Enlarge the picture").click()
        await expect(page.locator(".lightbox img")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator(".lightbox")).to_have_count(0)


async def test_picture_is_sent_with_its_caption(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        await column.locator("textarea").fill("my receipt")
        upload = {"name": "receipt.png", "mimeType": "image/png", "buffer": picture(80, 60)}
        await column.locator("input[type=file]").set_input_files(upload)
        await expect(column.locator(".message.own .photo")).to_have_count(1)
        message = (await updates(sandbox))[-1]["message"]
        assert (message["caption"], message["photo"][-1]["width"]) == ("my receipt", 80)


async def test_three_people_stand_side_by_side_and_the_first_makes_room(browser: Browser, sandbox: Sandbox) -> None:
    await sandbox.act("users", id=77, first_name="Fourth", language_code="en")
    async with page_of(browser, sandbox, viewport={"width": 1600, "height": 800}) as page:
        for person in (ANA.id, EMMA.id, STRANGER.id, 77):
            await pick(page, person)
        open_chats = await page.locator(".column").evaluate_all("nodes => nodes.map(node => Number(node.dataset.chat))")
        assert open_chats == [EMMA.id, STRANGER.id, 77]
        await sandbox.act(f"chats/{ANA.id}/start")
        await sandbox.result("sendMessage", chat_id=ANA.id, text="you are not looking")
        await expect(page.locator(f'[data-person="{ANA.id}"] .unread')).to_have_text("1")
        await pick(page, ANA.id)
        await expect(page.locator(f'[data-person="{ANA.id}"] .unread')).to_have_count(0)


async def test_commands_follow_the_persons_language(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    await sandbox.result("setMyCommands", commands=[{"command": "gauges", "description": "Your gauges"}])
    french = [{"command": "gauges", "description": "Vos jauges"}]
    await sandbox.result("setMyCommands", commands=french, language_code="fr")
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        await column.locator("textarea").fill("/")
        await expect(column.locator(".suggestions").get_by_role("option")).to_have_text("/gaugesYour gauges")
        await column.locator("textarea").fill("")
        await column.locator("header select").select_option("fr")
        await expect(column).to_have_attribute("lang", "fr")
        await expect(column.locator(".menu-button")).to_be_visible()
        await column.locator(".menu-button").click()
        await expect(column.locator(".suggestions").get_by_role("option")).to_have_text("/gaugesVos jauges")
        await column.locator("textarea").press("ArrowDown")
        await column.locator("textarea").press("Enter")
        await expect(column.locator(".message.own").last).to_contain_text("/gauges")
        said = (await updates(sandbox))[-1]["message"]
        assert (said["text"], said["from"]["language_code"]) == ("/gauges", "fr")


@pytest.mark.parametrize(("action", "words"), [("typing", "is typing"), ("upload_photo", "is sending a picture")])
async def test_chat_action_is_shown_until_the_answer(
    browser: Browser, sandbox: Sandbox, action: str, words: str
) -> None:
    chat = await sandbox.started(EMMA)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        await sandbox.result("sendChatAction", chat_id=chat, action=action)
        await expect(column.locator(".status")).to_contain_text(words)
        await sandbox.result("sendMessage", chat_id=chat, text="done")
        await expect(column.locator(".status")).to_have_text("Emma Clarke")
