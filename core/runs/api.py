"""Runs for staff: start, preview, compare, validate, approve, release; notes, corrections and holds by hand."""

from typing import Annotated, Literal

from pydantic import Field

from core.access.model import Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import INTEGER_MAX, Page, read_cursor, write_cursor
from core.http.routes import Routes
from core.runs.model import (
    Award,
    Difference,
    Finding,
    HoldCard,
    HoldWish,
    NewRun,
    Note,
    NoteWish,
    RunCard,
    VolumeWish,
    Work,
)
from core.runs.service import by_hand, showing, states

routes = Routes()

PAGE_SIZE = 50
DIFFERENCES = 200
Number = Annotated[int, Field(ge=1, le=INTEGER_MAX)]


@routes.post("/v1/runs", needs=Permission.RUN_SETTLEMENT)
async def start(uow: UnitOfWork, wish: NewRun) -> RunCard:
    """A new run of a cycle, as a draft.

    Raises:
        PlanMissing: no plan was ever put in force.
        RunKindUnknown, CycleUnknown, CycleOfKind: the plan has no such kind, or its calendar no such cycle.
        RunExists: the cycle has a run of this kind.
        RunOutOfTurn: the cycle before it has no released run.
    """
    return await showing.card(uow, await states.start(uow, wish))


@routes.get("/v1/runs", needs=Permission.SEE_PAYOUTS)
async def runs(uow: Questions, cursor: str | None = None) -> Page[RunCard]:
    """Runs, the last one started first.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    found = await showing.cards(uow, limit=PAGE_SIZE + 1, before=_before(cursor))
    more = write_cursor(found[PAGE_SIZE - 1].run) if len(found) > PAGE_SIZE else None
    return Page[RunCard](items=found[:PAGE_SIZE], next=more)


@routes.get("/v1/runs/{run}", needs=Permission.SEE_PAYOUTS)
async def card(uow: Questions, run: Number) -> RunCard:
    """A run with how far it is.

    Raises:
        RunUnknown: there is no such run.
    """
    return await showing.card(uow, run)


@routes.post("/v1/runs/{run}/preview", needs=Permission.RUN_SETTLEMENT)
async def preview(uow: UnitOfWork, run: Number) -> RunCard:
    """Have it calculated from what is known now; `progress` tells how far that is. Approvals so far count no more.

    Raises:
        RunUnknown, RunInState, RunBusy: there is no such run, it is approved, or somebody works on it.
    """
    return await _asked(uow, run, Work.PREVIEW)


@routes.post("/v1/runs/{run}/validate", needs=Permission.RUN_SETTLEMENT)
async def validate(uow: UnitOfWork, run: Number) -> RunCard:
    """Have the preview recalculated by both engines and held against the company's limits; then it is frozen.

    Raises:
        RunUnknown, RunInState, RunBusy: there is no such run, it is not previewed, or somebody works on it.
        RunStepMissing: the run's kind has no validation.
        CycleRunning: the cycle has not ended.
    """
    return await _asked(uow, run, Work.VALIDATE)


@routes.post("/v1/runs/{run}/approve", needs=Permission.APPROVE_SETTLEMENT)
async def approve(uow: UnitOfWork, run: Number) -> RunCard:
    """Approve what was validated. Two people do, neither of whom started the run or entered anything by hand for it.

    Raises:
        RunUnknown, RunInState, RunBusy: there is no such run, it is not validated, or somebody works on it.
        ApproverInvolved: the caller started it or entered something by hand for it.
        ApproverNameless: the caller is no member of staff.
        RunOutdated: something was entered by hand since the preview.
    """
    await states.approve(uow, run)
    return await showing.card(uow, run)


@routes.post("/v1/runs/{run}/release", needs=Permission.RUN_SETTLEMENT)
async def release(uow: UnitOfWork, run: Number) -> RunCard:
    """Have an approved run written into the book and shown to everybody.

    Raises:
        RunUnknown, RunInState, RunBusy: there is no such run, it is not approved, or somebody works on it.
        RunStepMissing: the run's kind has no release.
    """
    return await _asked(uow, run, Work.RELEASE)


@routes.post("/v1/runs/{run}/cancel", needs=Permission.RUN_SETTLEMENT)
async def cancel(uow: UnitOfWork, run: Number) -> RunCard:
    """Give a run up that was not released; its cycle can have another one.

    Raises:
        RunUnknown, RunInState, RunBusy: there is no such run, it is released, or somebody works on it.
    """
    await states.cancel(uow, run)
    return await showing.card(uow, run)


@routes.get("/v1/runs/{run}/findings", needs=Permission.SEE_PAYOUTS)
async def findings(uow: Questions, run: Number) -> list[Finding]:
    """What the last preview and its validation found; a fault blocks the approval.

    Raises:
        RunUnknown: there is no such run.
    """
    return await showing.findings(uow, run)


@routes.get("/v1/runs/{run}/differences", needs=Permission.SEE_PAYOUTS)
async def differences(
    uow: Questions, run: Number, against: Literal["preview", "cycle"] = "preview", after: int = 0
) -> list[Difference]:
    """What the last preview changed since the one before or since the last cycle, the largest first.

    Raises:
        RunUnknown, RunNotPreviewed: there is no such run, or no preview of it.
    """
    return await showing.differences(uow, run, against=against, after=max(0, after), limit=DIFFERENCES)


@routes.get("/v1/runs/{run}/awards/{person}", needs=Permission.SEE_PAYOUTS)
async def awards(uow: Questions, run: Number, person: str) -> list[Award]:
    """A person's award lines in the last preview, or in what was released.

    Raises:
        RunUnknown, RunNotPreviewed: there is no such run, or no preview of it.
    """
    return await showing.awards(uow, run, person)


@routes.post("/v1/settlement/notes", needs=Permission.ADJUST_SETTLEMENT)
async def note(uow: UnitOfWork, wish: NoteWish) -> Note:
    """A debit or credit note for a cycle; the next preview of its run has it.

    Raises:
        NoteEmpty, NoteCurrencyUnknown: it is about nothing, or there is no such currency.
        PersonUnknown, CycleUnknown: nobody has this code, or the calendar no such cycle.
        RunDecided: the cycle's run is approved.
    """
    return await by_hand.note(uow, wish)


@routes.post("/v1/settlement/volumes", needs=Permission.ADJUST_SETTLEMENT)
async def correct_volume(uow: UnitOfWork, wish: VolumeWish) -> Note:
    """Volume by hand for a cycle; the next preview of its run has it.

    Raises:
        NoteEmpty: it is about nothing.
        PersonUnknown, CycleUnknown: nobody has this code, or the calendar no such cycle.
        RunDecided: the cycle's run is approved.
    """
    return await by_hand.correct_volume(uow, wish)


@routes.get("/v1/settlement/cycles/{cycle}/notes", needs=Permission.SEE_PAYOUTS)
async def notes(uow: Questions, cycle: str, calendar: str | None = None) -> list[Note]:
    """All that was entered by hand for a cycle, withdrawn entries too.

    Raises:
        CycleUnknown: the calendar has no such cycle.
    """
    return await by_hand.notes(uow, calendar, cycle)


@routes.post("/v1/settlement/{kind}/{number}/withdraw", needs=Permission.ADJUST_SETTLEMENT)
async def withdraw(uow: UnitOfWork, kind: Literal["note", "volume"], number: Number) -> Note:
    """Let a note or a correction of volume count no more.

    Raises:
        NoteUnknown: there is none of this number.
        RunDecided: the cycle's run is approved.
    """
    return await by_hand.withdraw(uow, kind, number)


@routes.get("/v1/settlement/holds", needs=Permission.SEE_PAYOUTS)
async def holds(uow: Questions) -> list[HoldCard]:
    """To whom nothing is paid now."""
    return await by_hand.holds(uow)


@routes.put("/v1/settlement/holds/{person}", needs=Permission.ADJUST_SETTLEMENT)
async def hold(uow: UnitOfWork, person: str, wish: HoldWish) -> HoldCard:
    """Have nothing paid to a payee until the hold is lifted.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return await by_hand.hold(uow, person, wish.reason)


@routes.delete("/v1/settlement/holds/{person}", needs=Permission.ADJUST_SETTLEMENT)
async def lift(uow: UnitOfWork, person: str) -> None:
    """Let a payee be paid again.

    Raises:
        PersonUnknown, HoldUnknown: nobody has this code, or nothing of hers is held.
    """
    await by_hand.lift(uow, person)


async def _asked(uow: UnitOfWork, run: int, work: Work) -> RunCard:
    await states.ask_for(uow, run, work)
    return await showing.card(uow, run)


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    [number] = read_cursor(cursor, int)
    assert isinstance(number, int), "read_cursor checks the types"
    return number
