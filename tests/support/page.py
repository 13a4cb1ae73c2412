"""The chat page in a browser, and what may be asked of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.sandbox import Sandbox

MENU = {
    "inline_keyboard": [
        [{"text": "Gauges", "callback_data": "gauges"}, {"text": "Team", "callback_data": "team"}],
        [{"text": "Leave", "callback_data": "leave", "style": "danger"}],
    ]
}
SHARE = {"keyboard": [[{"text": "Share my number", "request_contact": True}], [{"text": "Not now"}]]}


@asynccontextmanager
async def page_of(browser: Browser, sandbox: Sandbox, **options: Any) -> AsyncIterator[Page]:
    """The page, open and ready; any error in it fails the test."""
    context = await browser.new_context(
        locale="en-GB", viewport=options.pop("viewport", {"width": 1400, "height": 800}), **options
    )
    context.set_default_timeout(8_000)
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    await page.goto(sandbox.base)
    await page.wait_for_selector("html[data-ready]", state="attached")
    yield page
    assert [error for error in errors if "ERR_CONNECTION" not in error] == []
    await context.close()


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
