"""Who may do what to a run in which state."""

from datetime import UTC, datetime, timedelta

import pytest

from core.access.model import Role
from core.access.service import add_staff, remove_staff
from core.calendar.model import CycleRunning, CycleUnknown
from core.db.database import Database
from core.runs import service
from core.runs.model import (
    ApprovalLapsed,
    ApproverInvolved,
    ApproverNameless,
    CycleOfKind,
    NewRun,
    NoteWish,
    RunBusy,
    RunDecided,
    RunExists,
    RunInState,
    RunOutdated,
    RunOutOfTurn,
    RunState,
    VolumeWish,
    Work,
)
from core.runs.service import by_hand, showing, states
from tests.core.runs.company import PLAN, actor, approved, done, found, ordered, released, started
from tests.support.clock import StillClock

NOTE = NoteWish(cycle="2026-09", person="Ana", currency="EUR", amount_minor=-1000, reason="A telephone")


async def entered(database: Database, wish: NoteWish | VolumeWish, by: str) -> int:
    async with database.begin(actor=await actor(database, by)) as uow:
        enter = by_hand.note(uow, wish) if isinstance(wish, NoteWish) else by_hand.correct_volume(uow, wish)
        note = await enter
        await uow.commit()
    return note.note


async def state_of(database: Database, run: int) -> RunState:
    async with database.read() as questions:
        return (await showing.card(questions, run)).state


async def test_a_cycle_has_one_run_of_a_kind_and_runs_come_in_turn(database: Database) -> None:
    await found(database)
    run = await started(database, "2026-09")
    with pytest.raises(RunExists) as refused:
        await started(database, "2026-09")
    assert refused.value.facts == {"run": str(run), "cycle": "2026-09", "state": "draft"}
    async with database.begin() as uow:
        await states.cancel(uow, run)
        await uow.commit()
    await released(database, "2026-08")
    with pytest.raises(RunOutOfTurn) as turn:
        await started(database, "2026-10")
    assert turn.value.facts == {"cycle": "2026-10", "first": "2026-09"}


async def test_nobody_approves_what_she_started_or_entered_something_for(database: Database) -> None:
    await found(database)
    run = await started(database, "2026-09", by="carla")
    await entered(database, NOTE, by="dora")
    await done(database, run, Work.PREVIEW)
    with pytest.raises(RunInState):
        await approved(database, run, "edith")
    assert await done(database, run, Work.VALIDATE) is RunState.VALIDATED
    for name in ("carla", "dora"):
        with pytest.raises(ApproverInvolved):
            await approved(database, run, name)
    async with database.begin(actor="command line") as uow:
        with pytest.raises(ApproverNameless):
            await states.approve(uow, run)
    assert await approved(database, run, "edith", "edith") is RunState.VALIDATED
    assert await approved(database, run, "fay") is RunState.APPROVED
    with pytest.raises(RunDecided):
        await entered(database, NOTE, by="dora")


async def test_an_approval_counts_while_its_giver_may_approve(database: Database) -> None:
    """dora is removed after she approved: two others have to, and a run that she approved is not released."""
    await found(database)
    run = await started(database, "2026-09")
    for what in (Work.PREVIEW, Work.VALIDATE):
        await done(database, run, what)
    assert await approved(database, run, "dora") is RunState.VALIDATED
    await removed(database, "dora")
    assert await approved(database, run, "edith") is RunState.VALIDATED
    assert await approved(database, run, "fay") is RunState.APPROVED
    await removed(database, "edith")
    async with database.begin() as uow:
        await add_staff(uow, "gil", Role.COMMISSIONS)
        await uow.commit()
    with pytest.raises(ApprovalLapsed):
        await done(database, run, Work.RELEASE)
    assert await approved(database, run, "gil") is RunState.APPROVED
    assert await done(database, run, Work.RELEASE) is RunState.RELEASED


async def removed(database: Database, name: str) -> None:
    async with database.begin() as uow:
        await remove_staff(uow, name)
        await uow.commit()


async def test_nobody_approves_where_she_withdrew_what_somebody_else_had_entered(database: Database) -> None:
    await found(database)
    run = await started(database, "2026-09", by="carla")
    note = await entered(database, NOTE, by="dora")
    async with database.begin(actor=await actor(database, "edith")) as uow:
        await by_hand.withdraw(uow, "note", note)
        await uow.commit()
    for what in (Work.PREVIEW, Work.VALIDATE):
        await done(database, run, what)
    with pytest.raises(ApproverInvolved):
        await approved(database, run, "edith")


async def test_another_preview_takes_approvals_back_and_what_was_entered_since_asks_for_one(
    database: Database, clock: StillClock
) -> None:
    await found(database)
    run = await started(database, "2026-09")
    for what in (Work.PREVIEW, Work.VALIDATE):
        await done(database, run, what)
    assert await approved(database, run, "dora") is RunState.VALIDATED
    clock.advance(timedelta(seconds=1))
    await entered(database, VolumeWish(cycle="2026-09", person="Eva", cv=10_0000, qv=10_0000, reason="x"), by="fay")
    with pytest.raises(RunOutdated):
        await approved(database, run, "edith")
    assert await done(database, run, Work.PREVIEW) is RunState.PREVIEWED
    await done(database, run, Work.VALIDATE)
    clock.advance(timedelta(seconds=-2))  # of another machine, or of a transaction that began before the preview
    note = await entered(database, NOTE, by="fay")
    with pytest.raises(RunOutdated):
        await approved(database, run, "edith")
    async with database.begin(actor=await actor(database, "fay")) as uow:
        await by_hand.withdraw(uow, "note", note)
        await uow.commit()
    assert await approved(database, run, "edith") is RunState.VALIDATED
    assert await approved(database, run, "dora") is RunState.APPROVED


async def test_orders_go_on_coming_in_and_a_validated_run_does_not_know_them(database: Database) -> None:
    numbers = await found(database)
    run = await started(database, "2026-09")
    for what in (Work.PREVIEW, Work.VALIDATE):
        await done(database, run, what)
    await ordered(database, "Eva", 5_000, "late", datetime(2026, 9, 21, 9, tzinfo=UTC))
    await approved(database, run)
    await done(database, run, Work.RELEASE)
    async with database.read() as questions:
        paid = {one.person: one.paid for one in await service.payouts(questions, run, limit=10)}
    assert paid == {numbers["Ana"]: 6000, numbers["Ben"]: 9000}


async def test_an_open_cycle_can_be_previewed_and_not_validated(database: Database) -> None:
    await found(database)
    run = await started(database, "2026-11")
    assert await done(database, run, Work.PREVIEW) is RunState.PREVIEWED
    with pytest.raises(CycleRunning):
        await done(database, run, Work.VALIDATE)
    with pytest.raises(CycleRunning):
        await done(database, run, Work.RELEASE)


async def test_work_that_waits_is_done_by_one_and_other_work_waits_for_it(database: Database) -> None:
    await found(database)
    run = await started(database, "2026-09")
    async with database.begin() as uow:
        await states.ask_for(uow, run, Work.PREVIEW)
        await states.ask_for(uow, run, Work.PREVIEW)
        await uow.commit()
    async with database.begin() as uow:
        with pytest.raises(RunBusy):
            await states.cancel(uow, run)
    assert await done(database, run, Work.PREVIEW) is RunState.PREVIEWED
    async with database.begin() as uow:
        with pytest.raises(RunInState):
            await states.ask_for(uow, run, Work.RELEASE)
        await states.cancel(uow, run)
        await uow.commit()
    assert await state_of(database, run) is RunState.CANCELLED
    with pytest.raises(RunInState):
        await done(database, run, Work.PREVIEW)


async def test_a_kind_that_the_plan_does_not_have_is_refused_by_name(database: Database) -> None:
    await found(database, PLAN + '[calendars.month]\nkind = "month"\n[calendars.day]\nkind = "day"\n')
    async with database.begin() as uow:
        with pytest.raises(Exception, match="run_kind_unknown"):
            await states.start(uow, NewRun(cycle="2026-09", kind="weekly"))
        with pytest.raises(CycleOfKind) as elsewhere:
            await states.start(uow, NewRun(cycle="2026-09-07"))
        assert elsewhere.value.facts == {"cycle": "2026-09-07", "wanted": ["day"]}
        for wish in (NewRun(cycle="2026-09-31"), NewRun(cycle="2026-09-07", kind="month")):
            with pytest.raises(CycleUnknown):
                await states.start(uow, wish)
