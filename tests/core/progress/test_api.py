"""Every change shows in the next answer, also when the same was asked a moment before."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.access.model import Role
from core.calendar import service as calendar
from core.db.unit_of_work import UnitOfWork
from core.exchange.model import FileKind, Published
from core.kernel.ids import PersonId
from core.orders.model import VolumeChanged
from core.people import service as people
from core.plan.reading import example
from tests.support.api import Api, Asker
from tests.support.clock import StillClock
from tests.support.planting import plant

TREE = """
root
  ana
    bea
    (carl)
"""
SCALE = 10**4


@dataclass
class Company:
    """Ana, who asks all the time, and those around her."""

    api: Api
    ana: Asker
    numbers: dict[str, PersonId]

    async def progress(self, **params: str) -> Any:
        """Her progress, which was asked just before, so that it is known already."""
        answer = await self.ana.get("/v1/me/progress", params=params)
        again = await self.ana.get("/v1/me/progress", params=params)
        assert (answer.status, again.body) == (200, answer.body)
        return answer.body

    async def value(self, kpi: str) -> int:
        [value] = [gauge["value"] for gauge in (await self.progress())["gauges"] if gauge["kpi"] == kpi]
        return int(value)


@pytest.fixture
async def company(api: Api) -> Company:
    async with api.database.begin() as uow:
        await calendar.activate_plan(uow, example("demo"), None)
        numbers = await plant(uow, TREE)
        await uow.commit()
    company = Company(api, await api.person(numbers["ana"], chat=7), numbers)
    await company.progress()  # the figures are loaded now, and hear of what happens
    return company


async def order(uow: UnitOfWork, person: PersonId, qv: int) -> None:
    await uow.emit(VolumeChanged(person_id=person, at=uow.now, cv=qv, qv=qv, points=0, orders=1))


async def test_an_order_below_her_shows_at_the_next_question(company: Company) -> None:
    before = await company.value("gv")
    async with company.api.database.begin() as uow:
        await order(uow, company.numbers["carl"], 70 * SCALE)
        await uow.commit()
    assert await company.value("gv") == before + 70 * SCALE


async def test_a_changed_name_shows_at_the_next_question(company: Company) -> None:
    assert (await company.progress())["name"] == "ana Doe"
    async with company.api.database.begin() as uow:
        await people.record_details(uow, company.numbers["ana"], {"name": "Ana Ruiz"})
        await uow.emit(Published(what=FileKind.PEOPLE, added=0, changed=1))
        await uow.commit()
    assert (await company.progress())["name"] == "Ana Ruiz"
    assert (await company.ana.get("/v1/me")).body["name"] == "Ana Ruiz"


async def test_who_becomes_active_or_is_suspended_shows_at_the_next_question(company: Company) -> None:
    before = (await company.ana.get("/v1/me/team")).body
    async with company.api.database.begin() as uow:
        await order(uow, company.numbers["carl"], 500 * SCALE)
        await uow.commit()
    during = (await company.ana.get("/v1/me/team")).body
    async with company.api.database.begin() as uow:
        await people.suspend(uow, "carl")
        await uow.commit()
    after = (await company.ana.get("/v1/me/team")).body
    assert [one["active"] for one in (before, during, after)] == [0, 1, 0]


async def test_her_own_settings_show_at_the_next_question(company: Company) -> None:
    assert (await company.ana.get("/v1/me")).body["language"] == "en"
    assert (await company.ana.patch("/v1/me/settings", {"language": "de"})).status == 200
    assert (await company.ana.get("/v1/me")).body["language"] == "de"


async def test_a_day_less_is_left_after_midnight(company: Company, clock: StillClock) -> None:
    before = (await company.progress())["cycle"]["days_left"]
    clock.advance(timedelta(days=1))
    assert (await company.progress())["cycle"]["days_left"] == before - 1
    assert (await company.ana.get("/v1/me/cycle")).body["days_left"] == before - 1


async def test_the_next_cycle_begins_with_empty_gauges(company: Company, clock: StillClock) -> None:
    async with company.api.database.begin() as uow:
        await order(uow, company.numbers["carl"], 70 * SCALE)
        await uow.commit()
    assert await company.value("gv") == 70 * SCALE
    clock.moment = datetime(2026, 12, 5, tzinfo=UTC)
    assert await company.value("gv") == 0


async def test_a_new_plan_shows_when_it_begins(company: Company, clock: StillClock) -> None:
    words = example("demo")
    changed = words.replace('version = "2026-1"', 'version = "2026-2"').replace('one = "Diamond"', 'one = "Brilliant"')
    assert "Diamond" in names(await company.progress())
    async with company.api.database.begin() as uow:
        await calendar.activate_plan(uow, changed, date(2026, 12, 1))
        await uow.commit()
    assert "Diamond" in names(await company.progress())
    clock.moment = datetime(2026, 12, 5, tzinfo=UTC)
    assert "Brilliant" in names(await company.progress())


def names(progress: Any) -> str:
    return str(progress["ladder"])


async def test_each_rank_asked_for_has_its_own_answer(company: Company) -> None:
    ladder = [rank["code"] for rank in (await company.progress())["ladder"]]
    assert [(await company.progress(rank=code))["target"] for code in ladder] == ladder
    refused = await company.ana.get("/v1/me/progress", params={"rank": "nothing"})
    assert (refused.status, refused.code) == (404, "rank_unknown")


async def test_each_person_has_her_own_answer(company: Company) -> None:
    bea = await company.api.person(company.numbers["bea"], chat=8)
    assert (await company.progress())["person_code"] == "ana"
    assert (await bea.get("/v1/me/progress")).body["person_code"] == "bea"


async def test_staff_see_what_she_sees(company: Company) -> None:
    staff = await company.api.staff(Role.SUPPORT)
    assert (await staff.get("/v1/people/ana/progress")).body == await company.progress()


@pytest.mark.parametrize(
    ("volume", "code"),
    [
        ("1e-99999999", "volume_invalid"),  # exact arithmetic on it would take minutes
        ("1e99999999", "volume_invalid"),
        ("NaN", "volume_invalid"),
        ("-1", "volume_invalid"),
        ("1" * 41, "request_invalid"),
    ],
)
async def test_a_volume_beyond_all_measure_is_refused_at_once(company: Company, volume: str, code: str) -> None:
    given = {"orders": [{"person": "me", "volume": volume}]}
    reply = await company.ana.post("/v1/me/what-if", given)
    assert (reply.status, reply.code) == (422, code)


async def test_who_has_left_hears_that_her_account_is_closed_and_keeps_what_is_her_own(company: Company) -> None:
    staff = await company.api.staff(Role.ADMINISTRATOR)
    assert (await staff.post("/v1/people/ana/terminate", {"reason": "left"})).status == 200
    for path in ("/v1/me/progress", "/v1/me/team", "/v1/me/line", "/v1/me/line/bea"):
        reply = await company.ana.get(path)
        assert (path, reply.status, reply.code) == (path, 403, "account_closed")
    assert (await company.ana.get("/v1/me")).body["status"] == "terminated"
    assert (await company.ana.get("/v1/me/orders")).status == 200
    assert (await staff.get("/v1/people/ana/progress")).code == "person_not_in_tree"
