from datetime import date

from core.access.model import Role
from core.plan import service
from core.plan.reading import example
from tests.support.api import Api


async def activate(api: Api) -> None:
    async with api.database.begin() as uow:
        await service.activate(uow, example("demo"), date(2026, 1, 1))
        await uow.commit()


async def test_staff_read_the_plan_in_force(api: Api) -> None:
    staff = await api.staff(Role.COMMISSIONS)
    missing = await staff.get("/v1/plan")
    assert (missing.status, missing.code) == (404, "plan_missing")
    await activate(api)
    answer = await staff.get("/v1/plan")
    assert (answer.status, answer.body["in_force"]["code"], answer.body["text"]) == (200, "solvena", example("demo"))


async def test_a_plan_that_did_not_change_is_not_sent_again(api: Api) -> None:
    await activate(api)
    staff = await api.staff(Role.COMMISSIONS)
    first = await staff.get("/v1/plan")
    again = await staff.get("/v1/plan", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


async def test_the_bot_reads_the_plans_words_by_our_client(api: Api) -> None:
    await activate(api)
    core = api.core()
    words = await core.plan_words()
    await core.close()
    assert words.company == {"en": "Solvena"}
    assert words.ranks[2].spoken["es"] == ("gold", "dorado")


async def test_the_plan_is_not_for_everybody(api: Api) -> None:
    await activate(api)
    assert (await api.stranger().get("/v1/plan")).status == 401
    assert (await api.chat(5).get("/v1/plan")).status == 403
