"""Planning over HTTP, and what messages changed."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from core.access.model import Role
from core.client import CoreClient
from core.kernel.errors import Refused
from core.outreach.effects import share
from core.outreach.model import PlanWish
from core.outreach.rules.shares import held_out
from tests.core.outreach.company import OUTBOX, Company, buy, utc
from tests.support.api import Api
from tests.support.clock import StillClock

MONTH_END = utc("2026-11-24T16:00")


async def test_a_worker_has_planned_what_is_due_and_asks_what_will_be(api: Api, clock: StillClock) -> None:
    company = await Company.of(api.database)
    async with api.core() as core:
        due = await core.due_outreach(MONTH_END, kind="month_end")
        assert [(one.person, one.slot, one.state.value) for one in due.messages] == [
            ("ana", "month_end/Europe/Madrid/2026-11-24", "waiting")
        ]
        in_company_time = await core.due_outreach(MONTH_END.replace(hour=17, tzinfo=None), kind="month_end")
        assert in_company_time.messages == due.messages, "a time without an offset is the company's"
        assert (await core.due_outreach(MONTH_END, kind="month_end", person="bea")).count == 0
        clock.moment = MONTH_END
        planned = await core.plan_outreach(PlanWish(holder="w"))
        assert not planned.under_way
        assert {slot.slot: slot.planned for slot in planned.slots}["month_end/Europe/Madrid/2026-11-24"] == 1
        assert (await core.plan_outreach(PlanWish(holder="w"))).slots == ()
        assert await company.told("month_end") == ["ana"]
        await _refused(core)


async def _refused(core: CoreClient) -> None:
    with pytest.raises(Refused, match="kind_unknown"):
        await core.due_outreach(kind="month_and")
    with pytest.raises(Refused, match="person_unknown"):
        await core.due_outreach(person="nobody")


async def test_the_report_holds_those_who_got_a_message_against_those_who_did_not(api: Api, clock: StillClock) -> None:
    company = await Company.of(api.database)
    async with api.database.begin() as uow:
        for who, state, bought_after in [
            ("ana", "sent", timedelta(days=2)),
            ("bea", "sent", timedelta(days=4)),
            ("dora", "withheld", timedelta(days=1)),
            ("eva", "withheld", None),
            ("carl", "dropped", timedelta(hours=1)),  # he ordered before his turn came
        ]:
            person = company.numbers[who]
            row = {"key": who, "kind": "month_end", "person_id": person, "facts": {}, "priority": 5, "state": state}
            ended = uow.now + timedelta(hours=2)
            times = {"not_before": uow.now, "ended_at": ended, "unasked": True, "stake": 90, "attempts": 0}
            await uow.connection.execute(insert(OUTBOX).values(row | times))
            if bought_after is not None:
                await buy(uow, person, uow.now + bought_after, 50)
        await uow.connection.execute(update(OUTBOX).where(OUTBOX.c.key == "ana").values(tapped_at=uow.now))
        await uow.commit()
    staff = await api.staff(Role.SUPPORT)
    told = await staff.get("/v1/outreach/report", params={"since": "2026-11-22"})
    assert told.status == 422, "a day is no time"
    told = await staff.get("/v1/outreach/report", params={"since": "2026-11-22T00:00Z", "kind": "month_end"})
    assert told.body["kinds"] == [
        {
            "kind": "month_end",
            "planned": 3,
            "planned_ordered": 2,
            "sent": 2,
            "tapped": 1,
            "ordered": 1,
            "withheld": 2,
            "withheld_ordered": 1,
            "ordered_share": 50.0,
            "planned_share": 66.67,
            "withheld_share": 50.0,
        }
    ]


@pytest.mark.parametrize(("part", "whole", "told"), [(1, 3, 33.33), (0, 7, 0.0), (0, 0, None)])
def test_shares_are_of_a_hundred(part: int, whole: int, told: float | None) -> None:
    assert share(part, whole) == told


def test_the_share_left_without_is_as_large_as_asked_and_drawn_anew_for_each_kind_and_cycle() -> None:
    def drawn(kind: str, cycle: str, percent: int) -> list[int]:
        return [person for person in range(20_000) if held_out(kind, person, cycle, percent)]

    ours = drawn("month_end", "2026-11", 5)
    assert 900 < len(ours) < 1100
    assert ours == drawn("month_end", "2026-11", 5)
    for others in (drawn("month_end", "2026-12", 5), drawn("rank.progress", "2026-11", 5)):
        assert len(set(ours) & set(others)) < 100
    assert set(ours) < set(drawn("month_end", "2026-11", 50)), "a larger share leaves out the same people and more"
    assert (len(drawn("k", "c", 0)), len(drawn("k", "c", 100))) == (0, 20_000)
