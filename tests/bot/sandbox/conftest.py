from collections.abc import AsyncIterator

import pytest

from tests.support.sandbox import Sandbox, running_sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as running:
        yield running
