"""The page of the API in a real browser."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from core.app import build_app
from core.db.database import Database
from core.http import docs, openapi
from core.kernel.clock import Clock
from tests.support.api import SERVICE_KEY

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_page_shows_every_operation_and_finds_them(browser: Browser) -> None:
    operations = build_app(Database("sqlite+aiosqlite:///unused.db", Clock()), SERVICE_KEY).operations()
    application = web.Application()
    docs.add(application, lambda: openapi.describe(operations))
    async with TestServer(application) as server:
        page = await browser.new_page()
        await page.goto(str(server.make_url("/docs")))
        await expect(page.locator("details")).to_have_count(len(operations))
        await page.get_by_role("searchbox").fill("put picture")
        found = page.locator("details:not([hidden])")
        await expect(found).to_have_count(1)
        await found.locator("summary").click()
        await expect(found).to_contain_text("Takes a file: image/png")
        await page.close()
