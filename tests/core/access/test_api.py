import pytest

from core.access import authentication, service, store
from core.access.authentication import Authentication
from core.access.model import Link, Role
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.http.app import App
from core.kernel.ids import PersonId
from tests.core.access.conftest import enrol
from tests.core.http import sample
from tests.support.api import SERVICE_KEY, Api

CHAT = 77


@pytest.fixture
def app(database: Database) -> App:
    """This room and the sample's operations."""
    from core.access.api import routes

    known = Authentication(database, SERVICE_KEY)
    app = App(database, known)
    app.provide(Authentication, known)
    app.provide(sample.Part, sample.Part())
    app.add(routes)
    app.add(sample.routes)
    return app


@pytest.fixture
async def person(database: Database) -> PersonId:
    async with database.begin() as uow:
        number = await enrol(uow, "ana", "+34600000001")
        await uow.commit()
    return number


async def token_for(database: Database, person: PersonId) -> str:
    async with database.begin() as uow:
        token = await service.make_link_token(uow, person)
        await uow.commit()
    return token.token


async def test_a_linked_chat_is_its_person(api: Api, person: PersonId) -> None:
    assert (await api.chat(CHAT).get("/t/me")).code == "chat_not_linked"
    linked = await api.chat(CHAT).post("/v1/links/token", {"token": await token_for(api.database, person)})
    assert (linked.status, linked.body["person"]) == (200, person)
    assert (await api.chat(CHAT).get("/t/me")).body == {"n": person}


async def test_an_unlinked_chat_is_nobody_at_once(api: Api, person: PersonId) -> None:
    asker = await api.person(person, CHAT)
    assert (await asker.get("/t/me")).status == 200
    assert (await asker.delete("/v1/me/link")).status == 204
    assert (await asker.get("/t/me")).code == "chat_not_linked"


async def test_a_link_that_ends_in_another_process_ends_here(
    api: Api, person: PersonId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authentication, "LINKS_LIFE_S", 0.0)
    asker = await api.person(person, CHAT)
    assert (await asker.get("/t/me")).status == 200
    async with api.database.begin() as uow:
        await service.unlink(uow, CHAT)
        await uow.commit()
    assert (await asker.get("/t/me")).code == "chat_not_linked"


async def test_a_link_that_ends_while_it_is_looked_up_is_not_remembered(
    api: Api, person: PersonId, monkeypatch: pytest.MonkeyPatch
) -> None:
    await api.chat(CHAT).post("/v1/links/token", {"token": await token_for(api.database, person)})
    look_up = store.link_of_chat

    async def slowly(uow: UnitOfWork, chat: int) -> Link | None:
        found = await look_up(uow, chat)
        monkeypatch.setattr(store, "link_of_chat", look_up)
        assert (await api.chat(chat).delete("/v1/me/link")).status == 204
        return found

    monkeypatch.setattr(store, "link_of_chat", slowly)
    assert (await api.chat(CHAT).get("/t/me")).status == 200  # it was hers when she asked
    assert (await api.chat(CHAT).get("/t/me")).code == "chat_not_linked"


async def test_failed_tries_count_although_they_are_undone(api: Api, person: PersonId) -> None:
    codes = [(await api.chat(CHAT).post("/v1/links/token", {"token": "wrong"})).code for _ in range(6)]
    assert codes == ["link_token_invalid"] * 5 + ["too_many_attempts"]


async def test_a_token_works_once_over_http_too(api: Api, person: PersonId) -> None:
    token = await token_for(api.database, person)
    assert (await api.chat(CHAT).post("/v1/links/token", {"token": token})).status == 200
    assert (await api.chat(CHAT + 1).post("/v1/links/token", {"token": token})).code == "link_token_invalid"


async def test_the_client_links_and_unlinks(api: Api, person: PersonId) -> None:
    async with api.core() as core:
        chat = core.for_chat(CHAT, "tg1")
        assert await core.is_ready() is False  # the tables of tests are made without a migration
        assert (await chat.link_by_phone("34600000001")).person == person
        await chat.unlink(idempotency_key="1:unlink")
    assert (await api.chat(CHAT).get("/t/me")).code == "chat_not_linked"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong-key-of-some-length"},
        {"Authorization": SERVICE_KEY},
        {"Authorization": f"Basic {SERVICE_KEY}"},
        {"Authorization": f"Bearer {SERVICE_KEY}x"},
        {"Authorization": f"Bearer {'x' * 1000}"},
        {"Authorization": "Bearer é"},
        {"X-Chat": "77"},
        {"Authorization": f"Bearer {SERVICE_KEY}", "X-Chat": "seventy"},
        {"Authorization": f"Bearer {SERVICE_KEY}", "X-Chat": "1" * 20},
    ],
)
@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_who_proves_nothing_gets_nothing(api: Api, headers: dict[str, str]) -> None:
    reply = await api.stranger().get("/t/me", headers=headers)
    assert (reply.status, reply.code, reply.headers["WWW-Authenticate"]) == (401, "not_authenticated", "Bearer")


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_each_caller_may_do_her_own(api: Api, person: PersonId) -> None:
    support, shop = await api.staff(Role.SUPPORT), await api.staff(Role.SHOP)
    chat, service_alone = await api.person(person, CHAT), api.service()
    statuses = {
        path: [(await asker.get(path)).status for asker in (support, shop, chat, service_alone)]
        for path in ("/t/me", "/t/staff")
    }
    assert statuses == {"/t/me": [403, 403, 200, 403], "/t/staff": [200, 403, 403, 403]}


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_removed_member_is_refused_when_the_memory_ends(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authentication, "STAFF_LIFE_S", 0.0)
    support = await api.staff(Role.SUPPORT)
    assert (await support.get("/t/staff")).status == 200
    async with api.database.begin() as uow:
        await service.remove_staff(uow, "test support")
        await uow.commit()
    assert (await support.get("/t/staff")).status == 401
