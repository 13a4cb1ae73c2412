"""The chat page in a real browser: how it looks, whom it serves, and what it bears."""

import pytest
from playwright.async_api import Browser, expect

from tests.support.page import MENU, Scheme, page_of, pick, soon, updates
from tests.support.sandbox import EMMA, Sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_names_and_texts_never_become_markup(browser: Browser, sandbox: Sandbox) -> None:
    evil = "<img src=x onerror=alert(1)> & _x_"
    await sandbox.act("users", id=99, first_name=evil, language_code="en")
    await sandbox.act("chats/99/text", text=evil)
    await sandbox.result("sendMessage", chat_id=99, text=evil)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, 99)
        await expect(column.locator(".message .text")).to_have_text([evil, evil])
        await expect(column.locator(".status")).to_have_text(evil)
        assert await page.locator("img[src='x']").count() == 0


async def test_right_to_left_text_stands_at_the_right(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    await sandbox.result("sendMessage", chat_id=chat, text="أنتِ Gold الآن")
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        text = column.locator(".message.bot .text")
        assert await text.evaluate("node => getComputedStyle(node).direction") == "rtl"


async def test_phone_width_shows_one_thing_at_a_time(browser: Browser, sandbox: Sandbox) -> None:
    async with page_of(browser, sandbox, viewport={"width": 390, "height": 800}) as page:
        await expect(page.locator("#columns")).to_be_hidden()
        column = await pick(page, EMMA.id)
        await expect(page.locator("#people")).to_be_hidden()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await column.get_by_role("button", name="Back to the list").click()
        await expect(page.locator("#people")).to_be_visible()


async def test_day_covers_no_message_once_scrolling_is_over(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    await sandbox.result("sendMessage", chat_id=chat, text="one\n" * 60)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        day, messages = column.locator(".day"), column.locator(".messages")
        await expect(day).to_have_css("opacity", "0")
        await messages.evaluate("node => node.scrollBy(0, -60)")
        await expect(day).to_have_css("opacity", "1")
        await messages.evaluate("node => node.scrollTo(0, 0)")
        await expect(messages).not_to_have_class("messages scrolling")
        await expect(day).to_have_css("opacity", "1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_colours_follow_the_system_and_can_be_changed(browser: Browser, sandbox: Sandbox, scheme: Scheme) -> None:
    async with page_of(browser, sandbox, color_scheme=scheme) as page:
        root = page.locator("html")
        await expect(root).to_have_attribute("data-theme", scheme)
        await page.get_by_role("button", name="colours").click()
        await expect(root).to_have_attribute("data-theme", "dark" if scheme == "light" else "light")
        await page.reload()
        await expect(root).to_have_attribute("data-theme", "dark" if scheme == "light" else "light")


async def test_everything_works_by_keyboard(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    await sandbox.result("sendMessage", chat_id=chat, text="Choose", reply_markup=MENU)
    async with page_of(browser, sandbox) as page:
        await page.locator(f'[data-person="{chat}"]').focus()
        await page.keyboard.press("Enter")
        column = page.locator(f'[data-chat="{chat}"]')
        await expect(column.locator("textarea")).to_be_focused()
        await column.get_by_role("button", name="Gauges").focus()
        await page.keyboard.press("Enter")
        await soon(lambda: _has_query(sandbox), sandbox)
        await column.get_by_role("button", name="More").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("menuitem", name="Block the bot")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("menuitem")).to_have_count(0)


async def _has_query(sandbox: Sandbox) -> bool:
    return any("callback_query" in update for update in await updates(sandbox))


async def test_blocked_bot_offers_to_unblock(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        await column.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Block the bot").click()
        await column.get_by_role("button", name="Unblock the bot").click()
        await expect(column.locator("textarea")).to_be_visible()


async def test_link_to_this_bot_opens_in_the_same_chat(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    link = f"https://t.me/{sandbox.world.bot.username}?start=abc"
    markup = {"inline_keyboard": [[{"text": "Open", "url": link}]]}
    await sandbox.result("sendMessage", chat_id=chat, text="Join", reply_markup=markup)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        await column.get_by_role("link", name="Open").click()
        await expect(column.locator(".message.own").last).to_contain_text("/start abc")


async def test_new_person_is_somebody_the_company_does_not_know(browser: Browser, sandbox: Sandbox) -> None:
    async with page_of(browser, sandbox) as page:
        await page.get_by_role("button", name="New person").click()
        await expect(page.locator(".column")).to_have_count(1)
        await page.get_by_role("button", name="Start").click()
        assert (await updates(sandbox))[-1]["message"]["from"]["first_name"] == "Guest"


async def test_lost_connection_is_told_and_made_up_for(browser: Browser, sandbox: Sandbox) -> None:
    chat = await sandbox.started(EMMA)
    async with page_of(browser, sandbox) as page:
        column = await pick(page, chat)
        await page.route("**/sandbox/events", lambda route: route.abort())
        sandbox.world.bus.cut()
        await expect(page.locator("#banner")).to_contain_text("Connection lost")
        await sandbox.result("sendMessage", chat_id=chat, text="meanwhile")
        await page.unroute("**/sandbox/events")
        await expect(column.locator(".message.bot")).to_contain_text("meanwhile", timeout=10_000)
        await expect(page.locator("#banner")).to_be_hidden()


async def test_page_speaks_the_language_of_its_reader(browser: Browser, sandbox: Sandbox) -> None:
    async with page_of(browser, sandbox) as page:
        await page.locator("#people footer select").select_option("de")
        await expect(page.locator("html")).to_have_attribute("lang", "de")
