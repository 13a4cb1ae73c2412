"""Planning on both databases: what is asked is what is planned, each slot once, whoever is killed."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from core.closing.job import close_cycle
from core.db.database import Database
from core.messaging.model.waiting import Waiting
from core.outreach import job
from core.outreach.audience import Found, Look
from core.outreach.model import KindUnknown
from core.outreach.planning import due_slots
from core.outreach.rules.slots import Slot
from core.outreach.truth import Facts
from tests.core.outreach.company import Company, kinds_of, utc
from tests.core.plan.plans import SMALL
from tests.support.clock import StillClock

MONTH_END = "2026-11-24T16:00"
"""Seven days before the close, in Madrid."""
IN_TOKYO = "2026-11-24T08:00"
HOUR = timedelta(hours=1)


@pytest.fixture
async def company(database: Database) -> Company:
    return await Company.of(database)


def at(clock: StillClock, moment: str) -> datetime:
    clock.moment = utc(moment)
    return clock.moment


async def close_autumn(company: Company) -> None:
    for cycle in ("2026-09", "2026-10"):
        await close_cycle(company.database, cycle, actor="test")


@pytest.mark.parametrize(
    ("moment", "kinds"),
    [
        ("2026-11-22T12:30", {"rank.promotion"}),
        ("2026-11-23T08:00", {"gauges.summary", "rank.promotion"}),
        (MONTH_END, {"month_end", "customers.inactive", "rank.promotion"}),
        ("2026-11-26T08:30", {"team.inactive"}),
        ("2026-12-01T09:00", {"customers.inactive", "gauges.summary"}),  # in the next cycle
    ],
)
async def test_what_is_due_at_a_time_is_what_is_planned_then(
    company: Company, clock: StillClock, moment: str, kinds: set[str]
) -> None:
    await close_autumn(company)
    asked = await company.due(utc(moment))
    assert await company.written() == []
    at(clock, moment)
    await company.plan()
    assert await company.written() == asked
    assert kinds_of(asked) == kinds


async def test_at_the_months_end_those_hear_of_it_who_can_still_reach_a_rank(
    company: Company, clock: StillClock
) -> None:
    at(clock, MONTH_END)
    await company.plan()
    [ana] = await company.written("month_end")
    assert ana["occasion"] == "month_end/Europe/Madrid/2026-11-24"
    assert ana["facts"] == {"reason": "reach", "towards": "silver", "cycle": "2026-11"}
    assert ana["person_id"] == company.numbers["ana"], "Eva, who could too, has no way to be told"


async def test_each_zone_has_a_slot_of_its_own(company: Company, clock: StillClock) -> None:
    at(clock, IN_TOKYO)
    await company.plan()
    assert await company.told("month_end") == ["dora"]
    at(clock, MONTH_END)
    await company.plan()
    assert await company.told("month_end") == ["ana", "dora"]


async def test_whoever_chose_no_clock_lives_by_that_of_her_country(company: Company, clock: StillClock) -> None:
    async with company.database.begin() as uow:
        await uow.connection.execute(text("UPDATE person SET country = 'CO', time_zone = NULL WHERE code = 'ana'"))
        await uow.connection.execute(text("UPDATE person SET country = '?', time_zone = NULL WHERE code = 'dora'"))
        await uow.commit()
    at(clock, MONTH_END)
    await company.plan()
    assert await company.told("month_end") == ["dora"]
    clock.advance(6 * HOUR)
    await company.plan()
    rows = await company.written("month_end")
    zone_by_person = {row["person_id"]: row["occasion"].split("/", 1)[1] for row in rows}
    assert zone_by_person[company.numbers["ana"]] == "America/Bogota/2026-11-24"
    assert zone_by_person[company.numbers["dora"]] == "Europe/Madrid/2026-11-24"


async def test_whoever_moves_to_another_zone_hears_of_a_day_once(company: Company, clock: StillClock) -> None:
    at(clock, IN_TOKYO)
    await company.plan()
    assert await company.told("month_end") == ["dora"]
    async with company.database.begin() as uow:
        await uow.connection.execute(text("UPDATE person SET time_zone = 'Europe/Madrid' WHERE code = 'dora'"))
        await uow.commit()
    at(clock, MONTH_END)
    await company.plan()
    assert await company.told("month_end") == ["ana", "dora"]
    [key] = [row["key"] for row in await company.written("month_end") if row["person_id"] == company.numbers["dora"]]
    assert key == f"month_end:{company.numbers['dora']}:2026-11/7"


async def test_whoever_lost_a_rank_since_the_last_close_is_about_to_fall(company: Company, clock: StillClock) -> None:
    await close_autumn(company)
    at(clock, MONTH_END)
    await company.plan()
    facts = [row["facts"] for row in await company.written("month_end")]
    assert {(one["reason"], one["towards"]) for one in facts} == {("fall", "silver")}


async def test_a_slot_is_planned_once_by_however_many(company: Company, clock: StillClock) -> None:
    at(clock, MONTH_END)
    other = Database(company.database.url.render_as_string(hide_password=False), clock)
    try:
        second = company.another_planner(other)
        (ours, _), (theirs, _) = await asyncio.gather(company.planner.plan("a", 60), second.plan("b", 60))
    finally:
        await other.close()
    names = [slot.slot for slot in (*ours, *theirs)]
    assert sorted(names) == sorted(set(names)) and "month_end/Europe/Madrid/2026-11-24" in names
    assert await company.plan() == []


async def test_a_planner_killed_in_the_middle_is_taken_up_and_nothing_is_doubled(
    company: Company, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = at(clock, "2026-11-23T08:00")
    wanted = await company.due(moment, kind="gauges.summary")
    assert len(wanted) == 3
    monkeypatch.setattr(job, "AT_ONCE", 1)
    write, written = job.Writing.write, 0

    async def killed(self: job.Writing, *given: object) -> bool:
        nonlocal written
        written += self.hold.slot.kind == "gauges.summary"
        if written == 3:
            raise KeyboardInterrupt
        return await write(self, *given)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(job.Writing, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        await company.planner._work(await _slots(company), (await company.live.fresh()).copied(), "killed")
    assert len(await company.written("gauges.summary")) == 2
    monkeypatch.setattr(job.Writing, "write", write)
    await company.plan()
    assert len(await company.written("gauges.summary")) == 2, "its lease still runs"
    monkeypatch.setattr(job, "_real_time", lambda: datetime.now(clock.moment.tzinfo) + 2 * job.LEASE)
    await company.plan()
    assert await company.written("gauges.summary") == wanted


async def _slots(company: Company) -> list[Slot]:
    async with company.database.read() as questions:
        return await due_slots(questions, (await company.live.fresh()).plan, company.audiences)


@pytest.mark.parametrize(("late", "is_planned"), [(timedelta(hours=5, minutes=59), True), (6 * HOUR, False)])
async def test_what_was_missed_is_caught_up_with_for_so_long(
    company: Company, clock: StillClock, late: timedelta, is_planned: bool
) -> None:
    clock.moment = utc(MONTH_END) + late
    planned = [name for name in await company.plan() if name.startswith("month_end/Europe/Madrid")]
    assert bool(planned) is is_planned


async def test_a_days_slot_that_is_caught_up_with_after_the_close_says_nothing(
    company: Company, clock: StillClock
) -> None:
    async with company.database.begin() as uow:
        await uow.connection.execute(text("UPDATE person SET time_zone = 'America/Bogota' WHERE code = 'ana'"))
        await uow.commit()
    slot = "month_end/America/Bogota/2026-11-30"  # at 22:00 UTC, an hour before the close
    at(clock, "2026-11-30T23:10")
    assert slot in await company.plan()
    assert await company.told("month_end") == []


async def test_a_rank_is_told_once_a_cycle_and_not_what_was_there_at_the_first_look(
    company: Company, clock: StillClock
) -> None:
    await company.order("dora", 150)
    await company.plan()
    assert await company.told("rank.progress") == [], "the first look is silent"
    clock.advance(HOUR)
    await company.order("ana", 100)
    await company.plan()
    assert await company.told("rank.progress") == ["ana"]
    [ana] = await company.written("rank.progress")
    assert ana["key"] == f"rank.progress:{company.numbers['ana']}:2026-11/silver"
    clock.advance(HOUR)
    await company.order("ana", -100)
    await company.plan()
    clock.advance(HOUR)
    await company.order("ana", 100)
    await company.plan()
    assert await company.told("rank.progress") == ["ana"]
    clock.advance(HOUR)
    await company.order("ana", 900)
    await company.plan()
    assert await company.told("rank.progress") == ["ana", "ana"]


async def test_of_the_first_closed_cycle_no_promotion_is_told(company: Company) -> None:
    await close_cycle(company.database, "2026-09", actor="test")
    await company.plan()
    assert await company.told("rank.promotion") == []
    await close_cycle(company.database, "2026-10", actor="test")
    await company.plan()
    assert await company.told("rank.promotion") == ["dora"], "Ana was Silver in September already"


async def test_a_share_of_people_is_left_without_and_that_is_recorded(database: Database, clock: StillClock) -> None:
    company = await Company.of(database, SMALL + '\n[notifications]\nholdout = "100 %"\n')
    at(clock, MONTH_END)
    await company.plan()
    assert [row["state"] for row in await company.written("month_end")] == ["withheld"]


async def test_a_nudge_is_told_with_what_is_missing_now_and_dropped_once_she_is_there(
    company: Company, clock: StillClock
) -> None:
    at(clock, MONTH_END)
    await company.order("ana", 40)
    await company.plan()
    [row] = await company.written("month_end")
    [told] = await _now(company, "month_end", row)
    assert told is not None
    assert [(gap["label"]["en"], gap["missing"]) for gap in told["gaps"]] == [("Personal volume", 600_000)]
    assert told["way"]["steps"][0] | {"name": ""} == {"name": "", "kind": "own_order", "volume": 600_000}
    await company.order("ana", 60)
    assert await _now(company, "month_end", row) == [None]


async def test_inactive_customers_are_told_as_they_are_now(company: Company, clock: StillClock) -> None:
    at(clock, MONTH_END)
    await company.plan()
    [row] = await company.written("customers.inactive")
    assert row["person_id"] == company.numbers["ana"]
    [told] = await _now(company, "customers.inactive", row)
    assert told is not None
    assert told["customers"] == [
        {"code": "carl", "name": "carl Doe", "last_order_on": "2026-09-21", "usual_order": 400_000}
    ]
    clock.advance(HOUR)
    await company.order("carl", 10)
    assert await _now(company, "customers.inactive", row) == [None]


async def test_inactive_team_is_told_in_the_second_half_of_a_cycle(company: Company, clock: StillClock) -> None:
    await close_autumn(company)
    at(clock, "2026-11-26T08:30")
    await company.plan()
    [row, top] = sorted(await company.written("team.inactive"), key=lambda row: -row["person_id"])
    assert (row["person_id"], top["person_id"]) == (company.numbers["ana"], company.numbers["root"])
    [told] = await _now(company, "team.inactive", row)
    assert told == {"count": 1, "people": [{"code": "bea", "name": "bea Doe"}], "days_left": 5}
    await company.order("bea", 60)
    assert await _now(company, "team.inactive", row) == [None]


async def test_what_nobody_plans_cannot_be_asked_for(company: Company) -> None:
    with pytest.raises(KindUnknown):
        await company.due(utc(MONTH_END), kind="payout.mad")


async def test_due_can_be_asked_for_one_person(company: Company) -> None:
    assert await company.due(utc(MONTH_END), kind="month_end", person="dora") == []
    assert len(await company.due(utc(MONTH_END), kind="month_end", person="ana")) == 1


async def _now(company: Company, kind: str, row: dict[str, object]) -> list[Facts]:
    """The facts of a message as they are now."""
    waiting = Waiting(7, kind, row["person_id"], None, row["facts"], None, None, 0, utc(MONTH_END), None, 0)  # type: ignore[arg-type]  # as stored
    truth = company.audiences[kind].truth
    assert truth is not None
    state = await company.live.fresh()
    async with company.database.read() as questions:
        return list((await truth(questions, state, [waiting])).values())


async def test_one_kinds_mistake_keeps_no_other_from_going_out(company: Company, clock: StillClock) -> None:
    def mistaken(_look: Look) -> Found:
        raise ZeroDivisionError

    audiences = dict(company.audiences)
    audiences["customers.inactive"] = replace(audiences["customers.inactive"], find=mistaken)
    company.planner.audiences = audiences
    at(clock, MONTH_END)
    planned = await company.plan()
    assert "month_end/Europe/Madrid/2026-11-24" in planned
    assert await company.told("customers.inactive") == []
