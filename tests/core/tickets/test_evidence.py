"""Evidence of earnings and orders: hers or of her line, with the explanation as she saw it."""

import pytest

from core.access.model import Role
from core.kernel.ids import PersonId
from core.people import service as people_service
from core.people.model import Status
from tests.core.runs.company import found, released
from tests.core.tickets.desks import asked
from tests.support.api import Api, Asker


@pytest.fixture
def dialect() -> str:
    """One kind of database: the lines themselves are tried on both where they are kept."""
    return "sqlite"


@pytest.fixture
async def numbers(api: Api) -> dict[str, PersonId]:
    """Ana above Ben above Eva, with October released."""
    known = await found(api.database)
    await released(api.database, "2026-10")
    return known


async def test_a_line_of_earnings_keeps_its_explanation_as_she_saw_it(api: Api, numbers: dict[str, PersonId]) -> None:
    ana, eva = await api.person(numbers["Ana"], 1), await api.person(numbers["Eva"], 3)
    line = (await ana.get("/v1/me/statements/2026-10/lines")).body["items"][0]
    spanish = {"Accept-Language": "es"}
    why = (await ana.get(f"/v1/me/awards/{line['award']}/why", headers=spanish)).body
    part = {"part": "why", "text": "¿Por qué?", "wanted": {"award": line["award"]}}
    [link] = (await ana.post("/v1/me/draft", part, headers=spanish)).body["links"]
    assert (link["kind"], link["id"], link["facts"]) == ("award", line["award"], why)
    draft = (await ana.get("/v1/me/draft")).body
    sent = (await ana.post("/v1/me/draft/send", {"draft": draft["id"]})).body
    assert (sent["via"], sent["links"][0]["facts"]["sentences"]) == ("why", why["sentences"])
    assert (await eva.post("/v1/me/draft", part)).body["links"] == []

    support, commissions = await api.staff(Role.SUPPORT), await api.staff(Role.COMMISSIONS)
    path = f"/v1/tickets/{sent['number']}"
    [hidden] = (await support.get(path)).body["ticket"]["links"]
    assert (hidden["kind"], hidden["title"], hidden["facts"], hidden["id"]) == ("award", link["title"], {}, "")
    assert (await commissions.get(path)).body["ticket"]["links"][0]["facts"] == why
    run = await commissions.post(f"{path}/links", {"kind": "run", "id": "1"})
    assert (run.status, run.body["title"]) == (201, "2026-10")
    assert {link["id"] for link in (await support.get(path)).body["ticket"]["links"]} == {""}


async def test_an_order_is_hers_or_of_her_line(api: Api, numbers: dict[str, PersonId]) -> None:
    ana, eva = await api.person(numbers["Ana"], 1), await api.person(numbers["Eva"], 3)

    async def named(who: str, order: str, key: str) -> list[tuple[str, str | None]]:
        asker = {"ana": ana, "eva": eva}[who]
        reply = await asker.post("/v1/me/draft", {"part": key, "text": "x", "wanted": {"order": order}})
        await asker.delete("/v1/me/draft")
        return [(link["id"], link["title"]) for link in reply.body["links"]]

    assert await named("ana", "Ben-10", "1") == [("Ben-10", "Ben Doe")]
    assert await named("ana", "Eva-10", "5") == [], "the company shows no orders of her level"
    assert await named("eva", " Eva-10 ", "2") == [("Eva-10", None)]
    assert await named("eva", "Ben-10", "3") == []
    assert await named("ana", "Zoe-10", "4") == []


async def test_a_person_is_one_of_her_line_and_a_month_one_that_has_begun(
    api: Api, numbers: dict[str, PersonId]
) -> None:
    ana, ben = await api.person(numbers["Ana"], 1), await api.person(numbers["Ben"], 2)

    async def named(who: Asker, **wanted: str) -> list[tuple[str, str]]:
        reply = await who.post("/v1/me/draft", {"part": str(wanted), "text": "x", "wanted": wanted})
        await who.delete("/v1/me/draft")
        return [(link["kind"], link["id"]) for link in reply.body["links"]]

    assert await named(ana, person="eva") == await named(ana, person=" EVA doe") == [("person", "Eva")]
    for nobody in ("doe", "ev", "Zoe", "Ana", "!"):
        assert await named(ana, person=nobody) == [], nobody
    assert await named(ben, person="Ana") == [], "she stands above him"
    assert await named(ana, cycle="2026-10", person="Ben") == [("cycle", "2026-10"), ("person", "Ben")]
    assert await named(ana, cycle="2027-01", order="X1", award="1.2") == []
    assert await named(ana, cycle="last month") == []


async def test_who_has_left_reads_her_tickets_and_writes_none(api: Api, numbers: dict[str, PersonId]) -> None:
    eva = await api.person(numbers["Eva"], 3)
    number = await asked(eva, "Where is it?")
    draft = (await eva.post("/v1/me/draft", {"part": "x", "text": "more"})).body
    async with api.database.begin() as uow:
        await people_service.record_status(uow, numbers["Eva"], Status.TERMINATED)
        await uow.commit()
    tried = [
        await eva.post("/v1/me/draft/send", {"draft": draft["id"]}),
        await eva.post("/v1/me/draft", {"part": "y", "text": "more"}),
        await eva.post(f"/v1/me/tickets/{number}/messages", {"text": "more"}),
        await eva.post(f"/v1/me/tickets/{number}/reopen"),
    ]
    assert {reply.code for reply in tried} == {"account_closed"}
    assert (await eva.get(f"/v1/me/tickets/{number}")).body["ticket"]["number"] == number
    assert (await eva.post(f"/v1/me/tickets/{number}/close")).status == 200
