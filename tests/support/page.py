"""The chat page in a browser, and what may be asked of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Literal
from weakref import WeakKeyDictionary

import pytest
from playwright.async_api import Browser, ConsoleMessage, Error, Page, ViewportSize, expect

from tests.support.sandbox import Sandbox

Scheme = Literal["light", "dark"]
WIDE: ViewportSize = {"width": 1400, "height": 800}
MENU = {
    "inline_keyboard": [
        [{"text": "Gauges", "callback_data": "gauges"}, {"text": "Team", "callback_data": "team"}],
        [{"text": "Leave", "callback_data": "leave", "style": "danger"}],
    ]
}
SHARE = {"keyboard": [[{"text": "Share my number", "request_contact": True}], [{"text": "Not now"}]]}


_LEFT: WeakKeyDictionary[Browser, Page] = WeakKeyDictionary()
"""The page that the last test left, empty: to make one costs more than most tests do with it."""


@asynccontextmanager
async def page_of(
    browser: Browser,
    sandbox: Sandbox,
    *,
    viewport: ViewportSize = WIDE,
    color_scheme: Scheme = "light",
) -> AsyncIterator[Page]:
    """The page, open and ready; any error in it fails the test.

    Each sandbox has an address of its own, so nothing that a page stored is found again.
    """
    page = _LEFT.pop(browser, None) or await _new_page(browser)
    await page.set_viewport_size(viewport)
    await page.emulate_media(color_scheme=color_scheme)
    await page.mouse.move(0, 0)
    errors: list[str] = []

    def note(line: ConsoleMessage) -> None:
        if line.type == "error":
            errors.append(line.text)

    def note_error(error: Error) -> None:
        errors.append(str(error))

    page.on("pageerror", note_error)
    page.on("console", note)
    await page.goto(sandbox.base)
    await page.wait_for_selector("html[data-ready]", state="attached")
    yield page
    assert [error for error in errors if "ERR_CONNECTION" not in error] == []
    page.remove_listener("pageerror", note_error)
    page.remove_listener("console", note)
    await page.goto("about:blank")
    _LEFT[browser] = page  # one that a test failed with is not used again


async def _new_page(browser: Browser) -> Page:
    context = await browser.new_context(locale="en-GB")
    context.set_default_timeout(8_000)
    return await context.new_page()


async def pick(page: Page, person: int) -> Any:
    """Open a person's chat; returns its column."""
    await page.click(f'[data-person="{person}"]')
    column = page.locator(f'[data-chat="{person}"]')
    await expect(column).to_be_visible()
    return column


async def updates(sandbox: Sandbox) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await sandbox.result("getUpdates")
    return found


async def soon(probe: Callable[[], Awaitable[bool]], sandbox: Sandbox) -> None:
    for _ in range(100):
        if await probe():
            return
        await sandbox.world.bus.bell.wait(0.05)
    pytest.fail("it did not happen")
