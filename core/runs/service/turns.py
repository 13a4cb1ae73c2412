"""Which run comes after which: those of one calendar in turn, and advances before the run that takes them off."""

from core.calendar.model import Cycle
from core.calendar.rules import following
from core.db.unit_of_work import UnitOfWork
from core.plan.model import Plan
from core.runs.loading.gathering import cycle_of
from core.runs.model import CANCELLABLE, RunInState, RunOutOfTurn
from core.runs.store import runs as store
from core.settlement.steps.advancing import advanced_cycle


async def require_turn(uow: UnitOfWork, plan: Plan, kind: str, cycle: Cycle) -> None:
    """The first run of a kind may be of any cycle; each later one is of the cycle after the last that was released.

    Raises:
        RunOutOfTurn: another one is to be released before.
    """
    before = [one for one in await store.released(uow, cycle.calendar) if one.kind == kind]
    if not before or cycle.code in [one.cycle for one in before] or before[-1].ends_at == cycle.period.start:
        return
    calendar = next(one for one in plan.calendars if one.code == cycle.calendar)
    last = cycle_of(plan, cycle.calendar, before[-1].cycle)
    raise RunOutOfTurn(cycle=cycle.code, first=following(calendar, last).code)


async def require_turn_of_advances(uow: UnitOfWork, plan: Plan, cycle: Cycle) -> None:
    """An advance is released before the main run that takes it off; what comes later nobody would take off.

    | released before   | 2026-09            | 2026-09-B | 2026-10-A |
    | ----------------- | ------------------ | --------- | --------- |
    | 2026-09-A         | 2026-09-B is first | may be    |           |
    | 2026-09-A and -B  | may be             |           | may be    |
    | 2026-09           |                    | refused   | may be    |

    Raises:
        RunOutOfTurn: the main run, while advances of its cycle are to come.
        RunInState: an advance of a cycle whose main run is released.
    """
    if plan.advances is None:
        return
    if cycle.calendar == plan.calendar.code:
        await _require_advanced(uow, plan, plan.advances.calendar, cycle)
    elif cycle.calendar == plan.advances.calendar:
        await _require_open(uow, plan, cycle)


async def _require_advanced(uow: UnitOfWork, plan: Plan, calendar: str, main: Cycle) -> None:
    before = await store.released(uow, calendar)
    if not before:
        return
    spec = next(one for one in plan.calendars if one.code == calendar)
    first = following(spec, cycle_of(plan, calendar, before[-1].cycle))
    if main.period.start < first.period.end <= main.period.end:
        raise RunOutOfTurn(cycle=main.code, first=first.code)


async def _require_open(uow: UnitOfWork, plan: Plan, cycle: Cycle) -> None:
    main = advanced_cycle(plan, cycle)
    for one in await store.released(uow, main.calendar):
        if one.cycle == main.code:
            raise RunInState(run=str(one.number), state=one.state.value, wanted=[state.value for state in CANCELLABLE])
