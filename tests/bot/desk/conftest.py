from collections.abc import AsyncIterator

import pytest

from core.messaging import rules
from tests.bot.desk.stage import DORA, PEOPLE, Stage, staged, token_of
from tests.core.tickets.conftest import desk, people
from tests.core.tickets.desks import Desk
from tests.support.clock import StillClock

__all__ = ["desk", "people"]


@pytest.fixture(params=["sqlite"])
def dialect(request: pytest.FixtureRequest) -> str:
    """What is at stake here is the chat; the services have tests on both databases."""
    return str(request.param)


@pytest.fixture
def forum() -> bool:
    """Whether the group has topics."""
    return False


@pytest.fixture
async def stage(desk: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch, forum: bool) -> AsyncIterator[Stage]:
    """The staff's group is set up, Dora and Carl are linked."""
    monkeypatch.setattr(rules, "GROUP_STEP", rules.CHAT_STEP * 0)
    monkeypatch.setattr(rules, "CHAT_STEP", rules.CHAT_STEP * 0)
    async with staged(desk, clock, forum=forum) as made:
        for user, (name, _, role) in PEOPLE.items():
            if role is not None:
                await made.sandbox.act(f"chats/{user}/start", payload="m_" + await token_of(desk, name.lower(), role))
        await made.quiet()
        await made.writes(DORA, "/desk")
        yield made
