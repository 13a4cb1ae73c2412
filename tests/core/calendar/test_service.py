from datetime import date, timedelta

import pytest

from core.calendar import rules, service
from core.calendar.model import (
    Cycle,
    CycleBeforeFirst,
    CycleClosed,
    CycleOutOfTurn,
    CycleRunning,
    PlanStartWithin,
    PlanTooEarly,
)
from core.db.unit_of_work import UnitOfWork
from core.plan.model import Plan
from core.plan.service import parsed
from tests.core.plan.plans import SMALL, spoilt

PLAN: Plan = parsed(SMALL)
SECOND = spoilt('version = "1"', 'version = "2"')


def month(code: str) -> Cycle:
    return rules.cycle_named(PLAN.calendar, code)


async def close(uow: UnitOfWork, *codes: str) -> None:
    for code in codes:
        assert await service.require_closable(uow, PLAN, month(code))
        assert await service.mark_closed(uow, month(code))


def test_the_open_cycle_is_the_one_of_company_time(uow: UnitOfWork) -> None:
    assert service.open_cycle(uow, PLAN).code == "2026-11"


async def test_a_cycle_that_runs_cannot_be_closed(uow: UnitOfWork) -> None:
    with pytest.raises(CycleRunning):
        await service.require_closable(uow, PLAN, month("2026-11"))


async def test_cycles_are_closed_one_after_the_other(uow: UnitOfWork) -> None:
    await close(uow, "2026-08")
    with pytest.raises(CycleOutOfTurn) as refused:
        await service.require_closable(uow, PLAN, month("2026-10"))
    assert refused.value.facts["first"] == "2026-09"
    await close(uow, "2026-09", "2026-10")
    assert [cycle.code for cycle in await service.closed_cycles(uow, PLAN)] == ["2026-08", "2026-09", "2026-10"]


async def test_closing_does_not_go_back_before_the_first_closed_cycle(uow: UnitOfWork) -> None:
    await close(uow, "2026-08")
    with pytest.raises(CycleBeforeFirst):
        await service.require_closable(uow, PLAN, month("2026-07"))


async def test_a_closed_cycle_is_not_closed_again(uow: UnitOfWork) -> None:
    await close(uow, "2026-10")
    assert not await service.require_closable(uow, PLAN, month("2026-10"))
    assert not await service.mark_closed(uow, month("2026-10"))
    assert [event.kind for event in uow.emitted] == [CycleClosed.kind]


async def test_the_first_plan_may_begin_on_any_day(uow: UnitOfWork) -> None:
    version = await service.activate_plan(uow, SMALL, date(2026, 11, 11))
    assert version.valid_from == rules.company_midnight(PLAN.calendar, date(2026, 11, 11))


async def test_a_later_plan_begins_only_with_a_cycle(uow: UnitOfWork) -> None:
    await service.activate_plan(uow, SMALL, date(2026, 1, 1))
    with pytest.raises(PlanStartWithin) as refused:
        await service.activate_plan(uow, SECOND, date(2026, 11, 11))
    assert refused.value.facts["next"] == "2026-12-01"
    await service.activate_plan(uow, SECOND, date(2026, 12, 1))


async def test_no_plan_can_begin_in_a_closed_cycle(uow: UnitOfWork) -> None:
    await service.activate_plan(uow, SMALL, date(2026, 1, 1))
    await close(uow, "2026-09", "2026-10")
    with pytest.raises(PlanTooEarly) as refused:
        await service.activate_plan(uow, SECOND, date(2026, 10, 1))
    assert refused.value.facts == {"cycle": "2026-10", "earliest": "2026-11-01"}
    began = (await service.activate_plan(uow, SECOND, date(2026, 11, 1))).valid_from
    assert began == month("2026-10").period.end


def test_days_left_of_the_open_cycle_end_with_it(uow: UnitOfWork) -> None:
    cycle = service.open_cycle(uow, PLAN)
    assert rules.days_left(PLAN.calendar, cycle, uow.now) == 9
    assert rules.days_left(PLAN.calendar, cycle, uow.now + timedelta(days=30)) == 0


async def test_what_is_due_follows_the_last_closed_cycle(uow: UnitOfWork) -> None:
    before = await service.cycles(uow, PLAN)
    assert (before.open, before.due, before.closed) == ("2026-11", ("2026-10",), ())
    await close(uow, "2026-08")
    after = await service.cycles(uow, PLAN)
    assert (after.due, [cycle.code for cycle in after.closed]) == (("2026-09", "2026-10"), ["2026-08"])
    await close(uow, "2026-09", "2026-10")
    assert (await service.cycles(uow, PLAN)).due == ()
