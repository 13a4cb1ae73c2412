"""A settlement run from two members' phones: started by one, approved by two others, as core asks."""

from collections.abc import AsyncIterator

import pytest

from bot import desk_runs
from core.access.model import Role
from core.runs import job
from core.runs.model import Work
from tests.bot.desk.stage import DORA, Stage, staged, token_of
from tests.core.runs.company import done, found
from tests.core.tickets.desks import Desk
from tests.support.api import Api
from tests.support.clock import StillClock

GINA, HOPE, IRIS = 7101, 7102, 7103


@pytest.fixture
async def stage(api: Api, clock: StillClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Three of commissions have linked their phones, and one of support."""
    monkeypatch.setattr(job, "LOOKS_EVERY_S", 3600)
    monkeypatch.setattr(desk_runs, "LOOK_FOR_S", 0.0)
    nobody = api.stranger()
    desk = Desk(api, await found(api.database), nobody, nobody, nobody, nobody)
    async with staged(desk, clock) as made:
        for user, name in ((GINA, "gina"), (HOPE, "hope"), (IRIS, "iris"), (DORA, "sue")):
            role = Role.SUPPORT if user == DORA else Role.COMMISSIONS
            await made.sandbox.act("users", id=user, first_name=name, language_code="en")
            await made.sandbox.act(f"chats/{user}/start", payload="m_" + await token_of(desk, name, role))
        await made.quiet()
        yield made


async def shows(stage: Stage, user: int, *taps: str) -> str:
    """What her last message shows after these taps on it."""
    for data in taps:
        await stage.taps(user, data, (await stage.last(user))["message_id"], chat=user)
    return str((await stage.last(user))["text"])


async def test_two_people_approve_a_run_by_chat(stage: Stage) -> None:
    await stage.writes(GINA, "/runs", chat=GINA)
    assert "No run was ever started." in await shows(stage, GINA)
    assert "Run 1 of 2026-09" in await shows(stage, GINA, "srn", "srs:2026-09")
    assert "Being previewed" in await shows(stage, GINA, "srp:1")
    await done(stage.desk.api.database, 1, Work.PREVIEW)
    previewed = await shows(stage, GINA, "sro:1")
    assert "previewed" in previewed and "Earned: €150.00" in previewed and "Started by gina" in previewed
    await shows(stage, GINA, "srv:1")
    await done(stage.desk.api.database, 1, Work.VALIDATE)
    assert "somebody else must approve it" in await shows(stage, GINA, "sro:1", "sra:1", "sray:1")
    for user, said in ((HOPE, "validated"), (IRIS, "approved")):
        await stage.writes(user, "/runs", chat=user)
        asked = await shows(stage, user, "sro:1", "sra:1")
        assert "Approve run 1 of 2026-09?" in asked and "Earned: €150.00" in asked
        [[back, approve]] = (await stage.last(user))["reply_markup"]["inline_keyboard"]
        assert (back["callback_data"], approve["style"]) == ("sro:1", "danger")
        told = await shows(stage, user, "sray:1")
        assert "your approval stands" in told and said in told
    again = await shows(stage, HOPE, "sray:1")
    assert "approved" in again
    card = (await stage.core.for_member(HOPE).run(1)).approvals
    assert len(card) == 2


async def test_a_role_that_sees_no_payouts_sees_no_runs(stage: Stage) -> None:
    await stage.writes(DORA, "/runs", chat=DORA)
    assert "Only members of staff" in await shows(stage, DORA)
    message = (await stage.last(DORA))["message_id"]
    for data in ("sr", "srs:2026-09", "sro:1", "srp:1", "srv:1", "sra:1", "sray:1", "srf:1"):
        answer = await stage.taps(DORA, data, message, chat=DORA)
        assert answer["show_alert"] and "Only members of staff" in answer["text"], data
    with pytest.raises(Exception, match="permission_missing"):
        await stage.core.for_member(DORA).runs()
    assert (await stage.core.for_member(GINA).runs()).items == []
