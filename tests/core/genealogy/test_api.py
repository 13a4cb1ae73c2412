import pytest

from core.access.model import Role
from core.genealogy import service as genealogy
from core.genealogy.model import Finding, Verification
from core.ledger.commands import told
from tests.support.api import Api, Asker
from tests.support.planting import plant

EVA = {
    "code": "Eva",
    "sponsor": "Ben",
    "name": "Eva Braun",
    "joined_on": "2026-11-01",
    "country": "DE",
    "language": "de",
}


@pytest.fixture
async def office(api: Api) -> Asker:
    async with api.database.begin() as uow:
        await plant(uow, "Ana\n  Ben\n    Cleo\n  Dan")
        await uow.commit()
    return await api.staff(Role.ADMINISTRATOR)


async def test_staff_enrol_and_find_people(office: Asker) -> None:
    enrolled = await office.post("/v1/people", EVA)
    assert (enrolled.status, enrolled.headers["Location"]) == (201, "/v1/people/Eva")
    assert (await office.get("/v1/people/Eva")).body == enrolled.body
    found = await office.get("/v1/people", params={"q": "braun"})
    assert [card["code"] for card in found.body["items"]] == ["Eva"]
    everybody = await office.get("/v1/people")
    assert [card["code"] for card in everybody.body["items"]] == ["Ana", "Ben", "Cleo", "Dan", "Eva"]
    assert (await office.post("/v1/people", EVA)).code == "code_taken"
    assert (await office.post("/v1/people", EVA | {"code": "E2", "sponsor": "Nobody"})).code == "sponsor_unknown"


async def test_a_second_root_is_refused(office: Asker) -> None:
    refused = await office.post("/v1/people", EVA | {"sponsor": None})
    assert (refused.status, refused.code, refused.body["facts"]) == (409, "root_taken", {"root": "Ana"})
    assert (await office.get("/v1/people/Eva")).code == "person_unknown"


async def test_where_a_node_holds_the_roots_another_one_may_come(api: Api) -> None:
    async with api.database.begin() as uow:
        await plant(uow, "Ana\nBen")
        await genealogy.hang_roots(uow, reason="test")
        await uow.commit()
    office = await api.staff(Role.ADMINISTRATOR)
    assert (await office.post("/v1/people", EVA | {"sponsor": None})).status == 201
    assert (await office.get("/v1/network/verify")).body["findings"] == []


async def test_the_first_of_all_has_no_sponsor(api: Api) -> None:
    office = await api.staff(Role.ADMINISTRATOR)
    assert (await office.post("/v1/people", EVA | {"sponsor": None})).status == 201
    assert (await office.post("/v1/people", EVA | {"code": "Eve", "sponsor": None})).code == "root_taken"


async def test_staff_operate_on_the_tree_and_look_before(office: Asker) -> None:
    asked = {"sponsor": "Dan", "with_line": False, "reason": "asked", "preview": True}
    preview = await office.post("/v1/people/Ben/sponsor", asked)
    assert [move["person"] for move in preview.body["moves"]] == ["Cleo", "Ben"]
    done = await office.post("/v1/people/Ben/sponsor", asked | {"preview": False})
    assert done.body == preview.body | {"previewed": False}
    gone = await office.post("/v1/people/Dan/terminate", {"reason": "left"})
    assert gone.body["figures_change"] == ["Dan", "Ana"]
    assert (await office.post("/v1/people/Dan/suspend")).code == "status_refused"
    assert (await office.post("/v1/people/Dan/reinstate", {"reason": "back", "with_line": True})).status == 200
    links = await office.get("/v1/people/Ben/links")
    assert [(link["sponsor"], link["reason"]) for link in links.body] == [
        ("Ana", "joined"),
        ("Dan", "asked"),
        ("Ana", "left"),
        ("Dan", "back"),
    ]
    assert (await office.get("/v1/network/verify")).body == {"people": 4, "links": 9, "findings": []}


async def test_staff_suspend_and_resume(office: Asker) -> None:
    assert (await office.post("/v1/people/Ben/suspend")).body["status"] == "suspended"
    assert (await office.post("/v1/people/Ben/resume")).body["status"] == "active"


def test_the_command_line_tells_every_finding_as_a_sentence() -> None:
    findings = (
        Finding(code="network_several_roots", person="Ana", facts={"person": "Ana", "others": [], "count": 2}),
        Finding(code="network_circle", person="Ben", facts={"person": "Ben", "others": ["Cleo"], "count": 2}),
    )
    assert told(Verification(people=9, links=8, findings=findings)) == [
        "Ana has no sponsor, and there are 2 people like that; the network must have one root. [network_several_roots]",
        "Ben stands in a circle of 2 people who sponsor each other, with Cleo. [network_circle]",
        "9 people, 8 links, 2 findings",
    ]
