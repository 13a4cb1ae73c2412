"""Starting runs, and moving them by a word of staff: asking for work, approving, cancelling."""

import json

from sqlalchemy import RowMapping

from core.access import service as access
from core.access.model import Permission
from core.calendar.model import Cycle, CycleRunning, CycleUnknown
from core.db.unit_of_work import UnitOfWork
from core.plan import service as plans
from core.plan.model import Plan, Step
from core.runs.loading.carried import carried_from
from core.runs.loading.gathering import ENTRIES, LAST_MOMENT, cycle_of, kind_of
from core.runs.loading.titles import titles_of
from core.runs.model import (
    APPROVALS,
    CANCELLABLE,
    WORKS_IN,
    ApprovalLapsed,
    ApproverInvolved,
    ApproverNameless,
    CycleOfKind,
    NewRun,
    RunBusy,
    RunChanged,
    RunExists,
    RunInState,
    RunOutdated,
    RunStale,
    RunState,
    RunStepMissing,
    RunTitlesStale,
    RunUnknown,
    Work,
)
from core.runs.service.turns import require_turn, require_turn_of_advances
from core.runs.store import hands, parts
from core.runs.store import runs as store

STAFF = "staff:"


async def start(uow: UnitOfWork, wish: NewRun) -> int:
    """A new draft, which nothing is calculated for yet.

    Raises:
        PlanMissing: no plan was ever put in force.
        RunKindUnknown, CycleUnknown: the plan has no such kind, or its calendar no such cycle.
        CycleOfKind: no kind is named, and the cycle is one of other kinds.
        RunExists: the cycle has a run of this kind.
        RunOutOfTurn: the cycle before it has no released run.
    """
    today = await plans.plan_in_force(uow, uow.now)
    ends = _wished(today, wish).period.end
    plan = await plans.plan_in_force(uow, ends - LAST_MOMENT)
    kind = kind_of(plan, wish.kind)
    cycle = cycle_of(plan, kind.calendar, wish.cycle)
    await require_turn(uow, plan, kind.code, cycle)
    number = await store.add(uow, kind.code, cycle, pays=Step.PAY in kind.steps)
    if number is None:
        [there] = [one for one in await store.of_cycle(uow, kind.calendar, cycle.code) if one["kind"] == kind.code]
        raise RunExists(run=str(there["id"]), cycle=cycle.code, state=there["state"])
    await uow.emit(RunChanged(run=number, state=RunState.DRAFT, attempt=0))
    return number


def _wished(plan: Plan, wish: NewRun) -> Cycle:
    """The cycle by the plan of today.

    Raises:
        CycleOfKind: no kind is named, and the cycle is one of other kinds.
    """
    try:
        return cycle_of(plan, kind_of(plan, wish.kind).calendar, wish.cycle)
    except CycleUnknown:
        others = [kind.code for kind in plan.kinds_of_runs if _is_one(plan, kind.calendar, wish.cycle)]
        if wish.kind is None and others:
            raise CycleOfKind(cycle=wish.cycle, wanted=others) from None
        raise


def _is_one(plan: Plan, calendar: str, code: str) -> bool:
    try:
        cycle_of(plan, calendar, code)
    except CycleUnknown:
        return False
    return True


async def ask_for(uow: UnitOfWork, run: int, work: Work) -> None:
    """Have work done by the service; asking again for what waits already changes nothing.

    Raises:
        RunUnknown, RunBusy, RunInState: as `require_workable` does.
        RunStepMissing, CycleRunning: as `require_step` does.
    """
    await require_step(uow, await known(uow, run), work)
    if not await store.ask_for(uow, run, work, WORKS_IN[work]):
        await require_workable(uow, run, work)
        raise RunBusy(run=str(run), work=work.value)


async def require_workable(uow: UnitOfWork, run: int, work: Work) -> None:
    """That a work can begin in the run's state, and nobody else is at it.

    Raises:
        RunUnknown: there is no such run.
        RunInState: it is in another state.
        RunBusy: somebody works on it, or other work waits.
    """
    found = await known(uow, run)
    if found["state"] not in [state.value for state in WORKS_IN[work]]:
        wanted = [state.value for state in WORKS_IN[work]]
        raise RunInState(run=str(run), state=found["state"], wanted=wanted)
    if found["work"] is not None:
        raise RunBusy(run=str(run), work=found["work"])


async def require_step(uow: UnitOfWork, run: RowMapping, work: Work) -> None:
    """That the run's kind has the step, and the cycle is over where results are to last.

    Raises:
        RunStepMissing: the company's kind of run does without it.
        RunOutOfTurn, RunInState: advances and the main run that takes them off come in another order.
        CycleRunning: the cycle has not ended; previews of it are as good as its orders so far.
    """
    plan = await plan_of_run(uow, run)
    needed = {Work.VALIDATE: Step.VALIDATE, Work.RELEASE: Step.RELEASE}.get(work)
    if needed is None:
        return
    await require_turn_of_advances(uow, plan, cycle_of(plan, run["calendar"], run["cycle"]))
    if needed not in kind_of(plan, run["kind"]).steps:
        raise RunStepMissing(run=str(run["id"]), step=needed.value)
    if uow.now < run["ends_at"]:
        raise CycleRunning(cycle=run["cycle"], ends_at=run["ends_at"].isoformat())


async def approve(uow: UnitOfWork, run: int) -> RunState:
    """Approve what was validated; with the second approval it may be released.

    Two different members of staff approve; neither has started the run, nor entered a note or a correction of volume
    that is in it. The same person twice counts once, and whoever may approve no more counts no more.

    Raises:
        ApproverNameless: the caller is no member of staff.
        RunUnknown: there is no such run.
        RunInState: it is neither validated, nor approved by somebody who may approve no more.
        RunBusy: somebody is working on it.
        ApproverInvolved: she started it or entered something by hand for it.
        RunOutdated: something was entered by hand since the preview.
        RunStale, RunTitlesStale: since the preview something became final that it carries on from.
    """
    if not uow.actor.startswith(STAFF):
        raise ApproverNameless
    found = await known(uow, run, locked=True)
    await _require_approvable(uow, found)
    entered = await hands.entered_by(uow, found["calendar"], found["cycle"], uow.actor)
    if entered or found["started_by"] == uow.actor:
        raise ApproverInvolved(run=str(run))
    now = await hands.entries(uow, found["calendar"], found["cycle"])
    [known_then] = await parts.bodies(uow, run, found["preview"], ENTRIES)
    changed = set(now) ^ set(json.loads(known_then))
    if changed:
        raise RunOutdated(run=str(run), count=len(changed))
    await require_fresh(uow, found)
    await hands.approve(uow, run, found["preview"])
    state = RunState(found["state"])
    if state is RunState.VALIDATED and len(await approvers(uow, found)) >= APPROVALS:
        state = RunState.APPROVED
        moved = await store.move(uow, run, (RunState.VALIDATED,), state, preview=found["preview"])
        assert moved, "the run is locked"
    await uow.emit(RunChanged(run=run, state=state, attempt=found["preview"]))
    return state


async def _require_approvable(uow: UnitOfWork, run: RowMapping) -> None:
    is_approved = run["state"] == RunState.APPROVED.value and not run["posted"]
    has_lapsed = is_approved and len(await approvers(uow, run)) < APPROVALS
    if run["state"] != RunState.VALIDATED.value and not has_lapsed:
        raise RunInState(run=str(run["id"]), state=run["state"], wanted=[RunState.VALIDATED.value])
    if run["work"] is not None:
        raise RunBusy(run=str(run["id"]), work=run["work"])


async def approvers(uow: UnitOfWork, run: RowMapping) -> set[str]:
    """Who approved the last preview and may approve today: without the right to give it an approval counts no more."""
    given = await hands.approvals(uow, run["id"], run["preview"])
    return await access.able(uow, [one.by for one in given], Permission.APPROVE_SETTLEMENT)


async def require_fresh(uow: UnitOfWork, run: RowMapping) -> None:
    """That a run carries on from the runs that were released last, and from the titles of the cycle closed last.

    Else a balance would be paid twice, or somebody by a rank that she had a month ago.

    Raises:
        RunStale: others were released since its preview.
        RunTitlesStale: a cycle was closed since its preview that gave people their titles.
    """
    plan = await plan_of_run(uow, run)
    if await carried_from(uow, plan, run) != run["carried_from"]:
        raise RunStale(run=str(run["id"]))
    closed = await titles_of(uow, plan, cycle_of(plan, run["calendar"], run["cycle"]))
    if closed != run["titles_of"]:
        raise RunTitlesStale(run=str(run["id"]), cycle=str(closed))


async def require_alone(uow: UnitOfWork, run: RowMapping) -> None:
    """That no other run is being released, and this one may be; whoever asks next waits until the transaction ends.

    Raises:
        RunBusy: another run is being released, or was stopped halfway and has to be released first.
        RunStale, RunTitlesStale: since its preview something became final that it carries on from.
        RunOutOfTurn, RunInState: advances and the main run that takes them off come in another order.
        ApprovalLapsed: somebody who approved it was removed since.
    """
    await store.lock_releases(uow)
    other = await store.releasing(uow, run["id"])
    if other is not None:
        raise RunBusy(run=str(other), work=Work.RELEASE.value)
    if not run["posted"]:
        await require_fresh(uow, run)
        if run["state"] == RunState.APPROVED.value and len(await approvers(uow, run)) < APPROVALS:
            raise ApprovalLapsed(run=str(run["id"]))
        plan = await plan_of_run(uow, run)
        await require_turn_of_advances(uow, plan, cycle_of(plan, run["calendar"], run["cycle"]))


async def cancel(uow: UnitOfWork, run: int) -> None:
    """Give a run up; the cycle can have another one. One that is being released, or was, cannot be given up.

    Raises:
        RunUnknown: there is no such run.
        RunInState: it is released, or was cancelled.
        RunBusy: somebody is working on it.
    """
    found = await known(uow, run, locked=True)
    if found["state"] not in [state.value for state in CANCELLABLE] or found["posted"]:
        raise RunInState(run=str(run), state=found["state"], wanted=[state.value for state in CANCELLABLE])
    if not await store.move(uow, run, CANCELLABLE, RunState.CANCELLED):
        raise RunBusy(run=str(run), work=found["work"])
    await uow.emit(RunChanged(run=run, state=RunState.CANCELLED, attempt=found["attempt"]))


async def known(uow: UnitOfWork, run: int, *, locked: bool = False) -> RowMapping:
    """A run.

    Raises:
        RunUnknown: there is no such run.
    """
    found = await store.row(uow, run, locked=locked)
    if found is None:
        raise RunUnknown(run=str(run))
    return found


async def plan_of_run(uow: UnitOfWork, run: RowMapping) -> Plan:
    """The plan that was in force when the run's cycle ended."""
    return await plans.plan_in_force(uow, run["ends_at"] - LAST_MOMENT)
