from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Playwright, async_playwright

from tests.support.browser import ARGUMENTS, browser_or_skip
from tests.support.sandbox import Sandbox, running_sandbox


class Launcher:
    """One browser for all tests; one that has died is launched anew."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._browser: Browser | None = None

    async def browser(self, path: str) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            self._browser = await self._playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        return self._browser

    async def close(self) -> None:
        if self._browser is not None:
            await self._browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def launcher() -> AsyncIterator[Launcher]:
    async with async_playwright() as playwright:
        made = Launcher(playwright)
        yield made
        await made.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browser(launcher: Launcher) -> Browser:
    return await launcher.browser(browser_or_skip())


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as running:
        yield running
