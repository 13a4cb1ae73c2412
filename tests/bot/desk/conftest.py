from collections.abc import AsyncIterator

import pytest

from core.access import members
from core.access import service as access
from core.messaging import rules
from core.support import service as support
from core.support.model import GroupWish
from tests.bot.desk.stage import GROUP, PEOPLE, Stage, staged
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
    """The staff's group is set up, Dora and Carl are linked: by core, for a test each does it by their phones."""
    monkeypatch.setattr(rules, "GROUP_STEP", rules.CHAT_STEP * 0)
    monkeypatch.setattr(rules, "CHAT_STEP", rules.CHAT_STEP * 0)
    async with staged(desk, clock, forum=forum) as made:
        async with desk.api.database.begin(actor="test") as uow:
            for user, (name, _, role) in PEOPLE.items():
                if role is not None:
                    await access.add_staff(uow, name.lower(), role)
                    token = await members.make_link_token(uow, name.lower())
                    await members.link(uow, token.token, user)
            await support.register(uow, GROUP, GroupWish(forum=forum, language="en"))
            await uow.commit()
        yield made
