"""Places over the API: staff, and a sponsor in her own holding tank."""

from core.access.model import Role
from core.plan import service as plans
from tests.core.placement.test_service import FAMILY, plan
from tests.support.api import Api
from tests.support.planting import plant


async def test_staff_place_and_look_before_and_a_flush_does_the_rest(api: Api) -> None:
    async with api.database.begin() as uow:
        await plant(uow, FAMILY)
        await plans.activate(uow, plan("days_to_place = 8"))
        await uow.commit()
    office = await api.staff(Role.ADMINISTRATOR)
    top = {"tree": "binary", "reason": "first"}
    assert (await office.post("/v1/people/Ana/place", top)).status == 200
    asked = {"tree": "binary", "above": "Ana", "place": 1, "reason": "asked", "preview": True}
    preview = await office.post("/v1/people/Ben/place", asked)
    assert preview.body["figures_change"] == ["Ana"]
    done = await office.post("/v1/people/Ben/place", asked | {"preview": False})
    assert done.body == preview.body | {"previewed": False}
    taken = await office.post("/v1/people/Dan/place", asked)
    assert (taken.status, taken.code, taken.body["facts"]) == (409, "placement_place_taken", {"person": "Ben"})
    waiting = await office.get("/v1/placement/binary/waiting")
    assert [one["person"] for one in waiting.body] == ["Cleo", "Dan", "Eva"]
    assert (await office.get("/v1/placement/matrix/waiting")).code == "placement_tree_unknown"
    assert (await office.post("/v1/placement/flush")).body == {"binary": 3, "matrix": 0}
    assert (await office.post("/v1/placement/flush")).body == {"binary": 0, "matrix": 0}
    assert (await office.get("/v1/placement/binary/verify")).body["findings"] == []
    [place] = (await office.get("/v1/people/Ben/places")).body
    assert (place["above"], place["place"], place["reason"]) == ("Ana", 1, "asked")
    support = await api.staff(Role.SUPPORT)
    assert (await support.post("/v1/people/Dan/place", asked)).status == 403
