from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.support.browser import ARGUMENTS, NOT_RUN, browser_or_skip, find_browser
from tests.support.sandbox import Sandbox, running_sandbox


@pytest.fixture
def browser_path(request: pytest.FixtureRequest) -> str:
    return browser_or_skip(request.node.nodeid)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def one_browser() -> AsyncIterator[Browser]:
    path = find_browser()
    assert path, "tests ask for the path first"
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield opened
        await opened.close()


@pytest.fixture
def browser(browser_path: str, request: pytest.FixtureRequest) -> Browser:
    opened: Browser = request.getfixturevalue("one_browser")
    return opened


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as running:
        yield running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if NOT_RUN:
        terminalreporter.section("not run: no browser")
        for name in NOT_RUN:
            terminalreporter.write_line(name)
